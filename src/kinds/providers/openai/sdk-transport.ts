import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { ResponseCreateParamsNonStreaming } from 'openai/resources/responses/responses';
import type { Dispatcher } from 'undici';
import { CallFailure, type Reply } from '../../../contract/call.js';
import type { JsonObject } from '../../../contract/json.js';
import { rateFacts } from '../http/rate-facts.js';
import { failureOfSdk, fetchWith } from '../http/sdk.js';
import type { ChatTransport } from './lean-transport.js';
import { type Completion, readCompletion } from './read-completion.js';
import { readLogprobs } from './read-logprobs.js';

/** Body of `POST /responses`, from that of a chat request. */
function responsesBody(body: JsonObject): JsonObject {
  const { messages, max_tokens, max_completion_tokens, stop: _stop, logprobs, ...rest } = body;
  const limit = max_completion_tokens ?? max_tokens;
  return {
    ...(logprobs === true && { include: ['message.output_text.logprobs'] }),
    ...rest,
    input: messages!,
    ...(limit !== undefined && { max_output_tokens: limit }),
    store: false,
  };
}

interface SdkResponse {
  status?: string;
  output_text?: string;
  incomplete_details?: { reason?: string } | null;
  output?: { content?: { type?: string; refusal?: string; logprobs?: unknown }[] }[];
  usage?: { input_tokens?: number; output_tokens?: number };
}

function readResponse(response: SdkResponse): Reply {
  const { usage } = response;
  const tokens =
    usage?.input_tokens !== undefined && usage.output_tokens !== undefined
      ? { input: usage.input_tokens, output: usage.output_tokens }
      : null;
  const parts = response.output?.flatMap((item) => item.content ?? []) ?? [];
  const refusal = parts.find((part) => part.type === 'refusal')?.refusal;
  if (refusal !== undefined) return { text: refusal, finish: 'refusal', tokens };
  const text = response.output_text ?? '';
  if (response.status === 'incomplete') {
    return { text, finish: response.incomplete_details?.reason === 'content_filter' ? 'refusal' : 'length', tokens };
  }
  if (text.trim() === '') throw new CallFailure('empty', 'the reply has no text', { retryable: true });
  const written = parts.find((part) => part.type === 'output_text');
  return { text, finish: 'stop', tokens, ...readLogprobs(written?.logprobs) };
}

/**
 * The official SDK, with its retries and time-outs off: the run's limiter must see everything.
 * @param api `chat` for chat completions, `responses` for the Responses API
 */
export async function sdkTransport(options: {
  baseUrl: string;
  key: string | undefined;
  api: 'chat' | 'responses';
  dispatcher: Dispatcher;
}): Promise<ChatTransport> {
  const { default: OpenAI } = await import('openai');
  const client = new OpenAI({
    apiKey: options.key ?? 'none',
    baseURL: options.baseUrl,
    maxRetries: 0,
    timeout: 2 ** 31 - 1,
    fetch: fetchWith(options.dispatcher),
    organization: null,
    project: null,
  });
  return async (body, signal) => {
    try {
      if (options.api === 'responses') {
        const { data, response } = await client.responses
          .create(responsesBody(body) as unknown as ResponseCreateParamsNonStreaming, { signal })
          .withResponse();
        return withRate(readResponse(data as unknown as SdkResponse), response);
      }
      const { data, response } = await client.chat.completions
        .create(body as unknown as ChatCompletionCreateParamsNonStreaming, { signal })
        .withResponse();
      return withRate(readCompletion(data as unknown as Completion), response);
    } catch (error) {
      throw failureOfSdk(error);
    }
  };
}

function withRate(reply: Reply, response: Response): Awaited<ReturnType<ChatTransport>> {
  const rate = rateFacts((name) => response.headers.get(name) ?? undefined);
  return { ...reply, ...(rate !== undefined && { rate }) };
}
