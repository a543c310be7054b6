import type { MetricKind } from '../contract/metric-kind.js';
import type { Matrix, Plan } from '../contract/plan.js';
import type { CellEntry } from '../contract/record.js';
import type { RelationKind } from '../contract/relation-kind.js';
import type { Scale } from '../contract/score.js';
import { BitSet } from '../lib/bit-set.js';
import { fieldValues } from '../stages/measure/field-values.js';
import { groupFamilies } from '../stages/measure/group-families.js';
import { type PairAxes, pairAxesOf } from '../stages/measure/pair-axes.js';
import type { CellProgram } from '../stages/run/cell-program.js';
import { plantedCell } from './planted-cell.js';
import { PlantedPairs } from './planted-pairs.js';
import { plantedRelation } from './planted-relations.js';
import { PlantedSlice } from './planted-slice.js';

/** What a metric of one provider and arm would come to if its very pairs were asked without end. */
export interface PlantedValue {
  metric: string;
  provider: string;
  arm: string;
  /** The group that it is about; absent for all pairs. */
  group?: { [field: string]: string };
  /** Name of the contrast, where it is the difference to another arm or metric. */
  contrast?: string;
  /** Name of the relation, where it relates the arm to another. */
  relation?: string;
  /** In the metric's unit; null where nothing is planted. */
  planted: number | null;
  /** Why there is none. */
  none?: string;
}

/** A run as it is compared with its planted truth. */
export interface PlantedRun {
  plan: Plan;
  matrix: Matrix;
  program: CellProgram;
  metricKinds: readonly MetricKind[];
  relationKinds: readonly RelationKind[];
  /** Scale of each grader of the eval. */
  scales: readonly Scale[];
}

/** Which cells each grader has scored, one bit a cell and grader. */
function scoredCells({ plan, matrix }: PlantedRun, entries: Iterable<CellEntry>): BitSet[] {
  const scored = plan.matrix.eval.graders.map(() => new BitSet(matrix.cells));
  for (const { cell, scores } of entries)
    scored.forEach((cells, grader) => {
      const score = scores[grader];
      if (score === undefined || 'unscored' in score) cells.delete(cell);
      else cells.add(cell);
    });
  return scored;
}

/** How many repeats of the pair of a cell are scored. */
function scoredRepeats({ matrix }: PlantedRun, scored: BitSet, ordinal: number): number {
  const at = matrix.positionAt(ordinal);
  let count = 0;
  for (let repeat = 0; repeat < matrix.repeats; repeat++) if (scored.has(matrix.ordinalOf({ ...at, repeat }))) count++;
  return count;
}

/** One metric of one provider and arm. */
type Slice = PlantedPairs | PlantedSlice;
/** Slices by provider, arm and metric. */
type Slices = Slice[][][];

/** What is planted of every pair that was scored. One cell in memory at a time. */
async function plantedSlices(run: PlantedRun, entries: Iterable<CellEntry>): Promise<Slices> {
  const { plan, matrix, program, metricKinds } = run;
  const { eval: spec, providers } = plan.matrix;
  const scored = scoredCells(run, entries);
  const graderOf = spec.metrics.map(({ of }) => spec.graders.findIndex(({ id }) => id === of));
  const slices = providers.map(() =>
    spec.arms.map(() =>
      spec.metrics.map((metric): Slice => {
        const kind = metricKinds.find((one) => one.kind === metric.kind)!;
        return kind.form === 'slice' ? new PlantedSlice(metric, kind) : new PlantedPairs(metric, kind, matrix.pairs);
      }),
    ),
  );
  for (let ordinal = 0; ordinal < matrix.cells; ordinal++) {
    const { provider, arm, repeat, pair } = matrix.positionAt(ordinal);
    if (repeat > 0) continue;
    const repeats = graderOf.map((grader) => scoredRepeats(run, scored[grader]!, ordinal));
    if (repeats.every((count) => count === 0)) continue;
    const planted = await plantedCell(matrix.cellAt(ordinal), plan, program);
    slices[provider]![arm]!.forEach((slice, metric) => {
      if (repeats[metric]! > 0) slice.add(planted[graderOf[metric]!]!, pair, repeats[metric]!);
    });
  }
  return slices;
}

/** Planted values of whole arms, and of the groups, contrasts and relations of metrics that are means. */
export async function plantedValues(run: PlantedRun, entries: Iterable<CellEntry>): Promise<PlantedValue[]> {
  const slices = await plantedSlices(run, entries);
  const axes = pairAxesOf(run.matrix, run.plan.matrix);
  const weightOf = (pair: number): number => axes.weights?.[pair] ?? 1;
  const { eval: spec, providers } = run.plan.matrix;
  const whole = spec.metrics.flatMap((metric, m) =>
    providers.flatMap(({ id }, p) =>
      spec.arms.flatMap((arm, a): PlantedValue[] => {
        const slice = slices[p]![a]![m]!;
        const at = { metric: metric.id, provider: id, arm: arm.id };
        if (slice instanceof PlantedSlice) return [{ ...at, ...slice.result(run, { provider: p, arm: a }) }];
        const groups = groupsOf(run, axes, m, p).map(({ group, pairs }) => ({
          ...at,
          group,
          ...slice.mean(weightOf, pairs),
        }));
        return [{ ...at, ...slice.mean(weightOf) }, ...groups];
      }),
    ),
  );
  return [...whole, ...contrastsOf(run, slices, weightOf), ...relationsOf(run, slices, axes)];
}

/** Every group that a metric is given for, with its pairs. */
function groupsOf(
  { plan: { matrix: frozen }, matrix }: PlantedRun,
  axes: PairAxes,
  metric: number,
  provider: number,
): { group: { [field: string]: string }; pairs: Int32Array }[] {
  const fieldOf = (field: string) => fieldValues(field, frozen, axes);
  return groupFamilies(frozen.eval.metrics[metric]!, matrix.pairs, fieldOf, provider).flatMap(({ field, groups }) =>
    groups.map(({ label, pairs }) => ({ group: { [field]: label }, pairs })),
  );
}

function contrastsOf({ plan }: PlantedRun, slices: Slices, weightOf: (pair: number) => number): PlantedValue[] {
  const { eval: spec, providers } = plan.matrix;
  const metricOf = (id: string) => spec.metrics.findIndex((metric) => metric.id === id);
  const armOf = (id: string) => spec.arms.findIndex((arm) => arm.id === id);
  return spec.contrasts.flatMap(({ name, metric, of, against, againstMetric = metric }) =>
    providers.flatMap(({ id }, p): PlantedValue[] => {
      const one = slices[p]![armOf(of)]![metricOf(metric)]!;
      const other = slices[p]![armOf(against)]![metricOf(againstMetric)]!;
      const at = { metric, provider: id, arm: of, contrast: name };
      if (!(one instanceof PlantedPairs && other instanceof PlantedPairs))
        return [{ ...at, planted: null, none: 'differences of whole slices have no planted value' }];
      return [{ ...at, ...one.difference(other, weightOf) }];
    }),
  );
}

function relationsOf({ plan, relationKinds }: PlantedRun, slices: Slices, axes: PairAxes): PlantedValue[] {
  const { eval: spec, providers } = plan.matrix;
  return (spec.relations ?? []).flatMap((relation) =>
    providers.flatMap(({ id }, p): PlantedValue[] => {
      const sliceOf = (arm: string) =>
        slices[p]![spec.arms.findIndex((one) => one.id === arm)]![
          spec.metrics.findIndex((one) => one.id === relation.metric)
        ]!;
      const [of, against] = [sliceOf(relation.of), sliceOf(relation.against)];
      const at = { metric: relation.metric, provider: id, arm: relation.of, relation: relation.name };
      if (!(of instanceof PlantedPairs && against instanceof PlantedPairs)) return [];
      const sides = { of, against, items: axes.items, weights: axes.weights };
      return [{ ...at, ...plantedRelation(relation, relationKinds, sides) }];
    }),
  );
}
