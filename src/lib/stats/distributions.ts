import binomialCdfOf from '@stdlib/stats-base-dists-binomial-cdf';
import normalCdfOf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile';
import tCdfOf from '@stdlib/stats-base-dists-t-cdf';
import tQuantileOf from '@stdlib/stats-base-dists-t-quantile';

/** Student's t: the x below which a share `p` (0–1) lies, with `df` > 0 degrees of freedom. */
export function tQuantile(p: number, df: number): number {
  return tQuantileOf(p, df);
}

/** Student's t: the share (0–1) below `x`, with `df` > 0 degrees of freedom. */
export function tCdf(x: number, df: number): number {
  return tCdfOf(x, df);
}

/** Standard normal: the x below which a share `p` (0–1) lies. */
export function normalQuantile(p: number): number {
  return normalQuantileOf(p, 0, 1);
}

/** Standard normal: the share (0–1) below `x`. */
export function normalCdf(x: number): number {
  return normalCdfOf(x, 0, 1);
}

/** Probability of at most `successes` in `trials` draws of chance `p` (0–1). */
export function binomialCdf(successes: number, trials: number, p: number): number {
  return binomialCdfOf(successes, trials, p);
}

/** Two-sided quantile: t with `df` degrees of freedom, the normal where `df` is infinite. `level` is 0–1. */
export function twoSidedQuantile(level: number, df: number): number {
  const p = 1 - (1 - level) / 2;
  return Number.isFinite(df) ? tQuantile(p, df) : normalQuantile(p);
}

/** Two-sided p of a statistic as large as `t`, with `df` degrees of freedom (infinite: the normal). */
export function twoSidedP(t: number, df: number): number {
  const tail = Number.isFinite(df) ? tCdf(-Math.abs(t), df) : normalCdf(-Math.abs(t));
  return Math.min(1, 2 * tail);
}
