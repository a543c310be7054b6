import { clusteredMean } from '../../lib/stats/clustered-mean.js';
import { pooledDesignEffect } from '../../lib/stats/design-effect.js';
import { type ClusterColumn, clusterColumn } from './cluster-columns.js';
import { type FieldValues, fieldValues } from './field-values.js';
import type { MeasureInput } from './measure-input.js';
import { isUnitTable, type MetricTable, pairValues, unitsOf } from './metric-table.js';
import type { PairAxes } from './pair-axes.js';
import type { ScoreColumns } from './score-columns.js';

/** Everything that estimates and contrasts are computed from. */
export interface Tables {
  metrics: MetricTable[];
  axes: PairAxes;
  fieldOf(field: string): FieldValues;
  /** Provider and arm of every slice, in the order of the report. */
  slices: { provider: number; arm: number }[];
}

export function tablesOf(input: MeasureInput, scores: ScoreColumns, axes: PairAxes): Tables {
  const frozen = input.plan.matrix;
  const { eval: spec, providers } = frozen;
  const fields = new Map<string, FieldValues>();
  const fieldOf = (field: string) => {
    const values = fields.get(field) ?? fieldValues(field, frozen, axes);
    fields.set(field, values);
    return values;
  };
  const columns = new Map<string, ClusterColumn[]>();
  const columnsOf = (field: string) => {
    const known =
      columns.get(field) ??
      providers.map((_, provider) => clusterColumn(field, input.matrix.pairs, fieldOf(field), provider));
    columns.set(field, known);
    return known;
  };
  const slices = providers.flatMap((_, provider) => spec.arms.map((_, arm) => ({ provider, arm })));
  const metrics = spec.metrics.map((metric): MetricTable => {
    const kind = input.metricKinds.find((one) => one.kind === metric.kind)!;
    const grader = spec.graders.findIndex(({ id }) => id === metric.of);
    const ways = metric.clusters.map(columnsOf);
    const table: MetricTable = {
      spec: metric,
      kind,
      grader,
      range: kind.range(input.graderScales[grader]!, metric.options),
      clusters: providers.map((_, provider) => ways.map((way) => way[provider]!)),
      ...(axes.weights && { weights: axes.weights }),
    };
    const designEffect = designEffectOf(table, input, scores, slices);
    return designEffect === null ? table : { ...table, designEffect };
  });
  return { metrics, axes, fieldOf, slices };
}

/** Of a metric over all providers and arms; null if none shows any spread, and for metrics that are no means. */
function designEffectOf(
  table: MetricTable,
  { matrix }: MeasureInput,
  scores: ScoreColumns,
  slices: Tables['slices'],
): number | null {
  if (!isUnitTable(table)) return null;
  const means = slices.map((at) => {
    const { variance, kish, spread } = clusteredMean(
      unitsOf(table, at.provider, pairValues(table, matrix, scores, at)),
    );
    return { variance, kish, spread };
  });
  return pooledDesignEffect(means);
}
