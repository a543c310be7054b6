import type { Interval } from '../../contract/estimate.js';
import type { Units } from '../../contract/metric-kind.js';
import { type ClusteredMean, clusterCounts, clusteredMean, flooredVariance } from './clustered-mean.js';
import { detectableDifference } from './detectable-difference.js';
import { twoSidedP, twoSidedQuantile } from './distributions.js';
import { effectiveSize } from './effective-size.js';
import { methodName, noUnits, noVariance, tooFewClusters } from './method-name.js';
import { isBounded, shareRange } from './range.js';
import { type PairedShares, tangoEnds, tangoStatistic } from './tango.js';
import { weightedMean } from './weighted-mean.js';

/** A paired difference with its test. */
export interface PairedDifference extends Interval {
  /** Two-sided p of no difference; null where no interval could be had. */
  p: number | null;
  /** Smallest true difference found in 80 of 100 such runs; null where all differences are equal, or none is as large. */
  detectable: number | null;
}

/**
 * Mean of the differences dᵢ of matched units, with clusters and weights as for a mean.
 *
 * On a scale with two ends (`units.range` of the compared values): Tango's score interval on the effective number of
 * pairs n_eff = (mean |d| − d̄²)/V, with the t quantile. A symmetric d̄ ± t·SE covers only 87–93 % where one side is
 * rare, and has no width where no pair differs. The p is that of the same test, so the two never contradict each
 * other. On an open scale: d̄ ± t·SE.
 */
export function pairedDifference(units: Units, level: number): PairedDifference {
  const mean = clusteredMean(units);
  const { clustering } = mean;
  const shared = { level, n: mean.n, clusters: clusterCounts(units, clustering) };
  const none = { low: null, high: null, ...shared, p: null, detectable: null };
  if (mean.n === 0) return { value: null, ...none, method: noUnits };
  if (clustering.df < 1) return { value: mean.mean, ...none, method: tooFewClusters };
  const standardError = Math.sqrt(flooredVariance(mean));
  const detectable = standardError > 0 ? detectableDifference({ standardError, df: clustering.df, level }) : null;
  const quantile = twoSidedQuantile(level, clustering.df);
  const range = units.range ?? shareRange;
  if (isBounded(range)) {
    const span = range.max - range.min;
    const shares = pairedShares(units, mean, span);
    const ends = tangoEnds(shares, quantile);
    const p = twoSidedP(tangoStatistic(shares), clustering.df);
    const method = methodName('tango-neff-t', units, clustering);
    const seen = detectable !== null && detectable <= span ? detectable : null;
    return { value: mean.mean, low: ends.low * span, high: ends.high * span, ...shared, method, p, detectable: seen };
  }
  if (detectable === null) return { value: mean.mean, ...none, method: noVariance };
  const half = quantile * standardError;
  const p = twoSidedP(mean.mean / standardError, clustering.df);
  const method = methodName('t', units, clustering);
  return { value: mean.mean, low: mean.mean - half, high: mean.mean + half, ...shared, method, p, detectable };
}

function pairedShares(units: Units, mean: ClusteredMean, span: number): PairedShares {
  const gains = weightedMean(
    units.values.map((d) => Math.max(d, 0) / span),
    units.weights,
  ).mean;
  const losses = weightedMean(
    units.values.map((d) => Math.max(-d, 0) / span),
    units.weights,
  ).mean;
  const unitVariance = (gains + losses - (gains - losses) ** 2) * span * span;
  return { gains, losses, n: effectiveSize(unitVariance, mean, units) };
}
