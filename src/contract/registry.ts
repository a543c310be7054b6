import type { FilterKind } from './filter-kind.js';
import type { GraderKind } from './grader-kind.js';
import type { MetricKind } from './metric-kind.js';
import type { PersonaKind } from './persona-kind.js';
import type { ProviderKind } from './provider-kind.js';
import type { RelationKind } from './relation-kind.js';
import type { ReporterKind } from './reporter-kind.js';
import type { TrainerKind } from './trainer-kind.js';

/** Everything that a YAML document can name as a `kind`: eight lists, one entry a kind. */
export interface Registry {
  personas: readonly PersonaKind[];
  providers: readonly ProviderKind[];
  graders: readonly GraderKind[];
  metrics: readonly MetricKind[];
  relations: readonly RelationKind[];
  reporters: readonly ReporterKind[];
  /** Of preference pairs. */
  filters: readonly FilterKind[];
  trainers: readonly TrainerKind[];
}
