import type { Interval } from '../../contract/estimate.js';
import type { Units } from '../../contract/metric-kind.js';
import { clusterCounts, clusteredMean } from './clustered-mean.js';
import { twoSidedQuantile } from './distributions.js';
import { effectiveSize } from './effective-size.js';
import { methodName, noUnits, tooFewClusters } from './method-name.js';
import { fromShare, type Range, toShare } from './range.js';
import { weightedMean } from './weighted-mean.js';
import { wilsonEnds } from './wilson.js';

/**
 * Interval of the mean of values in a finite range (a rate: 0 to 1), which never leaves the range.
 *
 * Independent, unweighted 0/1 answers: Wilson. Everything else: Wilson on the effective sample size with the t quantile
 * of the smallest number of clusters − 1, on the range scaled to [0, 1].
 *
 * @returns value null when there are no units; ends null when there are too few clusters to build an interval on
 */
export function boundedInterval(units: Units, level: number, range: Range): Interval {
  const shares = toShare(units, range);
  const mean = clusteredMean(shares);
  const { clustering } = mean;
  const shared = { level, n: mean.n, clusters: clusterCounts(units, clustering) };
  if (mean.n === 0) return { value: null, low: null, high: null, ...shared, method: noUnits };
  // Not scaled there and back, so that the mean of whole numbers is as exact as it can be.
  const value = weightedMean(units.values, units.weights).mean;
  const plain = isPlainBinary(shares);
  if (!plain && clustering.df < 1) return { value, low: null, high: null, ...shared, method: tooFewClusters };
  const n = plain ? mean.n : effectiveSize(mean.mean * (1 - mean.mean), mean, shares);
  const ends = wilsonEnds(mean.mean, n, twoSidedQuantile(level, plain ? Number.POSITIVE_INFINITY : clustering.df));
  return {
    value,
    low: fromShare(ends.low, range),
    high: fromShare(ends.high, range),
    ...shared,
    method: plain ? 'wilson' : methodName('wilson-neff-t', units, clustering),
  };
}

function isPlainBinary({ values, weights, clusters }: Units): boolean {
  return !weights && clusters.length === 0 && values.every((value) => value === 0 || value === 1);
}
