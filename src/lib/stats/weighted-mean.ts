/** A weighted mean with what its precision depends on. */
export interface WeightedMean {
  n: number;
  /** Σwy / Σw (Hájek); NaN when n is 0. */
  mean: number;
  totalWeight: number;
  /** Kish's (Σw)² / Σw²: so many equally weighted units are worth as much. Equals n without weights. */
  kish: number;
  /** Σw(y − mean)² / Σw: variance among units, with divisor n. */
  spread: number;
}

/** Mean of a column with optional weights > 0. Sums run in index order, so equal columns give equal bits. */
export function weightedMean(values: Float64Array, weights?: Float64Array): WeightedMean {
  const n = values.length;
  let totalWeight = 0;
  let sumOfSquares = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const w = weights ? weights[i]! : 1;
    totalWeight += w;
    sumOfSquares += w * w;
    sum += w * values[i]!;
  }
  // Rounding must not make equal values differ: nothing could be told from a variance of 1e-34.
  const mean = values.every((value) => value === values[0]) ? (values[0] ?? Number.NaN) : sum / totalWeight;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const e = values[i]! - mean;
    squares += (weights ? weights[i]! : 1) * e * e;
  }
  const kish = weights ? (totalWeight * totalWeight) / sumOfSquares : n;
  return { n, mean, totalWeight, kish, spread: squares / totalWeight };
}
