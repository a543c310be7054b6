import type { Slice } from '../../../contract/metric-kind.js';

/** Shares of a population over the options of one question, in the options' order. */
export interface PopulationShares {
  labels: string[];
  /** Add up to 1. */
  shares: Float64Array;
}

/** Answers that are counted together: those to one item, perhaps by people of one group. */
export interface Pool {
  /** Number of the item in the suite. */
  item: number;
  /** A pair of the pool, for its fields. */
  pair: number;
  labels: string[];
  /** Where its options stand among those of all pools. */
  start: number;
  /** Pairs that have an answer. */
  size: number;
  /** All pairs gave the same answers, repeat by repeat: they share their replies, and count as one pair's draws. */
  shared: boolean;
}

/** Answers of a slice, ready to be counted under any weights. */
export interface AnswerPools {
  pools: Pool[];
  scored: Uint8Array;
  /** Per answer: its pair, its pool, and the option it picks (its place among all pools' options). */
  pairs: Int32Array;
  poolOf: Int32Array;
  slots: Int32Array;
}

/** Answer shares of one pool under some weights. */
export interface PoolShares {
  shares: Float64Array;
  /** Effective number of draws: Kish's, of distinct replies. */
  draws: number;
  /** Weight of the pool: 1 where each of its pairs counts once. */
  weight: number;
}

/**
 * Counts the answers of a grader of labels by pool. Answers with a label that the pool does not know (a refusal, an
 * option of another question) are left out.
 *
 * @param poolKey names the pool of a pair; null where it belongs to none
 * @param labelsOf the options of a pool, in their order; undefined where they are not known
 */
export function answerPools(
  slice: Slice,
  of: string,
  poolKey: (pair: number) => string | null,
  labelsOf: (pair: number) => string[] | undefined,
): AnswerPools {
  const numbers = new Map<string, number>();
  const pools: Pool[] = [];
  const firsts: string[] = [];
  const scored = new Uint8Array(slice.pairs);
  const [pairs, poolOf, slots]: [number[], number[], number[]] = [[], [], []];
  let slotCount = 0;
  for (let pair = 0; pair < slice.pairs; pair++) {
    const key = poolKey(pair);
    if (key === null) continue;
    let number = numbers.get(key);
    if (number === undefined) {
      const labels = labelsOf(pair);
      if (labels === undefined || labels.length < 2) continue;
      number = pools.length;
      numbers.set(key, number);
      pools.push({ item: slice.items[pair]!, pair, labels, start: slotCount, size: 0, shared: true });
      slotCount += labels.length;
    }
    const pool = pools[number]!;
    const answers = answersOf(slice, of, pair, pool.labels);
    if (answers.every((answer) => answer < 0)) continue;
    const sequence = answers.join(' ');
    firsts[number] ??= sequence;
    if (firsts[number] !== sequence) pool.shared = false;
    pool.size++;
    scored[pair] = 1;
    for (const answer of answers) {
      if (answer < 0) continue;
      pairs.push(pair);
      poolOf.push(number);
      slots.push(pool.start + answer);
    }
  }
  return {
    pools,
    scored,
    pairs: Int32Array.from(pairs),
    poolOf: Int32Array.from(poolOf),
    slots: Int32Array.from(slots),
  };
}

function answersOf(slice: Slice, of: string, pair: number, labels: readonly string[]): number[] {
  const answers: number[] = [];
  for (let repeat = 0; repeat < slice.repeats; repeat++) {
    const score = slice.scoreOf(of, pair, repeat);
    answers.push('value' in score && score.label !== undefined ? labels.indexOf(score.label) : -1);
  }
  return answers;
}

/** Answer shares of every pool; null for pools without weight. */
export function poolShares({ pools, pairs, poolOf, slots }: AnswerPools, weights: Float64Array): (PoolShares | null)[] {
  const last = pools.at(-1);
  const counts = new Float64Array(last === undefined ? 0 : last.start + last.labels.length);
  const totals = new Float64Array(pools.length);
  const squares = new Float64Array(pools.length);
  const answers = new Float64Array(pools.length);
  for (let k = 0; k < pairs.length; k++) {
    const weight = weights[pairs[k]!]!;
    const pool = poolOf[k]!;
    answers[pool]!++;
    if (weight === 0) continue;
    counts[slots[k]!]! += weight;
    totals[pool]! += weight;
    squares[pool]! += weight * weight;
  }
  return pools.map(({ start, labels, size, shared }, number) => {
    const total = totals[number]!;
    if (!(total > 0)) return null;
    const shares = counts.slice(start, start + labels.length).map((count) => count / total);
    const kish = (total * total) / squares[number]!;
    const draws = shared ? Math.min(kish, answers[number]! / size) : kish;
    return { shares, draws, weight: total / answers[number]! };
  });
}

/** Shares as a mapping label → number holds them, without the labels in `drop`, scaled to add up to 1. */
export function readShares(value: unknown, order: unknown, drop: readonly string[] = []): PopulationShares | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const given = value as { [label: string]: unknown };
  const named = Array.isArray(order)
    ? order.map(String).filter((label) => Object.hasOwn(given, label))
    : Object.keys(given);
  const labels = named.filter((label) => !drop.includes(label));
  const shares = Float64Array.from(labels, (label) => Number(given[label]));
  const sum = shares.reduce((total, share) => total + share, 0);
  if (!(sum > 0) || shares.some((share) => !(share >= 0))) return undefined;
  return { labels, shares: shares.map((share) => share / sum) };
}

/**
 * What is wrong with a mapping of shares, or with mappings of such mappings `depth` levels deep; undefined if nothing.
 * They must add up to 1 within a hundredth for each level's rounding.
 */
export function sharesFault(value: unknown, depth: number, labels: readonly string[]): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is no mapping of shares';
  const entries = Object.entries(value);
  if (depth > 0) {
    for (const [key, inner] of entries) {
      const fault = sharesFault(inner, depth - 1, labels);
      if (fault !== undefined) return `at "${key}" ${fault}`;
    }
    return entries.length === 0 ? 'is an empty mapping' : undefined;
  }
  const bad = entries.find(([, share]) => typeof share !== 'number' || !(share >= 0) || share > 1);
  if (bad !== undefined) return `gives "${bad[0]}" ${JSON.stringify(bad[1])}, which is no share from 0 to 1`;
  const sum = entries.reduce((total, [, share]) => total + (share as number), 0);
  if (Math.abs(sum - 1) > 0.02) return `adds up to ${Number(sum.toFixed(4))}, not to 1`;
  const unknown = entries.find(([label]) => !labels.includes(label));
  return unknown === undefined ? undefined : `has the label "${unknown[0]}", which the grader never gives`;
}
