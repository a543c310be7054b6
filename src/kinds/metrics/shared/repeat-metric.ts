import Type from 'typebox';
import type { JsonObject } from '../../../contract/json.js';
import type { UnitMetricKind } from '../../../contract/metric-kind.js';
import { boundedInterval } from '../../../lib/stats/bounded-interval.js';
import { pairedDifference } from '../../../lib/stats/paired-difference.js';
import { shareRange } from '../../../lib/stats/range.js';
import { rate } from '../rate.js';

const optionsOf = (description: string) =>
  Type.Object(
    {
      k: Type.Integer({ minimum: 1, description }),
      is: Type.Optional(
        Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })], {
          description: 'Label (or labels) that count as success, where the grader gives labels',
        }),
      ),
    },
    { additionalProperties: false },
  );

const kOf = (options: JsonObject): number => options.k as number;

/**
 * A metric of k of a unit's repeats: what counts as success is as for `rate`, and so are the intervals. A unit with
 * fewer than k scored repeats is unscored.
 *
 * @param valueIn of successes (0 or 1 each) in the order of the repeats, k at least, 0–1
 */
export function repeatMetric(
  kind: string,
  description: string,
  valueIn: (successes: readonly number[], k: number) => number,
): UnitMetricKind {
  return {
    kind,
    version: 1,
    options: optionsOf(description),
    reads: ['binary', 'label'],
    unit: 'share',
    fault: (options, scale) => rate.fault!(options, scale),
    leastRepeats: (options) => ({ repeats: kOf(options), path: ['k'] }),
    valueOf: (score, options) => {
      const value = rate.valueOf(score, options);
      return value === 0 || value === 1 ? value : null;
    },
    ofRepeats: (values, options) => (values.length < kOf(options) ? null : valueIn(values, kOf(options))),
    range: () => shareRange,
    estimate: (units, level) => boundedInterval(units, level, shareRange),
    difference: (units, level) => pairedDifference({ ...units, range: shareRange }, level),
  };
}

/** How many of them succeeded. */
export const countOf = (successes: readonly number[]): number => successes.reduce((sum, one) => sum + one, 0);
