import { describe, expect, test } from '@jest/globals';
import { Check, Errors } from 'typebox/value';
import { type Call, CallFailure } from '../../../../src/contract/call.js';
import type { JsonObject } from '../../../../src/contract/json.js';
import { simulated } from '../../../../src/kinds/providers/simulated.js';
import { contextMessages, contexts, personaBlocks, providerOptions, questionMessages, questions } from './shipped.js';

const connect = (options: JsonObject) =>
  simulated.connect(
    { id: 's', kind: 'simulated', sampling: {}, limits: {}, options },
    { env: {}, concurrency: 8, timeoutMs: 1000, folder: '.', openRun: () => Promise.reject(new Error('not used')) },
  );
const call = (change: Partial<Call> = {}): Call => ({
  provider: null,
  sampling: {},
  messages: contextMessages(contexts()[0]!),
  repeat: 0,
  ...change,
});
const never = new AbortController().signal;

describe('simulated', () => {
  test.each(['simulated', 'simulated-tuned', 'simulated-judge'])('providers/%s.yaml is valid', (id) => {
    const options = providerOptions(id);
    expect([...Errors(simulated.options, options)]).toEqual([]);
  });

  test.each<[string, JsonObject]>([
    ['an unknown key', { adherance: {} }],
    ['an unknown key inside', { mention: { rates: 0.2 } }],
    ['a probability above 1', { implicit: { none: 1.2 } }],
    ['a rate at the border', { mention: { rate: 1 } }],
    ['a group without a shift', { adherence: { groups: [{ attribute: 'age' }] } }],
    ['a negative latency', { latency: { medianMs: -1 } }],
  ])('%s is not', (_, options) => expect(Check(simulated.options, options)).toBe(false));

  test('the same call has the same reply, in any order; anything else that reaches the model changes it', async () => {
    const provider = await connect(providerOptions('simulated'));
    const changes: Partial<Call>[] = [
      {},
      { repeat: 1 },
      { sampling: { temperature: 1 } },
      { messages: contextMessages(contexts()[1]!) },
    ];
    const forth = await Promise.all(changes.map(async (change) => (await provider.ask(call(change), never)).text));
    const back = await Promise.all(
      [...changes].reverse().map(async (change) => (await provider.ask(call(change), never)).text),
    );
    expect(back.reverse()).toEqual(forth);
    expect(new Set(forth).size).toBe(changes.length);
    const elsewhere = await connect({ ...providerOptions('simulated'), model: 'another' });
    expect((await elsewhere.ask(call(), never)).text).not.toBe(forth[0]);
  });

  test('sampling with its keys in another order is the same sampling', async () => {
    const provider = await connect({});
    const one = await provider.ask(call({ sampling: { temperature: 1, topP: 0.5 } }), never);
    expect(await provider.ask(call({ sampling: { topP: 0.5, temperature: 1 } }), never)).toEqual(one);
  });

  test('tokens are a quarter of the characters, and maxTokens cuts', async () => {
    const provider = await connect({});
    const whole = await provider.ask(call(), never);
    const asked = call().messages.reduce((total, message) => total + message.content.length, 0);
    expect(whole).toMatchObject({
      finish: 'stop',
      tokens: { input: Math.ceil(asked / 4), output: Math.ceil(whole.text.length / 4) },
    });
    const cut = await provider.ask(call({ sampling: { maxTokens: 10 } }), never);
    expect([cut.finish, cut.text.length, cut.tokens?.output]).toEqual(['length', 40, 10]);
  });

  test('identity holds the whole world but its latency', () => {
    const options = providerOptions('simulated');
    expect(simulated.identity({}, {})).toMatchObject({
      kind: 'simulated',
      model: 'simulated',
      mention: { rate: 0.44 },
    });
    expect(simulated.identity({ ...options, latency: { medianMs: 50 } }, {})).toEqual(simulated.identity(options, {}));
    expect(simulated.identity({ ...options, seed: 99 }, {})).not.toEqual(simulated.identity(options, {}));
    expect(simulated.identity({ mention: { rate: 0.44 } }, {})).toEqual(simulated.identity({}, {}));
    // Only where it is not as usual, so that replies recorded before it came are still found.
    const quoting = (realQuotes: number) => simulated.identity({ judging: { realQuotes } }, {});
    expect(JSON.stringify(simulated.identity({}, {}))).not.toContain('realQuotes');
    expect(quoting(0.95)).toEqual(simulated.identity({}, {}));
    expect(quoting(0.5)).toMatchObject({ realQuotes: 0.5, judging: { positionBias: 0.1 } });
    const later = { firstTurn: 0.6, everyTurn: -0.5, again: 0.3 };
    expect(simulated.identity({ mention: later }, {})).toEqual(simulated.identity({}, {}));
    expect(simulated.identity({ mention: { ...later, again: 1 } }, {})).toMatchObject({ again: 1 });
    expect([
      simulated.simulated,
      simulated.envNeeds({}),
      simulated.priceKey({}, {}),
      simulated.limiterKey({ model: 'm' }, {}),
    ]).toEqual([true, [], null, 'simulated m']);
  });

  test('latency is log-normal around its median, and the signal ends the wait', async () => {
    const slow = await connect({ latency: { medianMs: 30, logSd: 0.2 } });
    const started = performance.now();
    const reply = await slow.ask(call(), never);
    expect(performance.now() - started).toBeGreaterThan(10);
    expect(reply).toEqual(await (await connect({})).ask(call(), never));
    const never2 = await connect({ latency: { medianMs: 600_000, logSd: 0 } });
    const controller = new AbortController();
    const waiting = never2.ask(call(), controller.signal);
    controller.abort();
    await expect(waiting).rejects.toBeInstanceOf(CallFailure);
    await expect(never2.ask(call(), AbortSignal.abort())).rejects.toMatchObject({
      reason: 'timeout',
      facts: { retryable: true },
    });
  });

  test('calls are cheap', async () => {
    const provider = await connect(providerOptions('simulated'));
    const [blocks, prompts] = [personaBlocks(), questions()];
    const ask = (index: number) =>
      provider.ask(
        call({
          messages: questionMessages('chain_of_thought', blocks[index % 64]!, prompts[index % 60]!.text),
          repeat: index,
        }),
        never,
      );
    for (let index = 0; index < 3000; index++) await ask(index);
    const started = performance.now();
    for (let index = 0; index < 5000; index++) await ask(index);
    // 40 µs on a quiet machine; the bound only catches a change of order.
    expect((performance.now() - started) / 5000).toBeLessThan(0.4);
  });
});
