import type { Interval } from '../../contract/estimate.js';
import type { Units } from '../../contract/metric-kind.js';
import { clusterCounts, clusteredMean } from './clustered-mean.js';
import { clusteringOf } from './clustering.js';
import { noUnits, tooFewClusters } from './method-name.js';
import { ratioEnds } from './ratio-ends.js';

/** Method of an interval that could not be had: the number that is divided by is 0. */
export const noBase = 'none/no-base';

/** Matched units of two arms; `units` of both share weights and clusters. */
export interface MatchedUnits {
  of: Units;
  against: Units;
}

/**
 * (of − against)/of of two means ≥ 0 over the same units: the share of the base that the other arm takes away. Negative
 * where it adds to it.
 *
 * Interval: MOVER-R (`ratioEnds`) on the intervals that the metric gives each mean, with the correlation of the two
 * clustered means, r = (V_of + V_against − V_difference)/(2·√(V_of·V_against)).
 *
 * @param estimate the metric's own interval of a mean, with ends ≥ 0
 * @returns value null where nothing is scored or the base is 0; `low` null where it has no bound
 */
export function relativeReduction(
  { of, against }: MatchedUnits,
  estimate: (units: Units, level: number) => Interval,
  level: number,
): Interval {
  const base = estimate(of, level);
  const other = estimate(against, level);
  const shared = { level, n: base.n, clusters: clusterCounts(of, clusteringOf(of)) };
  const none = { low: null, high: null, ...shared };
  if (base.value === null || other.value === null) return { value: null, ...none, method: noUnits };
  if (!(base.value > 0)) return { value: null, ...none, method: noBase };
  const value = 1 - other.value / base.value;
  if (base.low === null || base.high === null || other.low === null || other.high === null)
    return { value, ...none, method: base.low === null ? base.method : other.method };
  const correlation = correlationOf({ of, against });
  if (Number.isNaN(correlation)) return { value, ...none, method: tooFewClusters };
  const ends = ratioEnds(
    { value: other.value, low: other.low, high: other.high },
    { value: base.value, low: base.low, high: base.high },
    correlation,
  );
  const low = Number.isFinite(ends.high) ? 1 - ends.high : null;
  return { value, low, high: 1 - ends.low, ...shared, method: `mover-r/${base.method}` };
}

/** Correlation of the two means, −1 to 1; 0 where one of them does not vary. */
function correlationOf({ of, against }: MatchedUnits): number {
  const clustering = clusteringOf(of);
  if (clustering.df < 1) return Number.NaN;
  const [a, b, d] = [of, against, { ...of, values: of.values.map((value, i) => value - against.values[i]!) }].map(
    (units) => clusteredMean(units, clustering).variance,
  ) as [number, number, number];
  if (!(a > 0 && b > 0)) return 0;
  return Math.min(1, Math.max(-1, (a + b - d) / (2 * Math.sqrt(a * b))));
}
