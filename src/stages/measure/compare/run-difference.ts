import type { SliceStatistic, UnitMetricKind } from '../../../contract/metric-kind.js';
import { statisticDifference } from '../../../lib/stats/statistic-interval.js';
import { isUnitTable, type MetricTable, unitsOf } from '../metric-table.js';
import { statisticDifferenceOf } from '../slice-statistics.js';
import type { RunDifference, RunSide, RunSlice } from './comparison.js';
import { countFlips } from './flips.js';
import type { PairMatch } from './match-pairs.js';
import { type SliceAt, type SliceValues, sliceValues } from './slice-values.js';

/**
 * The paired difference of one slice, B − A, by its metric kind: clusters and weights are those of A. Its p is not
 * adjusted yet.
 */
export function differenceBetween(
  { a, b }: { a: RunSide; b: RunSide },
  { metric, arm, provider }: RunSlice,
  match: PairMatch,
): { difference: RunDifference; values: SliceValues; span: number } {
  const [own, other] = [a.tables.metrics[metric.a]!, b.tables.metrics[metric.b]!];
  const span = Math.max(own.range.max, other.range.max) - Math.min(own.range.min, other.range.min);
  const at = { a: { provider: provider.a, arm: arm.a }, b: { provider: provider.b, arm: arm.b } };
  const { values, ...numbers } =
    isUnitTable(own) && isUnitTable(other)
      ? unitDifference({ a, b }, { own, other, at }, match)
      : statisticRunDifference({ a, b }, { own, other, at }, match);
  const difference: RunDifference = {
    metric: own.spec.id,
    unit: own.kind.unit,
    better: own.spec.better,
    provider: {
      a: a.input.plan.matrix.providers[provider.a]!.id,
      b: b.input.plan.matrix.providers[provider.b]!.id,
    },
    arm: a.input.plan.matrix.eval.arms[arm.a]!.id,
    ...numbers,
    pAdjusted: null,
    correction: 'holm',
    matched: match.a.length,
    unscored: values.unscored,
    unscoredIn: values.unscoredIn,
    onlyIn: match.onlyIn,
  };
  return { difference, values, span };
}

type Numbers = Pick<
  RunDifference,
  'a' | 'b' | 'difference' | 'low' | 'high' | 'level' | 'n' | 'p' | 'detectable' | 'method' | 'clusters' | 'flips'
> & { values: SliceValues };

/** Both runs' tables of a metric, and which provider and arm is compared in each. */
interface Compared<Table> {
  own: Table;
  other: Table;
  at: { a: SliceAt; b: SliceAt };
}

function unitDifference(
  { a, b }: { a: RunSide; b: RunSide },
  { own, other, at }: Compared<MetricTable<UnitMetricKind>>,
  match: PairMatch,
): Numbers {
  const values = sliceValues(
    { table: own, matrix: a.input.matrix, scores: a.scores, at: at.a },
    { table: other, matrix: b.input.matrix, scores: b.scores, at: at.b },
    match,
  );
  const table = commonTable(own, other);
  const level = a.input.level ?? 0.95;
  const valueOn = (side: SliceValues['a']) => table.kind.estimate(unitsOf(table, at.a.provider, side), level).value;
  const { value, ...rest } = table.kind.difference(unitsOf(table, at.a.provider, values.difference), level);
  return {
    ...rest,
    difference: value,
    a: valueOn(values.a),
    b: valueOn(values.b),
    flips: isBinary(a, own) && isBinary(b, other) ? countFlips(values) : null,
    values,
  };
}

/** Of a metric that sees whole slices: no unit has a value of its own, so none is listed as changed. */
function statisticRunDifference(
  { a, b }: { a: RunSide; b: RunSide },
  { own, other, at }: Compared<MetricTable>,
  match: PairMatch,
): Numbers {
  const sideOf = ({ input, scores, tables }: RunSide, table: MetricTable, where: SliceAt, pairs: Int32Array) => ({
    table,
    source: { ...input, frozen: input.plan.matrix, scores, axes: tables.axes },
    at: where,
    pairs,
  });
  const frame = sideOf(a, own, at.a, match.a);
  const both = statisticDifferenceOf(sideOf(b, other, at.b, match.b), frame, frame);
  const { scored, units, size } = both.difference;
  const weights = new Float64Array(size);
  for (const pair of scored) weights[pair] = units.weights ? units.weights[pair]! : 1;
  const { value, ...rest } = statisticDifference(both.difference, a.input.level ?? 0.95);
  const missing = (side: SliceStatistic) => side.scored.reduce((sum, is) => sum + 1 - is, 0);
  const none = { values: new Float64Array(a.input.matrix.pairs), scored: new Uint8Array(a.input.matrix.pairs) };
  const valueOn = (side: SliceStatistic) => (scored.length === 0 ? null : side.valueOf(weights));
  return {
    ...rest,
    difference: value,
    a: valueOn(both.b),
    b: valueOn(both.a),
    flips: null,
    values: {
      a: none,
      b: none,
      difference: none,
      unscored: size - scored.length,
      unscoredIn: { a: missing(both.b), b: missing(both.a) },
    },
  };
}

/** A's table, with a range that holds both sides' values, and the larger design effect: neither run is A by nature. */
function commonTable(a: MetricTable<UnitMetricKind>, b: MetricTable): MetricTable<UnitMetricKind> {
  const effects = [a.designEffect, b.designEffect].filter((effect) => effect !== undefined);
  return {
    ...a,
    range: { min: Math.min(a.range.min, b.range.min), max: Math.max(a.range.max, b.range.max) },
    ...(effects.length > 0 && { designEffect: Math.max(...effects) }),
  };
}

/** Whether a unit's value is 0 or 1 unless its repeats disagree. */
function isBinary({ input }: RunSide, { grader, range }: MetricTable): boolean {
  return input.graderScales[grader]!.kind !== 'number' && range.min === 0 && range.max === 1;
}
