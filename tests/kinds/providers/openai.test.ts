import { afterEach, describe, expect, test } from '@jest/globals';
import { type Call, CallFailure, type Reply } from '../../../src/contract/call.js';
import type { JsonObject } from '../../../src/contract/json.js';
import type { Provider } from '../../../src/contract/provider-kind.js';
import { openai } from '../../../src/kinds/providers/openai.js';
import { type Answer, type ChatServer, type SeenRequest, startChatServer } from '../../support/chat-server.js';

let server: ChatServer | null = null;
let provider: Provider | null = null;
afterEach(async () => {
  await provider?.close();
  await server?.close();
});

const call = (content = 'hello', sampling: Call['sampling'] = {}): Call => ({
  provider: null,
  sampling,
  messages: [{ role: 'user', content }],
  repeat: 0,
});

async function connect(options: JsonObject, answer?: (request: SeenRequest) => Answer): Promise<Provider> {
  server = await startChatServer(answer);
  provider = await openai.connect(
    {
      id: 'p',
      kind: 'openai',
      sampling: {},
      limits: {},
      options: { model: 'm', baseUrl: server.baseUrl, apiKeyEnv: 'TEST_KEY', ...options },
    },
    {
      env: { TEST_KEY: 'sk-test-123456' },
      concurrency: 4,
      timeoutMs: 1000,
      folder: '.',
      openRun: () => Promise.reject(new Error('no run')),
    },
  );
  return provider;
}

const ask = (connected: Provider, one = call()): Promise<Reply> => connected.ask(one, new AbortController().signal);
const failure = async (connected: Provider): Promise<CallFailure> => {
  const error = await ask(connected).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(CallFailure);
  return error as CallFailure;
};

describe.each(['lean', 'sdk'])('openai over the %s transport', (transport) => {
  test('sends what the call says, and the key', async () => {
    const connected = await connect({ transport, extra: { reasoning_effort: 'low' } });
    const reply = await ask(connected, call('hi', { temperature: 0, topP: 0.5, maxTokens: 7, seed: 3, stop: ['x'] }));
    expect(reply).toMatchObject({ text: 'ECHO: hi', finish: 'stop', tokens: { input: 10, output: 5 } });
    expect(server!.requests[0]!.url).toBe('/v1/chat/completions');
    expect(server!.requests[0]!.headers.authorization).toBe('Bearer sk-test-123456');
    expect(server!.requests[0]!.body).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'hi' }],
      temperature: 0,
      top_p: 0.5,
      max_tokens: 7,
      seed: 3,
      stop: ['x'],
      reasoning_effort: 'low',
    });
  });

  test.each([
    [401, 'unauthorized', false, true],
    [403, 'unauthorized', false, true],
    [404, 'not_found', false, true],
    [501, 'not_implemented', false, true],
    [400, 'bad_request', false, undefined],
    [429, 'rate_limited', true, undefined],
    [500, 'server_error', true, undefined],
    [503, 'server_error', true, undefined],
    [529, 'server_error', true, undefined],
  ])('status %i is %s', async (status, reason, retryable, endpointDown) => {
    const error = await failure(
      await connect({ transport }, () => ({ status, json: { error: { message: 'because' } } })),
    );
    expect(error.reason).toBe(reason);
    expect(error.facts).toMatchObject({ status, retryable, ...(endpointDown !== undefined && { endpointDown }) });
    expect(error.message).toContain('because');
    expect(server!.requests.length).toBe(1);
  });

  test('an exhausted account is not a rate limit', async () => {
    const error = await failure(
      await connect({ transport }, () => ({
        status: 429,
        json: { error: { message: 'You exceeded your quota', code: 'insufficient_quota' } },
      })),
    );
    expect(error.reason).toBe('quota');
    expect(error.facts.retryable).toBe(false);
  });

  test('Retry-After is read in seconds and as a date', async () => {
    const seconds = await failure(
      await connect({ transport }, () => ({ status: 429, headers: { 'retry-after': '3' } })),
    );
    expect(seconds.facts.retryAfterMs).toBe(3000);
    await provider!.close();
    await server!.close();
    const date = await failure(
      await connect({ transport }, () => ({
        status: 503,
        headers: { 'retry-after': new Date(Date.now() + 5000).toUTCString() },
      })),
    );
    expect(date.facts.retryAfterMs).toBeGreaterThan(3000);
    expect(date.facts.retryAfterMs).toBeLessThanOrEqual(5000);
  });

  test.each([
    ['drop', 'network'],
    ['truncate', 'network'],
    ['malformed', 'malformed'],
  ] as const)('%s may be tried again', async (fault, reason) => {
    const error = await failure(await connect({ transport }, () => ({ fault })));
    expect([error.reason, error.facts.retryable]).toEqual([reason, true]);
  });

  test('an empty reply is no answer; a cut one says so; a refusal is one', async () => {
    const connected = await connect({ transport }, ({ body }) => {
      const last = body.messages?.[0]?.content;
      if (last === 'cut') return { text: 'half a', finish: 'length', usage: null };
      if (last === 'no') return { text: '', refusal: 'I will not.' };
      return { text: '  ' };
    });
    expect((await failure(connected)).reason).toBe('empty');
    expect(await ask(connected, call('cut'))).toMatchObject({ text: 'half a', finish: 'length', tokens: null });
    expect(await ask(connected, call('no'))).toMatchObject({ text: 'I will not.', finish: 'refusal' });
  });

  test('optionLogprobs asks for them and keeps those of the first tokens', async () => {
    const token = (text: string, logprob: number, top: [string, number][]) => ({
      token: text,
      logprob,
      bytes: [...Buffer.from(text)],
      top_logprobs: top.map(([one, value]) => ({ token: one, logprob: value, bytes: null })),
    });
    const connected = await connect({ transport, optionLogprobs: true }, ({ body }) => {
      if (body.messages?.[0]?.content === 'long')
        return { text: 'x'.repeat(30), logprobs: Array.from({ length: 30 }, () => token('x', 0, [['x', 0]])) };
      if (body.messages?.[0]?.content === 'none') return { text: 'B' };
      return {
        text: 'B.',
        logprobs: [
          token('B', -0.51082562, [
            ['A', -1.2],
            [' B', -2.5],
            ['q', -20],
          ]),
          token('.', 0, [['.', 0]]),
        ],
      };
    });
    const reply = await ask(connected);
    expect(server!.requests[0]!.body).toMatchObject({ logprobs: true, top_logprobs: 20 });
    expect(reply.logprobs).toEqual([
      {
        token: 'B',
        top: [
          ['A', -1.2],
          [' B', -2.5],
          ['B', -0.5108],
        ],
      },
      { token: '.', top: [['.', 0]] },
    ]);
    expect((await ask(connected, call('long'))).logprobs).toHaveLength(8);
    expect(await ask(connected, call('none'))).not.toHaveProperty('logprobs');
  });

  test('a fired signal ends the attempt', async () => {
    const connected = await connect({ transport }, () => ({ fault: 'hang' }));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    await expect(connected.ask(call(), stop.signal)).rejects.toBeInstanceOf(CallFailure);
  });
});

test('the Responses API goes through the SDK', async () => {
  const connected = await connect({ api: 'responses' }, () => ({
    status: 200,
    json: {
      id: 'resp_1',
      object: 'response',
      status: 'completed',
      output: [
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'fine', annotations: [] }] },
      ],
      usage: { input_tokens: 4, output_tokens: 2 },
    },
  }));
  expect(await ask(connected, call('hi', { maxTokens: 9 }))).toMatchObject({
    text: 'fine',
    finish: 'stop',
    tokens: { input: 4, output: 2 },
  });
  expect(server!.requests[0]!.url).toBe('/v1/responses');
  expect(server!.requests[0]!.body).toMatchObject({
    model: 'm',
    input: [{ role: 'user', content: 'hi' }],
    max_output_tokens: 9,
  });
});

test('the Responses API gives logprobs when asked for them', async () => {
  const top_logprobs = [{ token: 'A', logprob: -0.1, bytes: [65] }];
  const content = [
    { type: 'output_text', text: 'A', annotations: [], logprobs: [{ token: 'A', logprob: -0.1, top_logprobs }] },
  ];
  const connected = await connect({ api: 'responses', optionLogprobs: true }, () => ({
    status: 200,
    json: {
      id: 'r',
      object: 'response',
      status: 'completed',
      output: [{ type: 'message', role: 'assistant', content }],
    },
  }));
  expect(await ask(connected)).toMatchObject({ text: 'A', logprobs: [{ token: 'A', top: [['A', -0.1]] }] });
  const { body } = server!.requests[0]!;
  expect(body).toMatchObject({ include: ['message.output_text.logprobs'], top_logprobs: 20 });
  expect(body).not.toHaveProperty('logprobs');
});

test('identity tells endpoints and models apart, and holds no credentials', () => {
  const identity = (options: JsonObject, env = {}): unknown => openai.identity({ model: 'm', ...options }, env);
  expect(identity({})).toEqual({
    kind: 'openai',
    endpoint: 'https://api.openai.com/v1',
    api: 'chat',
    model: 'm',
    extra: {},
  });
  expect(identity({ optionLogprobs: true })).toMatchObject({ optionLogprobs: true });
  expect(identity({ optionLogprobs: false })).toEqual(identity({}));
  expect(identity({ baseUrl: 'http://user:secret@host/v1/' })).toMatchObject({ endpoint: 'http://host/v1' });
  expect(identity({ baseUrlEnv: 'B' }, { B: 'http://other/v1' })).toMatchObject({ endpoint: 'http://other/v1' });
});
