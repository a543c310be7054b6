/**
 * A model whose answers follow from its own YAML: it reads the messages as a model would (persona block, instruction,
 * conversation, request for JSON, rubric), draws what its answer does from planted probabilities, and writes it in varied
 * English. It stands for a subject or a judge and never sees ids, arms or graders.
 *
 * Source: own construction; crossed random effects on the logit, as in the usual analysis of persona × item designs.
 * Shape: text, or the JSON object that was asked for. Deterministic by world, sampling, messages and repeat; every draw
 * is keyed, so order and concurrency never matter. Tokens are estimated as characters / 4.
 * Errors: none of its own; `timeout` when the signal fires before a latency is over.
 * With `optionLogprobs`, replies to multiple-choice questions come with the planted probabilities as logprobs.
 * Limits: `stop`, temperature and the other sampling parameters only change which draw is made; `maxTokens` cuts.
 * What a run should measure: `planted-truth.ts`.
 */
import { type Call, CallFailure, type Reply } from '../../contract/call.js';
import type { Json } from '../../contract/json.js';
import type { ProviderKind } from '../../contract/provider-kind.js';
import { canonicalJson } from '../../lib/canonical-json.js';
import { KeyedRandom } from '../../lib/rng.js';
import { type World, worldOf, worldSchema } from './simulated/world.js';

/** Changes when the same world would answer with other words: part of the identity, so that no older reply is reused. */
const grammar = 1;

export const simulated: ProviderKind = {
  kind: 'simulated',
  options: worldSchema,
  simulated: true,
  envNeeds: () => [],
  // Latency changes no reply, so a reply that was recorded at another latency is the same reply.
  identity: (options) => {
    const { latency: _, optionLogprobs, pipeline, judging: judgingOf, mention: mentionOf, ...world } = worldOf(options);
    const { realQuotes, ...judging } = judgingOf;
    const { firstTurn, everyTurn, again, ...mention } = mentionOf;
    return {
      kind: 'simulated',
      grammar,
      ...world,
      judging,
      mention,
      ...changedFromUsual({ optionLogprobs, pipeline, realQuotes, firstTurn, everyTurn, again }),
    } as unknown as Json;
  },
  limiterKey: (options) => `simulated ${worldOf(options).model}`,
  priceKey: () => null,
  connect: async (spec) => {
    const world = worldOf(spec.options);
    // Loaded with the first connection: checking a config must not wait for the world's texts.
    const { answerCall, logprobsOf } = await import('./simulated/answer-call.js');
    const answer: Answer = async (call) => {
      const reply = replyOf(answerCall(world, call), call);
      return world.optionLogprobs ? { ...reply, ...logprobsOf(world, call, reply.text) } : reply;
    };
    return {
      ask: (call, signal) =>
        world.latency.medianMs === 0 ? answer(call) : answerLater(world, call, { answer, signal }),
      close: async () => {},
    };
  },
};

const noOptions = {};

/** Options that came later are part of the identity only where they are set: replies recorded before are still found. */
function changedFromUsual(later: { [option: string]: unknown }): { [option: string]: unknown } {
  const { optionLogprobs, pipeline, judging, mention } = worldOf(noOptions);
  const { firstTurn, everyTurn, again } = mention;
  const usual: { [option: string]: unknown } = {
    optionLogprobs,
    pipeline,
    realQuotes: judging.realQuotes,
    firstTurn,
    everyTurn,
    again,
  };
  const changed = ([name, value]: [string, unknown]) => canonicalJson(value) !== canonicalJson(usual[name]);
  return Object.fromEntries(Object.entries(later).filter(changed));
}

type Answer = (call: Call) => Promise<Reply>;

function replyOf(text: string, call: Call): Reply {
  const most = (call.sampling.maxTokens ?? Number.POSITIVE_INFINITY) * 4;
  const cut = text.length > most;
  const asked = call.messages.reduce((total, message) => total + message.content.length, 0);
  const kept = cut ? text.slice(0, most) : text;
  return {
    text: kept,
    finish: cut ? 'length' : 'stop',
    tokens: { input: Math.ceil(asked / 4), output: Math.ceil(kept.length / 4) },
  };
}

function answerLater(world: World, call: Call, how: { answer: Answer; signal: AbortSignal }): Promise<Reply> {
  const { answer, signal } = how;
  const { medianMs, logSd } = world.latency;
  const last = call.messages.at(-1)?.content ?? '';
  const ms =
    medianMs *
    Math.exp(logSd * new KeyedRandom(world.seed, 'latency', world.model, last, String(call.repeat)).normal());
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new CallFailure('timeout', 'the simulated model did not answer in time', { retryable: true }));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve(answer(call));
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
