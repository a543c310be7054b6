import type { MetricSpec } from '../contract/eval-spec.js';
import type { MetricKind } from '../contract/metric-kind.js';
import type { Matrix, Plan } from '../contract/plan.js';
import type { CellEntry } from '../contract/record.js';
import type { Cell } from '../contract/trial.js';
import { BitSet } from '../lib/bit-set.js';
import type { CellProgram } from '../stages/run/cell-program.js';
import { plantedCell } from './planted-cell.js';
import type { PlantedScore, PlantedScores } from './planted-scores.js';

/** What a metric of one provider and arm would come to if its very pairs were asked without end. */
export interface PlantedValue {
  metric: string;
  provider: string;
  arm: string;
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
}

/** Expected unit values of a slice, summed up. */
class Slice {
  #sum = 0;
  #weight = 0;
  #none: string | null = null;

  constructor(
    readonly metric: MetricSpec,
    private readonly kind: MetricKind,
  ) {}

  add(scores: PlantedScores | null, weight: number): void {
    if (scores === null) return;
    if ('none' in scores) {
      this.#none ??= scores.none;
      return;
    }
    const value = expected(scores, this.kind, this.metric);
    if (value === null) return;
    this.#sum += weight * value;
    this.#weight += weight;
  }

  /** A mean over a part of the pairs would be that of another question, so one pair without a value is enough for none. */
  get result(): Pick<PlantedValue, 'planted' | 'none'> {
    if (this.#none !== null) return { planted: null, none: this.#none };
    return this.#weight === 0 ? { planted: null, none: 'nothing is scored' } : { planted: this.#sum / this.#weight };
  }
}

/** Mean of what the metric counts, over the scores that it counts; null if it counts none of them. */
function expected(scores: readonly PlantedScore[], kind: MetricKind, { options }: MetricSpec): number | null {
  let sum = 0;
  let counted = 0;
  for (const { score, share } of scores) {
    const value = kind.valueOf(score, options);
    if (value === null) continue;
    sum += share * value;
    counted += share;
  }
  return counted === 0 ? null : sum / counted;
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

/** Whether the pair of a cell is scored: at least one of its repeats. */
function isScored({ matrix }: PlantedRun, scored: BitSet, ordinal: number): boolean {
  const at = matrix.positionAt(ordinal);
  for (let repeat = 0; repeat < matrix.repeats; repeat++)
    if (scored.has(matrix.ordinalOf({ ...at, repeat }))) return true;
  return false;
}

const weightOf = ({ persona }: Cell): number => persona?.weight ?? 1;

/**
 * The planted value of every metric × provider × arm, averaged over the pairs that were scored, weighted as the
 * estimate is. One cell in memory at a time.
 */
export async function plantedValues(run: PlantedRun, entries: Iterable<CellEntry>): Promise<PlantedValue[]> {
  const { plan, matrix, program, metricKinds } = run;
  const { eval: spec, providers } = plan.matrix;
  const scored = scoredCells(run, entries);
  const graderOf = spec.metrics.map(({ of }) => spec.graders.findIndex(({ id }) => id === of));
  const slices = providers.map(() =>
    spec.arms.map(() =>
      spec.metrics.map((metric) => new Slice(metric, metricKinds.find(({ kind }) => kind === metric.kind)!)),
    ),
  );
  for (let ordinal = 0; ordinal < matrix.cells; ordinal++) {
    const { provider, arm, repeat } = matrix.positionAt(ordinal);
    if (repeat > 0) continue;
    const wanted = graderOf.map((grader) => isScored(run, scored[grader]!, ordinal));
    if (!wanted.includes(true)) continue;
    const cell = matrix.cellAt(ordinal);
    const planted = await plantedCell(cell, plan, program);
    slices[provider]![arm]!.forEach((slice, metric) => {
      if (wanted[metric] === true) slice.add(planted[graderOf[metric]!]!, weightOf(cell));
    });
  }
  return spec.metrics.flatMap((metric, m) =>
    providers.flatMap((provider, p) =>
      spec.arms.map((arm, a) => ({
        metric: metric.id,
        provider: provider.id,
        arm: arm.id,
        ...slices[p]![a]![m]!.result,
      })),
    ),
  );
}
