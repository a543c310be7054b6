import Type from 'typebox';
import type { MatchedPairs, PlantedArms, Related, RelatedMetric, RelationKind } from '../../contract/relation-kind.js';
import { noBase, relativeReduction as reductionOf } from '../../lib/stats/relative-reduction.js';
import { weightedMean } from '../../lib/stats/weighted-mean.js';

/**
 * (of − against)/of of two arms' means over matched pairs: which share of the base the other arm takes away.
 *
 * Source: the relative reduction Δ/base; interval by MOVER-R (Donner and Zou 2012, Statistical Methods in Medical Research
 * 21:347) from the intervals of both means and their clustered correlation.
 * Shape: unit `share`, at most 1 (nothing is left), 0 for no change, negative where the other arm adds; −0.5 is half as
 * much again. `n` counts pairs. By hand: .4 without and .1 with the instruction: .75.
 * Errors: while loading, a metric that is no mean or can be negative. Later, null where the base is 0.
 * Coverage of 95 % intervals, measured over eight designs (`bench/coverage/relation-coverage.ts`): 95.4–97.2 %.
 * Limits: a ratio: where the base is small its interval is wide, and one of a base that reaches 0 has no lower end.
 */
export const relativeReduction: RelationKind = {
  kind: 'relative_reduction',
  version: 1,
  title: 'share of the base’s mean that the other arm takes away',
  options: Type.Object({}, { additionalProperties: false }),
  unit: 'share',
  counts: 'pairs',
  fault,
  measure,
  planted,
};

function fault({ kind, scale, options }: RelatedMetric): { message: string; hint: string } | undefined {
  const hint = 'name a rate, or a mean of scores that begin at 0';
  if (kind.form === 'slice') return { message: `"${kind.kind}" is no mean of pairs`, hint };
  const { min } = kind.range(scale, options);
  return min >= 0 ? undefined : { message: 'its values can be below 0, so there are no shares of it', hint };
}

function measure({ of, against, units, metric }: MatchedPairs, level: number): Related {
  const interval = reductionOf(
    { of: { ...units, values: of.values }, against: { ...units, values: against.values } },
    metric.estimate.bind(metric),
    level,
  );
  const none =
    interval.value !== null
      ? undefined
      : interval.method === noBase
        ? 'the base is 0: nothing could be reduced'
        : 'nothing is scored in both arms';
  const open = interval.value !== null && interval.high !== null && interval.low === null;
  const meanOf = (values: Float64Array) => (values.length === 0 ? null : weightedMean(values, units.weights).mean);
  const ends = { low: null, high: null, unit: metric.unit };
  return {
    ...interval,
    ...(none !== undefined && { none }),
    parts: [
      { id: 'of', title: 'mean of the base', value: meanOf(of.values), ...ends },
      { id: 'against', title: 'mean of the other arm', value: meanOf(against.values), ...ends },
    ],
    notes: open ? ['The base may be 0 within its interval, so the reduction has no lower end.'] : [],
  };
}

function planted({ of, against, weights }: PlantedArms): ReturnType<RelationKind['planted']> {
  const base = weightedMean(of.chances, weights).mean;
  if (!(base > 0)) return { planted: null, none: 'the planted base is 0' };
  return { planted: 1 - weightedMean(against.chances, weights).mean / base };
}
