/*
 * Anthropic's Messages API through the official SDK. Source: https://docs.anthropic.com/en/api/messages.
 * System messages become the `system` parameter; the conversation must begin with a user turn, so a leading assistant
 * turn is refused by the endpoint. Tokens as reported. Errors: see http/failure-of-status; 529 (overloaded) is retried.
 * Limits: text only, no tools, no streaming; the API has no sampling seed, so `sampling.seed` is not sent.
 */
import Type, { type Static } from 'typebox';
import { type Call, CallFailure, type Finish, type Reply } from '../../contract/call.js';
import type { JsonObject } from '../../contract/json.js';
import type { ProviderKind } from '../../contract/provider-kind.js';
import { baseUrlOf, withoutCredentials } from './http/base-url.js';
import { rateFacts } from './http/rate-facts.js';

const options = Type.Object({
  model: Type.String({ minLength: 1, description: 'Model name, e.g. claude-sonnet-5' }),
  baseUrl: Type.Optional(
    Type.String({
      pattern: '^https?://[^/@]+(/.*)?$',
      description: 'Start of the API, without /v1. Default https://api.anthropic.com',
    }),
  ),
  baseUrlEnv: Type.Optional(
    Type.String({ description: 'Environment variable that takes the place of baseUrl where it is set' }),
  ),
  apiKeyEnv: Type.String({ description: 'Environment variable that holds the key' }),
  extra: Type.Optional(
    Type.Record(Type.String(), Type.Any(), {
      description: 'Further keys of the request body; they reach the model and are part of its identity',
    }),
  ),
});

type Options = Static<typeof options>;

const asOptions = (value: JsonObject): Options => value as unknown as Options;

const vendor = 'https://api.anthropic.com';

/** The API wants a limit; this is the default where the provider's YAML gives none. */
const defaultMaxTokens = 2048;

function messagesBody(model: string, call: Call, extra: JsonObject): JsonObject {
  const { temperature, topP, maxTokens = defaultMaxTokens, stop } = call.sampling;
  const system = call.messages.filter((message) => message.role === 'system').map((message) => message.content);
  return {
    model,
    max_tokens: maxTokens,
    ...(system.length > 0 && { system: system.join('\n\n') }),
    messages: call.messages
      .filter((message) => message.role !== 'system')
      .map(({ role, content }) => ({ role, content })),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(stop !== undefined && { stop_sequences: stop }),
    ...extra,
  };
}

interface MessageReply {
  content?: { type?: string; text?: string }[];
  stop_reason?: string | null;
  usage?: {
    input_tokens?: number;
    output_tokens?: number;
    cache_read_input_tokens?: number | null;
    cache_creation_input_tokens?: number | null;
  };
}

function readMessage(message: MessageReply): Reply {
  if (!Array.isArray(message?.content))
    throw new CallFailure('malformed', 'the reply is JSON, but not a message', { retryable: true });
  const text = message.content.map((block) => (block.type === 'text' ? (block.text ?? '') : '')).join('');
  const usage = message.usage;
  const tokens =
    usage?.input_tokens === undefined || usage.output_tokens === undefined
      ? null
      : {
          input: usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0),
          output: usage.output_tokens,
        };
  const finish: Finish =
    message.stop_reason === 'max_tokens' ? 'length' : message.stop_reason === 'refusal' ? 'refusal' : 'stop';
  if (text.trim() === '' && finish === 'stop')
    throw new CallFailure('empty', 'the reply has no text', { retryable: true });
  return { text, finish, tokens };
}

export const anthropic: ProviderKind = {
  kind: 'anthropic',
  options,
  envNeeds(raw) {
    const { apiKeyEnv, baseUrlEnv } = asOptions(raw);
    return [
      { name: apiKeyEnv, required: true, secret: true },
      ...(baseUrlEnv === undefined ? [] : [{ name: baseUrlEnv, required: false, secret: false }]),
    ];
  },
  identity(raw, env) {
    const { model, extra = {} } = asOptions(raw);
    return { kind: 'anthropic', endpoint: withoutCredentials(baseUrlOf(asOptions(raw), env, vendor)), model, extra };
  },
  limiterKey: (raw, env) => `${baseUrlOf(asOptions(raw), env, vendor)} ${asOptions(raw).apiKeyEnv}`,
  priceKey: (raw) => ({ model: asOptions(raw).model, provider: 'anthropic' }),
  async connect(spec, { env, concurrency }) {
    const { model, apiKeyEnv, extra = {} } = asOptions(spec.options);
    const { default: Anthropic } = await import('@anthropic-ai/sdk');
    const { failureOfSdk, fetchWith } = await import('./http/sdk.js');
    const { createDispatcher } = await import('./http/dispatcher.js');
    const dispatcher = createDispatcher(env, concurrency);
    const client = new Anthropic({
      apiKey: env[apiKeyEnv] ?? null,
      authToken: null,
      baseURL: baseUrlOf(asOptions(spec.options), env, vendor),
      maxRetries: 0,
      timeout: 2 ** 31 - 1,
      fetch: fetchWith(dispatcher),
      logLevel: 'off',
    });
    return {
      async ask(call, signal) {
        try {
          const body = messagesBody(model, call, extra as JsonObject);
          // As `client.messages.create` does it, which would also print warnings of its own on the terminal.
          const { data, response } = await client.post('/v1/messages', { body, signal }).withResponse();
          const rate = rateFacts((name) => response.headers.get(name) ?? undefined);
          return { ...readMessage(data as MessageReply), ...(rate !== undefined && { rate }) };
        } catch (error) {
          throw failureOfSdk(error);
        }
      },
      close: () => dispatcher.destroy(),
    };
  },
};
