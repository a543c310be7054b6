import type { Units } from '../../../contract/metric-kind.js';
import type { MatchedPairs, Related, RelatedMetric } from '../../../contract/relation-kind.js';
import type { Count } from '../../../lib/stats/hypergeometric.js';
import { undefinedValue } from '../../../lib/stats/statistic-interval.js';

/** All matched pairs of an item, pooled. */
export interface PooledItem {
  id: string;
  of: Count;
  against: Count;
}

/** Items in the order of their first pairs, and the clusters that they belong to. */
export interface PooledItems {
  items: PooledItem[];
  /** Of the metric's cluster fields, those that are the same for all pairs of an item. */
  clusters: Units['clusters'];
  /** The other ones: what runs across items, such as people. */
  across: string[];
  /** Whether every score was 0 or 1. */
  binary: boolean;
}

export function pooledItems({ items, itemIds, of, against, units }: MatchedPairs): PooledItems {
  const places = new Map<number, number>();
  const pooled: PooledItem[] = [];
  const first: number[] = [];
  const placeOf = new Int32Array(items.length);
  items.forEach((item, pair) => {
    const place = places.get(item) ?? pooled.length;
    if (place === pooled.length) {
      places.set(item, place);
      first.push(pair);
      pooled.push({ id: itemIds[item]!, of: { successes: 0, trials: 0 }, against: { successes: 0, trials: 0 } });
    }
    placeOf[pair] = place;
    for (const [side, column] of [
      ['of', of],
      ['against', against],
    ] as const) {
      pooled[place]![side].successes += column.successes[pair]!;
      pooled[place]![side].trials += column.trials[pair]!;
    }
  });
  const constant = units.clusters.filter(({ ids }) => placeOf.every((place, pair) => ids[pair] === ids[first[place]!]));
  return {
    items: pooled,
    clusters: constant.map(({ field, ids, count }) => ({
      field,
      ids: Int32Array.from(first, (pair) => ids[pair]!),
      count,
    })),
    across: units.clusters.filter((way) => !constant.includes(way)).map(({ field }) => field),
    binary: of.binary && against.binary,
  };
}

/** Relations of counts need yes-or-no scores, one for each answer. */
export function countsFault({ kind, scale }: RelatedMetric): { message: string; hint: string } | undefined {
  const hint = 'name a rate, or the mean of a yes-or-no grader';
  if (kind.form === 'slice')
    return { message: `"${kind.kind}" is a number of a whole slice: single answers have none`, hint };
  if (kind.ofRepeats !== undefined)
    return { message: `"${kind.kind}" is made of several answers at once: single answers have none`, hint };
  if (scale.kind === 'number') return { message: 'its scores are numbers: answers must succeed or fail', hint };
  return undefined;
}

/** Said where a metric's clusters run across items, so that intervals over items cannot go by them. */
export const acrossNote = (across: readonly string[]): string[] =>
  across.length === 0
    ? []
    : [`Items are the units, so the interval does not go by ${across.join(' and ')}, which runs across items.`];

/** The result where a score is neither 0 nor 1: there are no counts to relate. */
export const withoutCounts = (interval: Omit<Related, 'parts' | 'notes'>): Related => ({
  ...interval,
  value: null,
  low: null,
  high: null,
  method: undefinedValue,
  none: 'some scores are neither 0 nor 1',
  parts: [],
  notes: [],
});
