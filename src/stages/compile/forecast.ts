import type { Reply } from '../../contract/call.js';
import type { Message } from '../../contract/message.js';
import type { FrozenProvider, Matrix, Plan } from '../../contract/plan.js';
import type { Cell } from '../../contract/trial.js';
import { askedCall } from '../../lib/asked-call.js';
import { costUsd } from '../../lib/cost-usd.js';
import { defaultConcurrency } from '../../lib/default-limits.js';
import { DigestIndex, digestWords } from '../../lib/digest-index.js';

/** Calls of one step (or grader) to one provider. */
export interface ForecastRow {
  step: string;
  provider: string;
  /** Calls, each cell counting its own. */
  asked: number;
  /** Distinct calls. Exact where it follows from the YAML; where it depends on replies, the most it can be. */
  unique: number;
  /** Of the distinct calls, those whose reply an earlier run holds. */
  known: number;
  exact: boolean;
  /** Of the distinct calls that are not known. Characters / 4. */
  inputTokens: number;
  /** [50 tokens a reply, the provider's token limit or 1,024]. */
  outputTokens: [number, number];
  /** null: the price is unknown. */
  costUsd: [number, number] | null;
  /** At the rates given, else at the concurrency with two seconds a call. */
  minutes: number;
  minutesFrom: 'rates' | 'concurrency';
}

export interface Forecast {
  cells: number;
  rows: ForecastRow[];
}

/** Walks through the calls of a cell; `CellProgram.rehearse`. */
export type Rehearse = (
  cell: Cell,
  ask: (step: string, role: string, messages: Message[]) => { digest: string; reply: Reply | null },
) => Promise<void>;

const shortReplyTokens = 50;
const longReplyTokens = 1024;
/** A reply that is not known yet, inside a later prompt. */
const assumedReplyTokens = 300;

interface Tally {
  asked: number;
  unique: number;
  known: number;
  exact: boolean;
  characters: number;
}

const marks = /\u27e6[0-9a-f]{32}\u27e7/g;

/** Assumed where no rate is given; a guess, and said so. */
const assumedSecondsPerCall = 2;

/** Requests and tokens per minute decide how long it takes, if they are given; else the concurrency. */
function duration(
  plan: Plan,
  provider: string,
  calls: number,
  tokens: number,
): Pick<ForecastRow, 'minutes' | 'minutesFrom'> {
  const { requestsPerMinute, tokensPerMinute, concurrency } = plan.policy.providerLimits[provider] ?? {};
  const rates = [
    ...(requestsPerMinute === undefined ? [] : [calls / requestsPerMinute]),
    ...(tokensPerMinute === undefined ? [] : [tokens / tokensPerMinute]),
  ];
  if (rates.length > 0) return { minutes: Math.max(...rates), minutesFrom: 'rates' };
  const inFlight = Math.min(
    concurrency ?? defaultConcurrency,
    plan.policy.limits.concurrency ?? Number.POSITIVE_INFINITY,
  );
  return { minutes: (calls * assumedSecondsPerCall) / inFlight / 60, minutesFrom: 'concurrency' };
}

function rowOf(plan: Plan, step: string, provider: FrozenProvider, tally: Tally): ForecastRow {
  const fresh = tally.unique - tally.known;
  const inputTokens = Math.ceil(tally.characters / 4);
  const outputTokens: [number, number] = [
    fresh * shortReplyTokens,
    fresh * (provider.sampling.maxTokens ?? longReplyTokens),
  ];
  const price = plan.policy.prices[provider.id] ?? null;
  const low = costUsd(price, { input: inputTokens, output: outputTokens[0] });
  const high = costUsd(price, { input: inputTokens, output: outputTokens[1] });
  return {
    step,
    provider: provider.id,
    asked: tally.asked,
    unique: tally.unique,
    known: tally.known,
    exact: tally.exact,
    inputTokens,
    outputTokens,
    costUsd: low === null || high === null ? null : [low, high],
    ...duration(plan, provider.id, fresh, inputTokens + outputTokens[1]),
  };
}

/**
 * Counts what a run would ask, without asking: every cell is rendered once, and only the digests of its calls are
 * kept (24 bytes a distinct call).
 * @param known looks a reply up in this run's record and the earlier one's
 */
export async function forecast(
  plan: Plan,
  matrix: Matrix,
  rehearse: Rehearse,
  known: (digest: string) => Reply | null,
): Promise<Forecast> {
  const tallies = new Map<string, { step: string; provider: FrozenProvider; tally: Tally }>();
  const seen = new DigestIndex();
  for (let ordinal = 0; ordinal < matrix.cells; ordinal++) {
    const cell = matrix.cellAt(ordinal);
    await rehearse(cell, (step, role, messages) => {
      const { provider, digest } = askedCall(plan.matrix, cell, role, messages);
      const key = `${step}\n${provider.id}`;
      let row = tallies.get(key);
      if (row === undefined) {
        row = { step, provider, tally: { asked: 0, unique: 0, known: 0, exact: true, characters: 0 } };
        tallies.set(key, row);
      }
      return { digest, reply: count(row.tally, digest, messages, { seen, known }) };
    });
  }
  return {
    cells: matrix.cells,
    rows: [...tallies.values()].map(({ step, provider, tally }) => rowOf(plan, step, provider, tally)),
  };
}

function count(
  tally: Tally,
  digest: string,
  messages: Message[],
  { seen, known }: { seen: DigestIndex; known: (digest: string) => Reply | null },
): Reply | null {
  tally.asked++;
  const reply = known(digest);
  if (!seen.add(digestWords(digest), 0, 0)) return reply;
  tally.unique++;
  if (reply !== null) {
    tally.known++;
    return reply;
  }
  for (const { content } of messages) {
    const unknown = content.match(marks)?.length ?? 0;
    if (unknown > 0) tally.exact = false;
    tally.characters += content.length + unknown * assumedReplyTokens * 4;
  }
  return null;
}
