import { repeatMetric } from './shared/repeat-metric.js';

/**
 * Whether any of the first k answers to a unit succeeded, as a share of units: what one sees who asks up to k times.
 *
 * Source: the plain count, often called pass@k; its value for a unit is 0 or 1, so it has more noise than `pass_at_k`,
 * which uses all repeats.
 * Shape: unit `share`, 0–1, higher is better; grows with k. By hand: repeats 0, 0, 1, k = 2: 0; k = 3: 1.
 * Errors and limits: as for `pass_at_k`; counted are the first k scored repeats.
 */
export const anyOfK = repeatMetric(
  'any_of_k',
  'The first answers, of which one must succeed; at most the repeats of the run',
  (successes, k) => Math.max(...successes.slice(0, k)),
);
