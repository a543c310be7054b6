import { type MetricTable, unitsOf } from '../metric-table.js';
import type { RunDifference, RunSide, RunSlice } from './comparison.js';
import { countFlips } from './flips.js';
import type { PairMatch } from './match-pairs.js';
import { type MetricSide, type SliceValues, sliceValues } from './slice-values.js';

/**
 * The paired difference of one slice, B − A, by its metric kind: clusters and weights are those of A. Its p is not
 * adjusted yet.
 */
export function differenceBetween(
  { a, b }: { a: RunSide; b: RunSide },
  { metric, arm, provider }: RunSlice,
  match: PairMatch,
): { difference: RunDifference; values: SliceValues; span: number } {
  const [own, other] = [metricSide(a, metric.a), metricSide(b, metric.b)];
  const values = sliceValues(
    { ...own, at: { provider: provider.a, arm: arm.a } },
    { ...other, at: { provider: provider.b, arm: arm.b } },
    match,
  );
  const table = commonTable(own.table, other.table);
  const { spec, kind, range } = table;
  const level = a.input.level ?? 0.95;
  const valueOn = (side: SliceValues['a']) => kind.estimate(unitsOf(table, provider.a, side), level).value;
  const { value, low, high, n, p, detectable, method, clusters } = kind.difference(
    unitsOf(table, provider.a, values.difference),
    level,
  );
  const difference: RunDifference = {
    metric: spec.id,
    unit: kind.unit,
    better: spec.better,
    provider: {
      a: a.input.plan.matrix.providers[provider.a]!.id,
      b: b.input.plan.matrix.providers[provider.b]!.id,
    },
    arm: a.input.plan.matrix.eval.arms[arm.a]!.id,
    a: valueOn(values.a),
    b: valueOn(values.b),
    difference: value,
    low,
    high,
    level,
    p,
    pAdjusted: null,
    correction: 'holm',
    n,
    matched: match.a.length,
    unscored: values.unscored,
    unscoredIn: values.unscoredIn,
    onlyIn: match.onlyIn,
    flips: isBinary(a, own.table) && isBinary(b, other.table) ? countFlips(values) : null,
    detectable,
    method,
    clusters,
  };
  return { difference, values, span: range.max - range.min };
}

function metricSide({ input, scores, tables }: RunSide, metric: number): MetricSide {
  return { table: tables.metrics[metric]!, matrix: input.matrix, scores };
}

/** A's table, with a range that holds both sides' values, and the larger design effect: neither run is A by nature. */
function commonTable(a: MetricTable, b: MetricTable): MetricTable {
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
