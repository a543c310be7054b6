/*
 * OpenAI's API and every server that speaks it (vLLM, Ollama, LM Studio, llama.cpp, OpenRouter …).
 * Source: https://platform.openai.com/docs/api-reference/chat and …/responses.
 * One attempt is one request; text in, text out; tokens as the server reports them.
 * Errors: see http/failure-of-status. Limits: no images, no tools, no streaming, first choice only.
 */
import Type, { type Static } from 'typebox';
import type { JsonObject } from '../../contract/json.js';
import type { ProviderKind } from '../../contract/provider-kind.js';
import { baseUrlOf, withoutCredentials } from './http/base-url.js';
import { chatBody } from './openai/chat-body.js';

const options = Type.Object({
  model: Type.String({ minLength: 1, description: 'Model name as the endpoint knows it' }),
  baseUrl: Type.Optional(
    Type.String({
      pattern: '^https?://[^/@]+(/.*)?$',
      description: 'Start of the API, up to and with /v1. Default https://api.openai.com/v1',
    }),
  ),
  baseUrlEnv: Type.Optional(
    Type.String({ description: 'Environment variable that takes the place of baseUrl where it is set' }),
  ),
  apiKeyEnv: Type.Optional(
    Type.String({ description: 'Environment variable that holds the key. Absent: no key is sent' }),
  ),
  api: Type.Optional(
    Type.Union([Type.Literal('chat'), Type.Literal('responses')], { description: 'Default chat (chat completions)' }),
  ),
  transport: Type.Optional(
    Type.Union([Type.Literal('lean'), Type.Literal('sdk')], {
      description: 'How chat completions travel: our own lean HTTP (default) or the official SDK',
    }),
  ),
  maxTokensKey: Type.Optional(
    Type.Union([Type.Literal('max_tokens'), Type.Literal('max_completion_tokens')], {
      description:
        'Name of the token limit in the request. Default max_completion_tokens at api.openai.com, else max_tokens',
    }),
  ),
  optionLogprobs: Type.Optional(
    Type.Boolean({
      default: false,
      description:
        'Ask for the probabilities of the first tokens (logprobs, 20 alternatives each), so that a choice grader knows those of its options',
    }),
  ),
  extra: Type.Optional(
    Type.Record(Type.String(), Type.Any(), {
      description: 'Further keys of the request body; they reach the model and are part of its identity',
    }),
  ),
});

type Options = Static<typeof options>;

const asOptions = (value: JsonObject): Options => value as unknown as Options;

const vendor = 'https://api.openai.com/v1';

export const openai: ProviderKind = {
  kind: 'openai',
  options,
  envNeeds(raw) {
    const { apiKeyEnv, baseUrlEnv } = asOptions(raw);
    return [
      ...(apiKeyEnv === undefined ? [] : [{ name: apiKeyEnv, required: true, secret: true }]),
      ...(baseUrlEnv === undefined ? [] : [{ name: baseUrlEnv, required: false, secret: false }]),
    ];
  },
  identity(raw, env) {
    const { model, api = 'chat', extra = {}, optionLogprobs = false } = asOptions(raw);
    const endpoint = withoutCredentials(baseUrlOf(asOptions(raw), env, vendor));
    return { kind: 'openai', endpoint, api, model, extra, ...(optionLogprobs && { optionLogprobs }) };
  },
  limiterKey(raw, env) {
    const { apiKeyEnv = '' } = asOptions(raw);
    return `${baseUrlOf(asOptions(raw), env, vendor)} ${apiKeyEnv}`;
  },
  priceKey(raw, env) {
    const host = new URL(baseUrlOf(asOptions(raw), env, vendor)).hostname;
    return { model: asOptions(raw).model, provider: host.endsWith('openrouter.ai') ? 'openrouter' : 'openai' };
  },
  async connect(spec, { env, concurrency }) {
    const { apiKeyEnv, api = 'chat', transport = 'lean', maxTokensKey, ...rest } = asOptions(spec.options);
    const { model, extra = {}, optionLogprobs = false } = rest;
    const baseUrl = baseUrlOf(asOptions(spec.options), env, vendor);
    const key = apiKeyEnv === undefined ? undefined : env[apiKeyEnv];
    const { createDispatcher } = await import('./http/dispatcher.js');
    const dispatcher = createDispatcher(env, concurrency);
    const tokensKey =
      maxTokensKey ?? (new URL(baseUrl).hostname === 'api.openai.com' ? 'max_completion_tokens' : 'max_tokens');
    const send =
      transport === 'lean' && api === 'chat'
        ? (await import('./openai/lean-transport.js')).leanTransport(`${baseUrl}/chat/completions`, key, dispatcher)
        : await (await import('./openai/sdk-transport.js')).sdkTransport({ baseUrl, key, api, dispatcher });
    const asked: JsonObject = optionLogprobs ? { logprobs: true, top_logprobs: 20 } : {};
    return {
      ask: (call, signal) => send(chatBody(model, call, tokensKey, { ...asked, ...(extra as JsonObject) }), signal),
      close: () => dispatcher.destroy(),
    };
  },
};
