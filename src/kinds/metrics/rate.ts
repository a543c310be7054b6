import Type from 'typebox';
import type { JsonObject } from '../../contract/json.js';
import type { UnitMetricKind } from '../../contract/metric-kind.js';
import type { StoredScore } from '../../contract/record.js';
import type { Scale } from '../../contract/score.js';
import { nearestHint } from '../../lib/nearest.js';
import { boundedInterval } from '../../lib/stats/bounded-interval.js';
import { pairedDifference } from '../../lib/stats/paired-difference.js';
import { shareRange } from '../../lib/stats/range.js';

/**
 * Share of units that have a property: a binary score of 1, or one of the labels in `is`.
 *
 * Source: Wilson (1927) for independent answers; with clusters, repeats or weights, Wilson on the effective sample size
 * with clustered variance (Miller, arXiv 2411.00640; Cameron, Gelbach, Miller 2011). Differences: Tango (1998), alike.
 * Shape: one number per slice, unit `share`, 0–1; a difference is −1 to 1. A unit whose repeats disagree counts as the
 * share of its repeats.
 * Errors: while loading, a label in `is` that the grader never gives, or no `is` where it gives labels. Later none: a
 * slice without scores has value null, one with too few clusters has no ends.
 * Limits: intervals are a little wide (about 97 % instead of 95 %) where there are few clusters or nothing to cluster.
 */
export const rate: UnitMetricKind = {
  kind: 'rate',
  version: 1,
  options: Type.Object(
    {
      is: Type.Optional(
        Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })], {
          description: 'Label (or labels) that count, where the grader gives labels',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  reads: ['binary', 'label'],
  unit: 'share',
  fault: labelFault,
  valueOf: countsAs,
  range: () => shareRange,
  estimate: (units, level) => boundedInterval(units, level, shareRange),
  difference: (units, level) => pairedDifference({ ...units, range: shareRange }, level),
};

/** Labels that the grader never gives would make a rate of 0 that looks measured. */
function labelFault({ is }: JsonObject, scale: Scale): ReturnType<NonNullable<UnitMetricKind['fault']>> {
  if (scale.kind !== 'label') return undefined;
  const { labels } = scale;
  if (is === undefined) {
    return {
      path: [],
      message: 'the scores are labels, so "is" must say which of them count',
      hint: `labels: ${labels.join(', ')}`,
    };
  }
  const wanted = (Array.isArray(is) ? is : [is]) as string[];
  const at = wanted.findIndex((label) => !labels.includes(label));
  if (at === -1) return undefined;
  const message = `the grader never gives the label "${wanted[at]}"`;
  return { path: Array.isArray(is) ? ['is', at] : ['is'], message, hint: nearestHint(wanted[at]!, labels, 'labels') };
}

function countsAs(score: StoredScore, { is }: JsonObject): number | null {
  if ('unscored' in score) return null;
  if (is === undefined || is === null) return score.value >= 0 && score.value <= 1 ? score.value : null;
  if (score.label === undefined) return null;
  return (Array.isArray(is) ? is.includes(score.label) : is === score.label) ? 1 : 0;
}
