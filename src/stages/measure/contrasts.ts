import type { Contrast } from '../../contract/estimate.js';
import type { ContrastSpec } from '../../contract/eval-spec.js';
import { holm } from '../../lib/stats/holm.js';
import type { PairedDifference } from '../../lib/stats/paired-difference.js';
import { statisticDifference } from '../../lib/stats/statistic-interval.js';
import type { MeasureInput } from './measure-input.js';
import { isUnitTable, type MetricTable, type PairValues, pairValues, unitsOf } from './metric-table.js';
import type { Tables } from './metric-tables.js';
import type { ScoreColumns } from './score-columns.js';
import { everyPair, statisticDifferenceOf } from './slice-statistics.js';

/** Every contrast for every provider; p-values are adjusted within each metric of a provider. */
export function contrastsOf(input: MeasureInput, tables: Tables, scores: ScoreColumns): Contrast[] {
  const { eval: spec, providers } = input.plan.matrix;
  const contrasts = spec.contrasts.flatMap((contrast) =>
    providers.map((_, provider) => contrastOf(input, tables, scores, { contrast, provider })),
  );
  const families = new Map<string, Contrast[]>();
  for (const contrast of contrasts) {
    const family = JSON.stringify([contrast.metric, contrast.a.provider]);
    families.set(family, [...(families.get(family) ?? []), contrast]);
  }
  for (const family of families.values()) {
    const adjusted = holm(family.map(({ p }) => p));
    family.forEach((contrast, i) => {
      contrast.pAdjusted = adjusted[i]!;
    });
  }
  return contrasts;
}

function contrastOf(
  input: MeasureInput,
  tables: Tables,
  scores: ScoreColumns,
  of: { contrast: ContrastSpec; provider: number },
): Contrast {
  const { contrast, provider } = of;
  const { eval: spec, providers } = input.plan.matrix;
  const tableOf = (metric: string) => tables.metrics.find((table) => table.spec.id === metric)!;
  const armOf = (id: string) => spec.arms.findIndex((arm) => arm.id === id);
  const a = tableOf(contrast.metric);
  const b = tableOf(contrast.againstMetric ?? contrast.metric);
  const sides = {
    a,
    b,
    of: { provider, arm: armOf(contrast.of) },
    against: { provider, arm: armOf(contrast.against) },
  };
  const { value, ...rest } = differenceOf(input, tables, scores, sides);
  const id = providers[provider]!.id;
  return {
    name: contrast.name,
    metric: contrast.metric,
    a: { provider: id, arm: contrast.of },
    b: {
      provider: id,
      arm: contrast.against,
      ...(contrast.againstMetric !== undefined && { metric: contrast.againstMetric }),
    },
    difference: value,
    ...rest,
    pAdjusted: null,
    correction: 'holm',
    unscored: input.matrix.pairs - rest.n,
    better: a.spec.better,
  };
}

/** By the metric's kind where both sides are means of unit values, else as the difference of two statistics. */
function differenceOf(
  input: MeasureInput,
  { axes }: Tables,
  scores: ScoreColumns,
  { a, b, of, against }: { a: MetricTable; b: MetricTable; of: SliceAt; against: SliceAt },
): PairedDifference {
  const level = input.level ?? 0.95;
  if (isUnitTable(a) && isUnitTable(b)) {
    const values = subtracted(pairValues(a, input.matrix, scores, of), pairValues(b, input.matrix, scores, against));
    return a.kind.difference(unitsOf({ ...a, range: commonRange(a, b) }, of.provider, values), level);
  }
  const source = { ...input, frozen: input.plan.matrix, scores, axes };
  const pairs = everyPair(input.matrix.pairs);
  const { difference } = statisticDifferenceOf(
    { table: a, source, at: of, pairs },
    { table: b, source, at: against, pairs },
  );
  return statisticDifference(difference, level);
}

interface SliceAt {
  provider: number;
  arm: number;
}

/** a − b where both are scored. */
function subtracted(a: PairValues, b: PairValues): PairValues {
  return {
    values: a.values.map((value, pair) => value - b.values[pair]!),
    scored: a.scored.map((scored, pair) => scored & b.scored[pair]!),
  };
}

function commonRange(a: MetricTable, b: MetricTable): MetricTable['range'] {
  return { min: Math.min(a.range.min, b.range.min), max: Math.max(a.range.max, b.range.max) };
}
