import type { Units } from '../../contract/metric-kind.js';
import { clusteredVariance } from './clustered-variance.js';
import { type Clustering, clusteringOf } from './clustering.js';
import { type WeightedMean, weightedMean } from './weighted-mean.js';

/** A mean with the variance that its clusters give it. */
export interface ClusteredMean extends WeightedMean {
  /** Variance of the mean; NaN when a cluster field has one cluster only. */
  variance: number;
  /** What the variance would be without clusters. */
  independent: number;
  clustering: Clustering;
}

/**
 * Hájek mean Σwy/Σw with linearised, cluster-robust variance.
 *
 * @param clustering of the same units, where it is at hand
 */
export function clusteredMean(units: Units, clustering: Clustering = clusteringOf(units)): ClusteredMean {
  const mean = weightedMean(units.values, units.weights);
  const influences = influencesOf(units, mean);
  const independent = independentVariance(influences, mean);
  return { ...mean, variance: clusteredVariance(influences, clustering), independent, clustering };
}

/**
 * Without weights spread/n, and never less. With weights, half way between Kish's spread/n_kish, which takes weights to
 * have nothing to do with answers, and the linearised Σe², which knows better but goes by a few units where answers are
 * rare: as a floor the one makes intervals cover up to 98 %, the other down to 92 %.
 */
function independentVariance(influences: Float64Array, { n, kish, spread }: WeightedMean): number {
  const linearised = influences.reduce((sum, influence) => sum + influence * influence, 0);
  return Math.max((linearised + spread / kish) / 2, spread / n);
}

/**
 * Variance of a mean, but never below that of independent units: clusters estimated from a few units may seem to repel
 * each other, and then the interval would promise more than n independent answers can.
 */
export function flooredVariance({ variance, independent }: ClusteredMean): number {
  return Math.max(variance, independent);
}

/** Cluster field → number of clusters that have a unit. */
export function clusterCounts(units: Units, clustering: Clustering): { [field: string]: number } {
  return Object.fromEntries(units.clusters.map(({ field }, i) => [field, clustering.dimensions[i]!.clusters]));
}

/** What each unit adds to the error of the mean: wᵢ(yᵢ − mean)/Σw. */
function influencesOf({ values, weights }: Units, { mean, totalWeight }: WeightedMean): Float64Array {
  const influences = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    influences[i] = ((weights ? weights[i]! : 1) * (values[i]! - mean)) / totalWeight;
  }
  return influences;
}
