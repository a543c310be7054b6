import type { Units } from '../../contract/metric-kind.js';
import { clusterTotals } from './cluster-totals.js';
import type { ClusteredMean } from './clustered-mean.js';

/**
 * Design effect of several slices together: how many times wider the variance is than that of as many independent
 * units. Slices count by their spread, so those near one half, where clusters show most, weigh most.
 *
 * @returns ≥ 1; null if no slice has any spread to judge it by
 */
export function pooledDesignEffect(slices: Pick<ClusteredMean, 'variance' | 'kish' | 'spread'>[]): number | null {
  let clustered = 0;
  let independent = 0;
  for (const { variance, kish, spread } of slices) {
    if (!(variance >= 0) || !(spread > 0)) continue;
    clustered += variance * kish;
    independent += spread;
  }
  return independent > 0 ? Math.max(1, clustered / independent) : null;
}

/**
 * The largest design effect that these clusters allow: every cluster answers alike, so a cluster is worth one unit.
 * With two kinds of clusters their shares of the variance add up to at most one, so the larger effect bounds both.
 *
 * @returns ≥ 1
 */
export function largestDesignEffect(units: Units, { kish, totalWeight }: ClusteredMean): number {
  const weights = units.weights ?? new Float64Array(units.values.length).fill(1);
  const effects = units.clusters.map((ids) => {
    const squares = clusterTotals(weights, ids).reduce((sum, total) => sum + total * total, 0);
    return (kish * squares) / (totalWeight * totalWeight);
  });
  return Math.max(1, ...effects);
}

/** Design effect to use where all units agree: that of the run, or, if unknown, the largest that clusters allow. */
export function assumedDesignEffect(units: Units, mean: ClusteredMean): number {
  const largest = largestDesignEffect(units, mean);
  return Math.min(largest, Math.max(1, units.designEffect ?? largest));
}
