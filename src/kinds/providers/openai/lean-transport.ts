import { type Dispatcher, request } from 'undici';
import { CallFailure, type Reply } from '../../../contract/call.js';
import type { JsonObject } from '../../../contract/json.js';
import type { RateFacts } from '../../../contract/provider-kind.js';
import { detailOfBody, failureOfStatus, type Headers } from '../http/failure-of-status.js';
import { rateFacts } from '../http/rate-facts.js';
import { type Completion, readCompletion } from './read-completion.js';

/** One chat request over HTTP, without the SDK between: half of the CPU time of a call (docs/adr/0004). */
export type ChatTransport = (body: JsonObject, signal: AbortSignal) => Promise<Reply & { rate?: RateFacts }>;

const headersOf =
  (headers: Dispatcher.ResponseData['headers']): Headers =>
  (name) => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };

/**
 * @param url of the chat completions route
 * @param key bearer token, or undefined for servers that want none
 */
export function leanTransport(url: string, key: string | undefined, dispatcher: Dispatcher): ChatTransport {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    'user-agent': 'evalrun',
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
  };
  return async (body, signal) => {
    let status: number;
    let text: string;
    let header: Headers;
    try {
      const response = await request(url, { method: 'POST', headers, body: JSON.stringify(body), signal, dispatcher });
      status = response.statusCode;
      header = headersOf(response.headers);
      text = await response.body.text();
    } catch (error) {
      throw new CallFailure('network', error instanceof Error ? error.message : String(error), {
        retryable: true,
        cause: error,
      });
    }
    if (status !== 200) throw failureOfStatus(status, detailOfBody(text), header);
    let completion: Completion;
    try {
      completion = JSON.parse(text) as Completion;
    } catch (error) {
      throw new CallFailure('malformed', 'the reply is not JSON', { retryable: true, cause: error });
    }
    const rate = rateFacts(header);
    return { ...readCompletion(completion), ...(rate !== undefined && { rate }) };
  };
}
