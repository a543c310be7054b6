/*
 * Any provider of promptfoo's catalogue, by its id. Source: https://www.promptfoo.dev/docs/providers/.
 * The package is loaded only when a config names this kind. Messages travel as promptfoo's JSON prompt; what a
 * provider makes of the roles is its own affair. Tokens as promptfoo reports them. Errors come as text without a
 * status, so their kind is read from the text. Limits: sampling parameters go into the provider's `config` under the
 * names of OpenAI's API, which not every provider reads.
 */
import Type, { type Static } from 'typebox';
import { type Call, CallFailure, type FailureReason, type Reply } from '../../contract/call.js';
import type { JsonObject } from '../../contract/json.js';
import type { ProviderKind } from '../../contract/provider-kind.js';
import { loadPromptfoo } from '../promptfoo-library.js';

const options = Type.Object({
  id: Type.String({
    minLength: 1,
    description: 'promptfoo provider id, e.g. openai:chat:gpt-5-mini or file://provider.js',
  }),
  config: Type.Optional(
    Type.Record(Type.String(), Type.Any(), { description: 'The provider’s own config, passed as it is' }),
  ),
  env: Type.Optional(
    Type.Array(Type.String(), {
      description: 'Environment variables that the provider needs; their values are kept out of all output',
    }),
  ),
});

const asOptions = (value: JsonObject): Static<typeof options> => value as unknown as Static<typeof options>;

const byText: [RegExp, FailureReason, boolean][] = [
  [/\b(429|rate limit)/i, 'rate_limited', true],
  [/\b(401|403|unauthori[sz]ed|invalid api key|api key is not set)/i, 'unauthorized', false],
  [/\b404\b|not found/i, 'not_found', false],
  [/\b501\b/, 'not_implemented', false],
  [/\b400\b|bad request|invalid request/i, 'bad_request', false],
  [/time(d)? ?out/i, 'timeout', true],
];

function failureOf(message: string): CallFailure {
  const [, reason, retryable] = byText.find(([pattern]) => pattern.test(message)) ?? [
    null,
    'server_error' as const,
    true,
  ];
  const endpointDown = ['unauthorized', 'not_found', 'not_implemented'].includes(reason);
  return new CallFailure(reason, message.slice(0, 500), { retryable, ...(endpointDown && { endpointDown }) });
}

interface Answer {
  output?: unknown;
  error?: string;
  tokenUsage?: { prompt?: number; completion?: number };
  finishReason?: string;
  isRefusal?: boolean;
}

function readAnswer({ output, error, tokenUsage, finishReason, isRefusal }: Answer): Reply {
  if (error !== undefined && error !== '') throw failureOf(error);
  const text =
    typeof output === 'string' ? output : output === undefined || output === null ? '' : JSON.stringify(output);
  const { prompt, completion } = tokenUsage ?? {};
  const tokens = prompt === undefined || completion === undefined ? null : { input: prompt, output: completion };
  if (isRefusal === true) return { text, finish: 'refusal', tokens };
  if (text.trim() === '') throw new CallFailure('empty', 'the reply has no text', { retryable: true });
  return { text, finish: finishReason === 'length' ? 'length' : 'stop', tokens };
}

function samplingConfig({ temperature, topP, maxTokens, stop, seed }: Call['sampling']): JsonObject {
  return {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(maxTokens !== undefined && { max_tokens: maxTokens }),
    ...(stop !== undefined && { stop }),
    ...(seed !== undefined && { seed }),
  };
}

export const promptfoo: ProviderKind = {
  kind: 'promptfoo',
  options,
  envNeeds: (raw) => (asOptions(raw).env ?? []).map((name) => ({ name, required: true, secret: true })),
  identity(raw) {
    const { id, config = {} } = asOptions(raw);
    return { kind: 'promptfoo', id, config };
  },
  limiterKey: (raw) => asOptions(raw).id.split(':')[0]!,
  priceKey: (raw) => ({ model: asOptions(raw).id.split(':').at(-1)! }),
  async connect(spec, { env, concurrency, folder }) {
    const { id, config = {}, env: names = [] } = asOptions(spec.options);
    const { loadApiProvider } = await loadPromptfoo(concurrency);
    const own = Object.fromEntries(names.map((name) => [name, env[name]]));
    const provider = await loadApiProvider(id, {
      options: { config: { ...samplingConfig(spec.sampling), ...config } },
      basePath: folder,
      env: own,
    });
    return {
      async ask(call, signal) {
        const prompt = JSON.stringify(call.messages.map(({ role, content }) => ({ role, content })));
        const answer = await provider.callApi(
          prompt,
          { prompt: { raw: prompt, label: 'evalrun' }, vars: {}, bustCache: true, repeatIndex: call.repeat } as never,
          { abortSignal: signal },
        );
        return readAnswer(answer as Answer);
      },
      async close() {
        await (provider as { cleanup?: () => unknown }).cleanup?.();
      },
    };
  },
};
