import type { GraderSpec } from '../../contract/eval-spec.js';
import type { MetricKind } from '../../contract/metric-kind.js';
import type { Matrix, Plan } from '../../contract/plan.js';
import type { CellEntry } from '../../contract/record.js';
import type { RelationKind } from '../../contract/relation-kind.js';
import type { Scale } from '../../contract/score.js';

/** What measuring reads: a plan, its matrix, and a record of it. */
export interface MeasureInput {
  plan: Pick<Plan, 'matrix' | 'policy'>;
  matrix: Matrix;
  /** In any order; of several entries of one cell the last one counts. Cells without an entry count as skipped. */
  entries: AsyncIterable<CellEntry> | Iterable<CellEntry>;
  /** Kinds that the eval's metrics name. */
  metricKinds: readonly MetricKind[];
  /** Kinds that the eval's relations name; absent where it has none. */
  relationKinds?: readonly RelationKind[];
  /** Scale of each of the eval's graders, in their order. */
  graderScales: readonly Scale[];
  /** Whether a grader's scores are a model's judgements. */
  isJudge(grader: GraderSpec): boolean;
  /** Id of the grader that a judge's scores are held against, where it names one. */
  ruleOf?(grader: GraderSpec): string | undefined;
  /** Confidence level, 0–1; default 0.95. */
  level?: number;
}
