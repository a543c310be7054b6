import type { Contrast } from '../../contract/estimate.js';
import type { ContrastSpec } from '../../contract/eval-spec.js';
import { holm } from '../../lib/stats/holm.js';
import type { MeasureInput } from './measure-input.js';
import { type MetricTable, type PairValues, pairValues, unitsOf } from './metric-table.js';
import type { Tables } from './metric-tables.js';
import type { ScoreColumns } from './score-columns.js';

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
  { metrics }: Tables,
  scores: ScoreColumns,
  of: { contrast: ContrastSpec; provider: number },
): Contrast {
  const { contrast, provider } = of;
  const { eval: spec, providers } = input.plan.matrix;
  const tableOf = (metric: string) => metrics.find((table) => table.spec.id === metric)!;
  const armOf = (id: string) => spec.arms.findIndex((arm) => arm.id === id);
  const a = tableOf(contrast.metric);
  const b = tableOf(contrast.againstMetric ?? contrast.metric);
  const difference = differenceOf(
    pairValues(a, input.matrix, scores, { provider, arm: armOf(contrast.of) }),
    pairValues(b, input.matrix, scores, { provider, arm: armOf(contrast.against) }),
  );
  const units = unitsOf({ ...a, range: commonRange(a, b) }, provider, difference);
  const { value, ...rest } = a.kind.difference(units, input.level ?? 0.95);
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

/** a − b where both are scored. */
function differenceOf(a: PairValues, b: PairValues): PairValues {
  return {
    values: a.values.map((value, pair) => value - b.values[pair]!),
    scored: a.scored.map((scored, pair) => scored & b.scored[pair]!),
  };
}

function commonRange(a: MetricTable, b: MetricTable): MetricTable['range'] {
  return { min: Math.min(a.range.min, b.range.min), max: Math.max(a.range.max, b.range.max) };
}
