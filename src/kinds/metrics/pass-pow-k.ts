import { passPowK as shareOfAll } from '../../lib/stats/pass-at-k.js';
import { countOf, repeatMetric } from './shared/repeat-metric.js';

/**
 * pass^k: the probability that all of k answers to a unit succeed, mean over units. A measure of reliability.
 *
 * Source: the unbiased C(c, k)/C(n, k) over the n scored repeats with c successes (Yao et al. 2024, arXiv 2406.12045).
 * Intervals as for `rate`.
 * Shape: unit `share`, 0–1, higher is better; falls with k. By hand: 3 of 4 repeats succeed, k = 2: 3/6 = ½.
 * Errors and limits: as for `pass_at_k`.
 */
export const passPowK = repeatMetric(
  'pass_pow_k',
  'Answers that must all succeed; at most the repeats of the run',
  (successes, k) => shareOfAll(successes.length, countOf(successes), k),
);
