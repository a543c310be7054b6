import { LLMock } from '@copilotkit/aimock';
import { afterEach, expect, test } from '@jest/globals';
import { type Call, CallFailure } from '../../../src/contract/call.js';
import type { Provider } from '../../../src/contract/provider-kind.js';
import { anthropic } from '../../../src/kinds/providers/anthropic.js';
import { startChatServer } from '../../support/chat-server.js';

let mock: LLMock | null = null;
let provider: Provider | null = null;
afterEach(async () => {
  await provider?.close();
  await mock?.stop();
  mock = null;
});

async function connect(baseUrl: string): Promise<Provider> {
  provider = await anthropic.connect(
    {
      id: 'p',
      kind: 'anthropic',
      sampling: {},
      limits: {},
      options: { model: 'claude-test', baseUrl, apiKeyEnv: 'TEST_KEY' },
    },
    {
      env: { TEST_KEY: 'sk-ant-123456' },
      concurrency: 4,
      timeoutMs: 1000,
      folder: '.',
      openRun: () => Promise.reject(new Error('no run')),
    },
  );
  return provider;
}

const call = (messages: Call['messages']): Call => ({
  provider: null,
  sampling: { maxTokens: 50, temperature: 0 },
  messages,
  repeat: 0,
});
const signal = (): AbortSignal => new AbortController().signal;

test('a server that speaks the Messages protocol, not ours, answers it', async () => {
  mock = new LLMock({ port: 0 });
  mock.onMessage('hello', { content: 'Hi there!' });
  await mock.start();
  const connected = await connect(mock.url);
  const reply = await connected.ask(
    call([
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'hello' },
    ]),
    signal(),
  );
  expect(reply).toMatchObject({ text: 'Hi there!', finish: 'stop' });
  expect(reply.tokens).not.toBeNull();
  await expect(connected.ask(call([{ role: 'user', content: 'unknown to it' }]), signal())).rejects.toBeInstanceOf(
    CallFailure,
  );
});

test('system messages become the system parameter, in one request, with the key', async () => {
  const server = await startChatServer(() => ({
    status: 200,
    json: {
      type: 'message',
      role: 'assistant',
      content: [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ],
      stop_reason: 'max_tokens',
      usage: { input_tokens: 3, output_tokens: 2, cache_read_input_tokens: 4 },
    },
  }));
  try {
    const connected = await connect(server.baseUrl.replace('/v1', ''));
    const messages: Call['messages'] = [
      { role: 'system', content: 'one' },
      { role: 'user', content: 'u' },
      { role: 'assistant', content: 'x' },
      { role: 'user', content: 'v' },
    ];
    expect(await connected.ask(call(messages), signal())).toMatchObject({
      text: 'ab',
      finish: 'length',
      tokens: { input: 7, output: 2 },
    });
    const [request] = server.requests;
    expect(request!.url).toBe('/v1/messages');
    // Which header carries the key is the SDK's affair, and has changed between its versions.
    expect([request!.headers['x-api-key'], request!.headers.authorization]).toContainEqual(
      expect.stringMatching(/^(Bearer )?sk-ant-123456$/),
    );
    expect(request!.body).toEqual({
      model: 'claude-test',
      max_tokens: 50,
      temperature: 0,
      system: 'one',
      messages: messages.slice(1),
    });
    expect(server.requests.length).toBe(1);
  } finally {
    await server.close();
  }
});

test.each([
  [401, 'unauthorized'],
  [404, 'not_found'],
  [429, 'rate_limited'],
  [529, 'server_error'],
])('status %i is %s, after one attempt', async (status, reason) => {
  const server = await startChatServer(() => ({
    status,
    json: { type: 'error', error: { type: 'x', message: 'because' } },
    headers: { 'retry-after': '2' },
  }));
  try {
    const connected = await connect(server.baseUrl.replace('/v1', ''));
    const error = await connected
      .ask(call([{ role: 'user', content: 'u' }]), signal())
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ reason, message: expect.stringContaining('because') });
    expect(server.requests.length).toBe(1);
  } finally {
    await server.close();
  }
});
