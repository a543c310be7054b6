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
  /**
   * Per answer and option that it speaks for: its pair, its pool, the option (its place among all pools' options) and
   * how much of the answer it has. A label has all of its answer; probabilities have their shares.
   */
  pairs: Int32Array;
  poolOf: Int32Array;
  slots: Int32Array;
  masses: Float64Array;
  /** 1 where the answer was drawn: a label; 0 for probabilities, which no chance has touched. */
  drawn: Uint8Array;
  /** Answers by label and by probabilities, and the mean probability that went to no option of the grader. */
  basis: { byLabel: number; byShares: number; missing: number };
}

/** Answer shares of one pool under some weights. */
export interface PoolShares {
  shares: Float64Array;
  /** Effective number of draws: Kish's, of distinct replies; infinite where all answers are probabilities. */
  draws: number;
  /** Weight of the pool: 1 where each of its pairs counts once. */
  weight: number;
}

/**
 * Counts the answers of a grader of labels by pool: the probabilities of its options where a score has them, scaled to
 * add up to 1 over the pool's options, else its label. Answers with a label that the pool does not know (a refusal, an
 * option of another question) are left out, as are probabilities none of which belong to it.
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
  const columns = { pairs: [] as number[], poolOf: [] as number[], slots: [] as number[], masses: [] as number[] };
  const drawn: number[] = [];
  const basis = { byLabel: 0, byShares: 0, missing: 0 };
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
    if (answers.every((answer) => answer === null)) continue;
    const sequence = JSON.stringify(answers);
    firsts[number] ??= sequence;
    if (firsts[number] !== sequence) pool.shared = false;
    pool.size++;
    scored[pair] = 1;
    for (const answer of answers) {
      if (answer === null) continue;
      if (answer.missing === null) basis.byLabel++;
      else {
        basis.missing = (basis.missing * basis.byShares + answer.missing) / (basis.byShares + 1);
        basis.byShares++;
      }
      for (const [option, mass] of answer.masses) {
        columns.pairs.push(pair);
        columns.poolOf.push(number);
        columns.slots.push(pool.start + option);
        columns.masses.push(mass);
        drawn.push(answer.missing === null ? 1 : 0);
      }
    }
  }
  return {
    pools,
    scored,
    basis,
    pairs: Int32Array.from(columns.pairs),
    poolOf: Int32Array.from(columns.poolOf),
    slots: Int32Array.from(columns.slots),
    masses: Float64Array.from(columns.masses),
    drawn: Uint8Array.from(drawn),
  };
}

/** What one reply answers: options of the pool with their masses, which add up to 1. */
interface Answer {
  masses: [option: number, mass: number][];
  /** Of probabilities: what went to no option of the grader. Null for a label. */
  missing: number | null;
}

function answersOf(slice: Slice, of: string, pair: number, labels: readonly string[]): (Answer | null)[] {
  const scale = slice.scaleOf(of);
  const known = scale.kind === 'label' ? scale.labels : [];
  return Array.from({ length: slice.repeats }, (_, repeat) => {
    const score = slice.scoreOf(of, pair, repeat);
    if (!('value' in score) || score.label === undefined) return null;
    if (score.shares !== undefined) return answerByShares(score.shares, known, labels);
    const option = labels.indexOf(score.label);
    return option < 0 ? null : { masses: [[option, 1]], missing: null };
  });
}

function answerByShares(shares: readonly number[], known: readonly string[], labels: readonly string[]): Answer | null {
  const own = labels.map((label) => shares[known.indexOf(label)] ?? 0);
  const sum = own.reduce((total, share) => total + share, 0);
  if (!(sum > 0)) return null;
  const all = shares.reduce((total, share) => total + share, 0);
  const masses = own.map((share, option): [number, number] => [option, share / sum]);
  return { masses: masses.filter(([, mass]) => mass > 0), missing: Math.max(0, 1 - all) };
}

/** How the shares of a metric were had, for its method: `repeats`, or `logprobs` with what is missing from them. */
export function basisNote({ byLabel, byShares, missing }: AnswerPools['basis']): string {
  if (byShares === 0) return 'repeats';
  return `logprobs/missing=${missing.toFixed(3)}${byLabel === 0 ? '' : `/by-label=${byLabel}`}`;
}

/** Answer shares of every pool; null for pools without weight. */
export function poolShares(counted: AnswerPools, weights: Float64Array): (PoolShares | null)[] {
  const { pools, pairs, poolOf, slots, masses, drawn } = counted;
  const last = pools.at(-1);
  const counts = new Float64Array(last === undefined ? 0 : last.start + last.labels.length);
  const totals = new Float64Array(pools.length);
  const squares = new Float64Array(pools.length);
  const answers = new Float64Array(pools.length);
  const labels = new Float64Array(pools.length);
  for (let k = 0; k < pairs.length; k++) {
    const weight = weights[pairs[k]!]!;
    const pool = poolOf[k]!;
    const mass = masses[k]!;
    answers[pool]! += mass;
    labels[pool]! += drawn[k]!;
    if (weight === 0) continue;
    counts[slots[k]!]! += weight * mass;
    totals[pool]! += weight * mass;
    squares[pool]! += weight * weight * drawn[k]!;
  }
  return pools.map(({ start, labels: options, size, shared }, number) => {
    const total = totals[number]!;
    if (!(total > 0)) return null;
    const shares = counts.slice(start, start + options.length).map((count) => count / total);
    // Over 0: infinite.
    const kish = (total * total) / squares[number]!;
    const draws = shared ? Math.min(kish, answers[number]! ** 2 / (labels[number]! * size)) : kish;
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
