import Type from 'typebox';
import type { UnitMetricKind } from '../../contract/metric-kind.js';
import { meanInterval } from '../../lib/stats/mean-interval.js';
import { pairedDifference } from '../../lib/stats/paired-difference.js';

/**
 * Mean of a score, on the grader's own scale.
 *
 * Source: on a scale with two ends, Wilson on the effective sample size, scaled to that range; on an open scale, mean
 * ± t · clustered standard error (Miller, arXiv 2411.00640; two ways: Cameron, Gelbach, Miller 2011).
 * Shape: one number per slice, unit `score`, within the range of the grader's scale; repeats of a unit are averaged
 * first.
 * Errors: none; a slice without scores has value null, one with too few clusters has no ends.
 * Limits: labels have no mean; use `rate` with `is`.
 */
export const mean: UnitMetricKind = {
  kind: 'mean',
  version: 1,
  options: Type.Object({}, { additionalProperties: false }),
  reads: ['binary', 'number'],
  unit: 'score',
  valueOf: (score) => ('unscored' in score || !Number.isFinite(score.value) ? null : score.value),
  range: (scale) => (scale.kind === 'number' ? { min: scale.min, max: scale.max } : { min: 0, max: 1 }),
  estimate: meanInterval,
  difference: pairedDifference,
};
