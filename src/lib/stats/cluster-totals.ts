import type { ClusterIds } from './intersection-ids.js';

/** Adds a column up within clusters, in index order. A cluster without units has total 0. */
export function clusterTotals(column: Float64Array, { ids, count }: ClusterIds): Float64Array {
  const totals = new Float64Array(count);
  for (let i = 0; i < column.length; i++) totals[ids[i]!] = totals[ids[i]!]! + column[i]!;
  return totals;
}
