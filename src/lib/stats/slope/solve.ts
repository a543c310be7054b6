/** A symmetric matrix, row by row. */
export type Symmetric = readonly Float64Array[];

/** Lower Cholesky factor of a symmetric matrix; null unless it is positive definite. */
export function cholesky(matrix: Symmetric): Float64Array[] | null {
  const size = matrix.length;
  const factor = matrix.map(() => new Float64Array(size));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= factor[i]![k]! * factor[j]![k]!;
      if (i === j) {
        if (!(sum > 1e-12)) return null;
        factor[i]![i] = Math.sqrt(sum);
      } else factor[i]![j] = sum / factor[j]![j]!;
    }
  }
  return factor;
}

/** x with L·Lᵀ·x = right. */
export function solveWith(factor: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = factor.length;
  const x = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[i]![k]! * x[k]!;
    x[i]! /= factor[i]![i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= factor[k]![i]! * x[k]!;
    x[i]! /= factor[i]![i]!;
  }
  return x;
}
