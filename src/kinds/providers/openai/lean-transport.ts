import type { Dispatcher } from 'undici';
import { CallFailure, type Reply } from '../../../contract/call.js';
import type { JsonObject } from '../../../contract/json.js';
import type { RateFacts } from '../../../contract/provider-kind.js';
import { detailOfBody, failureOfStatus } from '../http/failure-of-status.js';
import { post } from '../http/post.js';
import { rateFacts } from '../http/rate-facts.js';
import { type Completion, readCompletion } from './read-completion.js';

/** One chat request over HTTP, without the SDK between: half of the CPU time of a call (docs/adr/0004). */
export type ChatTransport = (body: JsonObject, signal: AbortSignal) => Promise<Reply & { rate?: RateFacts }>;

function parse(text: string): Completion {
  try {
    return JSON.parse(text) as Completion;
  } catch (error) {
    throw new CallFailure('malformed', 'the reply is not JSON', { retryable: true, cause: error });
  }
}

/**
 * @param url of the chat completions route
 * @param key bearer token, or undefined for servers that want none
 */
export function leanTransport(url: string, key: string | undefined, dispatcher: Dispatcher): ChatTransport {
  const { origin, pathname, search, username, password } = new URL(url);
  const headers = ['content-type', 'application/json', 'accept', 'application/json', 'user-agent', 'evalrun'];
  if (key !== undefined) headers.push('authorization', `Bearer ${key}`);
  else if (username !== '') {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    headers.push('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
  }
  const target = { dispatcher, origin, path: `${pathname}${search}`, headers };
  return async (body, signal) => {
    const { status, header, text } = await post(target, JSON.stringify(body), signal);
    if (status !== 200) throw failureOfStatus(status, detailOfBody(text), header);
    const rate = rateFacts(header);
    return { ...readCompletion(parse(text)), ...(rate !== undefined && { rate }) };
  };
}
