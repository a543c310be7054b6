import type { SliceStatistic } from '../../contract/metric-kind.js';
import { isBounded } from '../../lib/stats/range.js';
import type { Statistic } from '../../lib/stats/statistic-interval.js';
import { weightedMean } from '../../lib/stats/weighted-mean.js';
import { isUnitTable, type MetricTable, pairValues } from './metric-table.js';
import { type SliceSource, SliceView } from './slice-view.js';

/** A metric's table with the scores of one provider and arm that it is computed from. */
export interface StatisticSide {
  table: MetricTable;
  source: SliceSource;
  at: { provider: number; arm: number };
  /** Numbers of the pairs in the matrix. */
  pairs: Int32Array;
}

/** A metric of some pairs as something that can be computed anew under other weights; a mean of unit values is one too. */
export function compiledStatistic({ table, source, at, pairs }: StatisticSide): SliceStatistic {
  if (table.kind.form === 'slice')
    return table.kind.compile(new SliceView(source, at, pairs), table.spec.of, table.spec.options);
  if (!isUnitTable(table)) throw new TypeError('a metric kind has one of two forms');
  const all = pairValues(table, source.matrix, source.scores, at);
  const values = Float64Array.from(pairs, (pair) => all.values[pair]!);
  return {
    ...(isBounded(table.range) && { means: values }),
    scored: Uint8Array.from(pairs, (pair) => all.scored[pair]!),
    valueOf: (weights) => {
      const { mean } = weightedMean(values, weights);
      return Number.isNaN(mean) ? null : mean;
    },
    influences: (weights) => {
      const { mean, totalWeight } = weightedMean(values, weights);
      return values.map((value, pair) => (weights[pair]! * (value - mean)) / totalWeight);
    },
  };
}

/** The statistic of one side, with the clusters and weights of its table. */
export function statisticOf(side: StatisticSide, without?: string): Statistic {
  return { ...frameOf(side, without), ...asStatistic(compiledStatistic(side)), range: side.table.range };
}

/**
 * The difference a − b over the pairs that both score. Both sides are weighted alike each time, so what they share
 * cancels. Clusters and weights are those of `frame`; `pairs` of both name the same pairs at the same place.
 */
export function statisticDifferenceOf(a: StatisticSide, b: StatisticSide, frame = a): PairedStatistics {
  const [one, other] = [compiledStatistic(a), compiledStatistic(b)];
  const scored = one.scored.map((is, pair) => is & other.scored[pair]!);
  const min = a.table.range.min - b.table.range.max;
  const max = a.table.range.max - b.table.range.min;
  const notes = [one.note, other.note].filter((note) => note !== undefined);
  const whole = {
    ...frameOf(frame),
    ...asStatistic({
      scored,
      valueOf: (weights) => {
        const [x, y] = [one.valueOf(weights), other.valueOf(weights)];
        return x === null || y === null ? null : x - y;
      },
      ...(one.influences &&
        other.influences && {
          influences: (weights: Float64Array) => {
            const [x, y] = [one.influences!(weights), other.influences!(weights)];
            return x === null || y === null ? null : x.map((value, pair) => value - y[pair]!);
          },
        }),
      ...(one.means && other.means && { means: one.means.map((value, pair) => value - other.means![pair]!) }),
      ...(notes.length > 0 && { note: [...new Set(notes)].join('/') }),
    }),
    range: { min, max },
  };
  return { a: one, b: other, difference: whole };
}

/** Two sides and their difference a − b. */
export interface PairedStatistics {
  a: SliceStatistic;
  b: SliceStatistic;
  difference: Statistic;
}

function asStatistic({
  scored,
  note,
  ...rest
}: SliceStatistic): Pick<Statistic, 'scored' | 'valueOf' | 'note' | 'means'> {
  const numbers: number[] = [];
  scored.forEach((is, pair) => {
    if (is === 1) numbers.push(pair);
  });
  return { scored: Int32Array.from(numbers), ...(note !== undefined && { note }), ...rest };
}

function frameOf({ table, at, pairs }: StatisticSide, without?: string): Pick<Statistic, 'units' | 'size'> {
  const { weights } = table;
  return {
    size: pairs.length,
    units: {
      ...(weights && { weights: Float64Array.from(pairs, (pair) => weights[pair]!) }),
      clusters: table.clusters[at.provider]!.filter(({ field }) => field !== without).map(({ field, ids, count }) => ({
        field,
        ids: Int32Array.from(pairs, (pair) => ids[pair]!),
        count,
      })),
    },
  };
}

/** All pairs of a matrix. */
export function everyPair(count: number): Int32Array {
  const pairs = new Int32Array(count);
  for (let pair = 0; pair < count; pair++) pairs[pair] = pair;
  return pairs;
}
