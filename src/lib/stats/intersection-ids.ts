/** Cluster numbers, one per unit, and how many numbers there are. */
export interface ClusterIds {
  ids: Int32Array;
  count: number;
}

/**
 * Numbers the pairs (a, b) that occur. Takes O(units + clusters) time and memory and never allocates the product:
 * units are counting-sorted by `a`, and within one `a` a stamp per `b` tells which pairs are new.
 */
export function intersectionIds(a: ClusterIds, b: ClusterIds): ClusterIds {
  const n = a.ids.length;
  const order = orderByCluster(a);
  const ids = new Int32Array(n);
  const stamp = new Int32Array(b.count).fill(-1);
  const pairOf = new Int32Array(b.count);
  let count = 0;
  for (let k = 0; k < n; k++) {
    const unit = order[k]!;
    const other = b.ids[unit]!;
    if (stamp[other] !== a.ids[unit]!) {
      stamp[other] = a.ids[unit]!;
      pairOf[other] = count++;
    }
    ids[unit] = pairOf[other]!;
  }
  return { ids, count };
}

/** Unit numbers, ordered by cluster and within a cluster by index. */
function orderByCluster({ ids, count }: ClusterIds): Int32Array {
  const next = new Int32Array(count + 1);
  for (let i = 0; i < ids.length; i++) next[ids[i]! + 1]!++;
  for (let g = 0; g < count; g++) next[g + 1] = next[g + 1]! + next[g]!;
  const order = new Int32Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    const g = ids[i]!;
    order[next[g]!] = i;
    next[g] = next[g]! + 1;
  }
  return order;
}
