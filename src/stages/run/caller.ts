import type { Call, Reply } from '../../contract/call.js';
import type { Message } from '../../contract/message.js';
import type { CallEntry } from '../../contract/record.js';
import { BoundedCache } from '../../lib/bounded-cache.js';
import { callDigest } from '../../lib/call-digest.js';
import type { AttemptContext } from './attempt.js';
import { type Budget, RunHalted } from './budget.js';
import { askEndpoint, CallGaveUp, type Endpoint } from './endpoint.js';

/** Where replies are kept. */
export interface ReplyStore {
  has(digest: string): boolean;
  read(digest: string): CallEntry | null;
  /** Resolves once the reply is durable. */
  putCall(entry: CallEntry): Promise<void>;
}

/** Replies of an earlier run, free to take over. */
export interface EarlierReplies {
  has(digest: string): boolean;
  read(digest: string): CallEntry | null;
}

export interface CallerDeps {
  store: ReplyStore;
  earlier: EarlierReplies | null;
  budget: Budget;
  context: AttemptContext;
  /** USD of so many tokens; 0 where they cost nothing or the price is unknown. */
  costUsd(provider: string, tokens: { input: number; output: number }): number;
  /** Told once the budget is spent, so that no further cell starts. */
  halted(reason: string): void;
}

/** For the budget alone, where the endpoint reports no usage: characters / 4. */
function estimatedTokens({ messages }: Call, { text }: Reply): { input: number; output: number } {
  const characters = messages.reduce((total, { content }) => total + content.length, 0);
  return { input: Math.ceil(characters / 4), output: Math.ceil(text.length / 4) };
}

/** A reply without secrets. Its tokens go with its text: pieces of a secret are one, too. */
function redacted({ logprobs, ...reply }: Reply, redact: AttemptContext['redact']): Reply {
  const text = redact(reply.text);
  const clean =
    text === reply.text && logprobs?.every(({ top }) => top.every(([token]) => redact(token) === token)) === true;
  return { ...reply, text, ...(clean && { logprobs }) };
}

/**
 * Turns calls into replies, each call once: from this run's record, from a call that is on its way, from an earlier
 * run, or from the endpoint.
 */
export class Caller {
  #onTheWay = new Map<string, Promise<Reply>>();
  /** Calls that failed for good a moment ago: the cells that share them need not wait for the same retries. */
  #failed = new BoundedCache<CallGaveUp>(10_000);

  constructor(private readonly deps: CallerDeps) {}

  /**
   * @param deadline on `performance.now()`'s clock
   * @throws CallGaveUp when no reply could be had, RunHalted when the run is to end
   */
  ask(endpoint: Endpoint, messages: Message[], repeat: number, deadline: number): Promise<Reply> {
    const call: Call = { provider: endpoint.frozen.identity, sampling: endpoint.frozen.sampling, messages, repeat };
    const digest = callDigest(call);
    const shared = this.#onTheWay.get(digest);
    if (shared !== undefined) return shared;
    const recorded = this.deps.store.read(digest);
    if (recorded !== null) return Promise.resolve(recorded);
    const failed = this.#failed.get(digest);
    if (failed !== undefined) return Promise.reject(failed);
    const asked = this.#obtain(endpoint, call, digest, deadline);
    this.#onTheWay.set(digest, asked);
    return asked;
  }

  async #obtain(endpoint: Endpoint, call: Call, digest: string, deadline: number): Promise<Reply> {
    try {
      const earlier = this.deps.earlier?.read(digest) ?? null;
      if (earlier !== null) {
        this.deps.context.traffic.reused++;
        await this.deps.store.putCall({ ...earlier, provider: endpoint.frozen.id, reused: true });
        return earlier;
      }
      return await this.#fetch(endpoint, call, digest, deadline);
    } catch (error) {
      if (error instanceof CallGaveUp && error.failure.reason !== 'aborted') this.#failed.set(digest, error);
      if (error instanceof RunHalted) this.deps.halted(error.message);
      throw error;
    } finally {
      this.#onTheWay.delete(digest);
    }
  }

  async #fetch(endpoint: Endpoint, call: Call, digest: string, deadline: number): Promise<Reply> {
    const { budget, context, store } = this.deps;
    await budget.admit();
    const started = performance.now();
    let costUsd: number | null = null;
    try {
      const reply = await askEndpoint(endpoint, call, deadline, context);
      costUsd = this.deps.costUsd(endpoint.frozen.id, reply.tokens ?? estimatedTokens(call, reply));
      const kept = redacted(reply, context.redact);
      const ms = Math.round(performance.now() - started);
      await store.putCall({
        call: digest,
        text: kept.text,
        finish: kept.finish,
        tokens: kept.tokens,
        ...(kept.logprobs !== undefined && { logprobs: kept.logprobs }),
        ms,
        provider: endpoint.frozen.id,
      });
      context.traffic.recorded++;
      return kept;
    } finally {
      budget.returned(costUsd);
    }
  }
}
