import { passAtK as shareOfAny } from '../../lib/stats/pass-at-k.js';
import { countOf, repeatMetric } from './shared/repeat-metric.js';

/**
 * pass@k: the probability that at least one of k answers to a unit succeeds, mean over units.
 *
 * Source: the unbiased 1 − C(n−c, k)/C(n, k) over the n scored repeats with c successes (Chen et al. 2021, arXiv
 * 2107.03374). Intervals as for `rate`.
 * Shape: unit `share`, 0–1, higher is better; grows with k. By hand: 2 of 4 repeats succeed, k = 2: 1 − 1/6 = 5/6.
 * Errors: while loading, TOO_FEW_REPEATS where the run has fewer repeats than k, and labels as for `rate`.
 * Limits: says nothing of which answer is the good one; units with fewer than k scored repeats are unscored.
 */
export const passAtK = repeatMetric(
  'pass_at_k',
  'Answers of which one must succeed; at most the repeats of the run',
  (successes, k) => shareOfAny(successes.length, countOf(successes), k),
);
