import type { Interval } from '../../contract/estimate.js';
import type { Units } from '../../contract/metric-kind.js';
import { boundedInterval } from './bounded-interval.js';
import { clusterCounts, clusteredMean } from './clustered-mean.js';
import { twoSidedQuantile } from './distributions.js';
import { methodName, noUnits, noVariance, tooFewClusters } from './method-name.js';
import { isBounded, shareRange } from './range.js';

/**
 * Interval of a mean. On a scale with two ends: as `boundedInterval`. On an open scale: mean ± t · standard error, with
 * the t quantile of the smallest number of clusters − 1.
 *
 * @returns value null when there are no units; ends null when there are too few clusters, or, on an open scale, when
 * all units agree
 */
export function meanInterval(units: Units, level: number): Interval {
  const range = units.range ?? shareRange;
  if (isBounded(range)) return boundedInterval(units, level, range);
  const mean = clusteredMean(units);
  const { clustering } = mean;
  const shared = { level, n: mean.n, clusters: clusterCounts(units, clustering) };
  const none = { low: null, high: null, ...shared };
  if (mean.n === 0) return { value: null, ...none, method: noUnits };
  if (clustering.df < 1) return { value: mean.mean, ...none, method: tooFewClusters };
  if (mean.variance === 0) return { value: mean.mean, ...none, method: noVariance };
  const half = twoSidedQuantile(level, clustering.df) * Math.sqrt(mean.variance);
  const ends = { low: Math.max(range.min, mean.mean - half), high: Math.min(range.max, mean.mean + half) };
  return { value: mean.mean, ...ends, ...shared, method: methodName('t', units, clustering) };
}
