import type { Units } from '../../contract/metric-kind.js';
import { type ClusterIds, intersectionIds } from './intersection-ids.js';

/** One way in which units hang together. */
export interface Dimension extends ClusterIds {
  /** Clusters that have a unit. */
  clusters: number;
  /** Each cluster's share of the weight, 0–1; only where clusters are very uneven. */
  shares?: Float64Array;
  /** Degrees of freedom that a variance over these clusters has. */
  df: number;
}

/** How units hang together, prepared once and used for any number of columns. */
export interface Clustering {
  /** One or two; independent units are clusters of one. */
  dimensions: Dimension[];
  /** Clusters of units that share both dimensions; only with two. */
  intersection?: Dimension;
  /** Smallest of the dimensions'. Below 1 there is too little to build an interval on. */
  df: number;
}

/**
 * Below this effective share of the clusters, a few large ones carry the variance: the plain sandwich is then too
 * small and its t quantile too, and intervals cover 92–93 % instead of 95 %.
 */
const unevenBelow = 0.7499;

export function clusteringOf({ values, weights, clusters }: Units): Clustering {
  const ways = clusters.length > 0 ? clusters : [eachItsOwn(values.length)];
  const dimensions = ways.map((way) => dimensionOf(way, weights));
  const df = Math.min(...dimensions.map((dimension) => dimension.df));
  const [a, b] = dimensions;
  if (!a || !b) return { dimensions, df };
  const { ids, count } = intersectionIds(a, b);
  return { dimensions, intersection: { ids, count, clusters: count, df: count - 1 }, df };
}

/**
 * Degrees of freedom are clusters − 1. Where clusters are very uneven, they are the effective number of clusters − 1:
 * (Σ share)² / Σ share², which is what Bell and McCaffrey's (2002) correction gives for a mean of independent units.
 */
function dimensionOf({ ids, count }: ClusterIds, weights: Float64Array | undefined): Dimension {
  const { shares, clusters } = sharesOf({ ids, count }, weights);
  let squares = 0;
  for (let g = 0; g < count; g++) squares += shares[g]! * shares[g]!;
  const effective = 1 / squares;
  if (clusters === 0 || effective >= unevenBelow * clusters) return { ids, count, clusters, df: clusters - 1 };
  return { ids, count, clusters, shares, df: effective - 1 };
}

function sharesOf({ ids, count }: ClusterIds, weights: Float64Array | undefined) {
  const shares = new Float64Array(count);
  let total = 0;
  for (let i = 0; i < ids.length; i++) {
    const w = weights ? weights[i]! : 1;
    shares[ids[i]!] = shares[ids[i]!]! + w;
    total += w;
  }
  let clusters = 0;
  for (let g = 0; g < count; g++) {
    if (shares[g]! > 0) clusters++;
    shares[g] = shares[g]! / total;
  }
  return { shares, clusters };
}

function eachItsOwn(n: number): ClusterIds {
  const ids = new Int32Array(n);
  for (let i = 0; i < n; i++) ids[i] = i;
  return { ids, count: n };
}
