/**
 * Weighted power mean of values ≥ 0: p = 1 the arithmetic mean, 0 the geometric, −∞ the smallest, ∞ the largest.
 *
 * @param weights ≥ 0, not all 0; values of weight 0 do not count
 */
export function powerMean(values: Float64Array, weights: Float64Array, p: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (p === Number.NEGATIVE_INFINITY || p === Number.POSITIVE_INFINITY) {
    const counted = values.filter((_, i) => weights[i]! > 0);
    return counted.reduce((a, b) => (p < 0 ? Math.min(a, b) : Math.max(a, b)));
  }
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    if (weights[i] === 0) continue;
    // A value of 0 makes every mean with p ≤ 0 zero: the limit, and the point of such means.
    if (values[i] === 0 && p <= 0) return 0;
    sum += (weights[i]! / total) * (p === 0 ? Math.log(values[i]!) : values[i]! ** p);
  }
  return p === 0 ? Math.exp(sum) : sum ** (1 / p);
}

/**
 * Gini coefficient of weighted values ≥ 0: half the mean difference of two of them over their mean. 0 where all are
 * equal, towards 1 where one has all.
 *
 * @returns null where all values are 0
 */
export function gini(values: Float64Array, weights: Float64Array): number | null {
  const order = Array.from(values.keys())
    .filter((i) => weights[i]! > 0)
    .sort((a, b) => values[a]! - values[b]!);
  let before = 0;
  let total = 0;
  let weight = 0;
  let area = 0;
  for (const i of order) {
    const mass = weights[i]! * values[i]!;
    area += weights[i]! * (2 * before + mass);
    before += mass;
    total += mass;
    weight += weights[i]!;
  }
  return total > 0 ? 1 - area / (weight * total) : null;
}

/** Scores of one juror, summed up. */
export interface JurorScores {
  mean: number;
  /** Kish's number of independent scores. */
  n: number;
  /** Σ of squared deviations from the mean, and how many degrees of freedom it has. */
  squares: number;
  df: number;
  weight: number;
}

/**
 * Jurors' means drawn towards the mean of all so that they spread as the true ones do: mean + √B(own − mean) with
 * B = τ²/(τ² + σ²/n), σ² the variance within jurors (pooled), τ² that between them by the method of moments, ≥ 0
 * (constrained empirical Bayes: with B itself in the place of its root they would stand too near to each other).
 * The smallest of many noisy means is too small by chance; the smallest shrunken one is nearly not.
 */
export function shrunkenMeans(jurors: readonly JurorScores[]): Float64Array {
  const total = jurors.reduce((sum, { weight }) => sum + weight, 0);
  const grand = jurors.reduce((sum, { weight, mean }) => sum + weight * mean, 0) / total;
  const df = jurors.reduce((sum, one) => sum + one.df, 0);
  const within = df > 0 ? jurors.reduce((sum, { squares }) => sum + squares, 0) / df : 0;
  const spread = jurors.reduce((sum, { weight, mean }) => sum + weight * (mean - grand) ** 2, 0) / total;
  const chance = jurors.reduce((sum, { weight, n }) => sum + (weight * within) / n, 0) / total;
  const factor = jurors.length > 1 ? jurors.length / (jurors.length - 1) : 1;
  const between = Math.max(0, spread * factor - chance);
  return Float64Array.from(jurors, ({ mean, n }) => {
    const noise = within / n;
    const kept = between + noise > 0 ? Math.sqrt(between / (between + noise)) : 0;
    return grand + kept * (mean - grand);
  });
}
