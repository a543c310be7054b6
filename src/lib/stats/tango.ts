import type { Ends } from './wilson.js';

/** A paired difference of answers in [0, 1]: its two halves and what they are worth. */
export interface PairedShares {
  /** Mean of max(d, 0), 0–1. */
  gains: number;
  /** Mean of max(−d, 0), 0–1. */
  losses: number;
  /** Effective number of pairs > 0. */
  n: number;
}

/**
 * Score interval for a paired difference of proportions (Tango 1998, Statistics in Medicine 17:891), on an effective
 * number of pairs. It is to the paired difference what Wilson is to the rate: the variance is the one that a
 * difference D would have, not the observed one, so it holds for rare events and has width where no pair differs.
 *
 * @param quantile two-sided quantile of the wanted level
 * @returns ends within [−1, 1]
 */
export function tangoEnds(shares: PairedShares, quantile: number): Ends {
  const difference = shares.gains - shares.losses;
  const q2 = quantile * quantile;
  const fits = (d: number) => shares.n * (difference - d) ** 2 <= q2 * varianceAt(d, shares);
  return { low: lastFit(fits, difference, -1), high: lastFit(fits, difference, 1) };
}

/** Score statistic of no difference: t-distributed like the quantile. 0 where no pair differs. */
export function tangoStatistic({ gains, losses, n }: PairedShares): number {
  const discordant = gains + losses;
  return discordant > 0 ? (gains - losses) * Math.sqrt(n / discordant) : 0;
}

/** Variance of one pair's d if the true difference is `d`, with losses as likely as the data then make them. */
function varianceAt(d: number, { gains, losses }: PairedShares): number {
  const b = (2 - gains + losses) * d - gains - losses;
  const c = losses * d * (1 - d);
  // The positive root of 2x² + bx − c, written so that it does not cancel.
  const root = Math.sqrt(Math.max(0, b * b + 8 * c));
  const likelyLosses = b > 0 ? (2 * c) / (root + b) : (root - b) / 4;
  return Math.max(0, 2 * likelyLosses + d * (1 - d));
}

/** Where `fits` ends between `inside`, where it holds, and `outside`; bisected to the last bit that matters. */
function lastFit(fits: (d: number) => boolean, inside: number, outside: number): number {
  let fit = inside;
  let miss = outside;
  if (fits(miss)) return miss;
  for (let step = 0; step < 60; step++) {
    const middle = (fit + miss) / 2;
    if (fits(middle)) fit = middle;
    else miss = middle;
  }
  return fit;
}
