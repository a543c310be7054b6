import { clusterTotals } from './cluster-totals.js';
import type { Clustering, Dimension } from './clustering.js';

/**
 * Variance of Σ of a column of influences (for a mean: wᵢ(yᵢ − ȳ)/Σw) when units of a cluster hang together.
 *
 * One way: Σ_g (Σ_{i∈g} e_i)² · G/(G−1), the usual CR1 sandwich (Miller, arXiv 2411.00640, has it without the factor).
 * Two ways: V_a + V_b − V_ab, each with its own G (Cameron, Gelbach, Miller 2011), never below the larger of V_a and
 * V_b: the difference may be small or negative by chance, and nested clusters are then the wider clusters alone.
 * Very uneven clusters: each cluster's square is divided by 1 − its share of the weight (CR2 for a mean), which for
 * even clusters is the same factor G/(G−1).
 *
 * @returns NaN when there is nothing to estimate it from: a dimension with one cluster
 */
export function clusteredVariance(influences: Float64Array, clustering: Clustering): number {
  const [a, b] = clustering.dimensions;
  if (!a) return Number.NaN;
  const va = oneWayVariance(influences, a);
  if (!b || !clustering.intersection) return va;
  const vb = oneWayVariance(influences, b);
  return Math.max(va + vb - oneWayVariance(influences, clustering.intersection), va, vb);
}

function oneWayVariance(influences: Float64Array, { ids, count, clusters, shares }: Dimension): number {
  if (clusters < 2) return Number.NaN;
  const totals = clusterTotals(influences, { ids, count });
  let squares = 0;
  for (let g = 0; g < count; g++) {
    const square = totals[g]! * totals[g]!;
    squares += shares ? square / (1 - shares[g]!) : square;
  }
  return shares ? squares : (squares * clusters) / (clusters - 1);
}
