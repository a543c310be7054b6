import type { MetricSpec } from '../contract/eval-spec.js';
import type { Slice, SliceMetricKind } from '../contract/metric-kind.js';
import type { Matrix, Plan } from '../contract/plan.js';
import type { StoredScore } from '../contract/record.js';
import type { Scale } from '../contract/score.js';
import { pairAxesOf } from '../stages/measure/pair-axes.js';
import { ScoreColumns } from '../stages/measure/score-columns.js';
import { SliceView } from '../stages/measure/slice-view.js';
import type { PlantedScore, PlantedScores } from './planted-scores.js';

/** Repeats that stand for asking without end: each planted score gets its share of them, to a thousandth. */
const manyRepeats = 1000;

/** Scores of pairs as they are planted, for metrics that see whole slices. */
export class PlantedSlice {
  readonly #pairs: number[] = [];
  readonly #scores: StoredScore[][] = [];
  #none: string | null = null;

  constructor(
    readonly metric: MetricSpec,
    private readonly kind: SliceMetricKind,
  ) {}

  add(scores: PlantedScores | null, pair: number): void {
    if (scores === null) return;
    if ('none' in scores) {
      this.#none ??= scores.none;
      return;
    }
    this.#pairs.push(pair);
    this.#scores.push(allotted(scores));
  }

  result(run: { plan: Plan; matrix: Matrix; scales: readonly Scale[] }, at: { provider: number; arm: number }) {
    const { kind, metric } = this;
    if (this.#none !== null) return { planted: null, none: this.#none };
    if ((kind.graders?.(metric.options) ?? []).length > 0)
      return { planted: null, none: 'two graders of the same replies have no planted value' };
    if (this.#pairs.length === 0) return { planted: null, none: 'nothing is scored' };
    const slice = this.#slice(run, at);
    const statistic = kind.compile(slice, metric.of, metric.options);
    const people = run.plan.matrix.eval.personas?.people ?? [];
    const weights = Float64Array.from(slice.personas, (persona, pair) =>
      statistic.scored[pair] === 1 ? (people[persona]?.weight ?? 1) : 0,
    );
    const planted = statistic.valueOf(weights);
    return planted === null ? { planted, none: 'the metric has no value' } : { planted };
  }

  #slice(
    { plan, matrix, scales }: { plan: Plan; matrix: Matrix; scales: readonly Scale[] },
    at: { provider: number; arm: number },
  ): Slice {
    const frozen = plan.matrix;
    const scores = new ScoreColumns(0, scales);
    const source = { frozen, matrix, scores, axes: pairAxesOf(matrix, frozen), graderScales: scales };
    const view = new SliceView(source, at, Int32Array.from(this.#pairs));
    return {
      pairs: view.pairs,
      repeats: manyRepeats,
      items: view.items,
      personas: view.personas,
      get others() {
        return view.others;
      },
      scaleOf: (grader) => view.scaleOf(grader),
      scoreOf: (_, pair, repeat) => this.#scores[pair]![repeat]!,
      field: (path, pair) => view.field(path, pair),
    };
  }
}

/** A thousand scores, shared out by largest remainder among those that have a chance. */
function allotted(scores: readonly PlantedScore[]): StoredScore[] {
  const total = scores.reduce((sum, { share }) => sum + share, 0);
  const parts = scores.map(({ share }) => (share / total) * manyRepeats);
  const counts = parts.map(Math.floor);
  let left = manyRepeats - counts.reduce((sum, count) => sum + count, 0);
  const byRemainder = parts.map((part, at) => ({ at, rest: part - Math.floor(part) })).sort((a, b) => b.rest - a.rest);
  for (const { at } of byRemainder) {
    if (left <= 0) break;
    counts[at]!++;
    left--;
  }
  return scores.flatMap(({ score }, at) => new Array<StoredScore>(counts[at]!).fill(score));
}
