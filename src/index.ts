/**
 * The public API: run configs from code, read runs, and add kinds.
 * Everything else is internal and may change without notice.
 */

export { main } from './cli.js';
export type { Call, FailureFacts, FailureReason, Finish, Reply } from './contract/call.js';
export { CallFailure } from './contract/call.js';
export type { ConfigSpec, ProviderSpec } from './contract/config-spec.js';
export type { Contrast, Estimate, Interval } from './contract/estimate.js';
export type { EvalSpec } from './contract/eval-spec.js';
export type { FilterKind } from './contract/filter-kind.js';
export type { GradeInput, Grader, GraderKind } from './contract/grader-kind.js';
export type {
  MetricKind,
  Slice,
  SliceMetricKind,
  SliceStatistic,
  UnitMetricKind,
  Units,
} from './contract/metric-kind.js';
export type { Persona, PersonaSet } from './contract/persona.js';
export type { PersonaKind } from './contract/persona-kind.js';
export type { Matrix, Plan } from './contract/plan.js';
export { EvalrunError } from './contract/problem.js';
export type { Item, PromptSuite } from './contract/prompt-suite.js';
export type { Provider, ProviderKind } from './contract/provider-kind.js';
export type { Registry } from './contract/registry.js';
export type { Related, RelationKind } from './contract/relation-kind.js';
export { type Report, reportSchema } from './contract/report.js';
export type { ReporterKind } from './contract/reporter-kind.js';
export type { Scale, Score } from './contract/score.js';
export type { TrainerKind } from './contract/trainer-kind.js';
export type { Outcome, Transcript, Trial } from './contract/trial.js';
export { registry } from './registry.js';
