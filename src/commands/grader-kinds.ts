import type { GraderSpec } from '../contract/eval-spec.js';
import type { GraderKind } from '../contract/grader-kind.js';
import type { Plan } from '../contract/plan.js';
import type { Scale } from '../contract/score.js';
import { registry } from '../registry.js';

export const graderKindOf = ({ kind }: Pick<GraderSpec, 'kind'>): GraderKind =>
  registry.graders.find((one) => one.kind === kind)!;

/** Scale of each grader of a plan's eval, in their order. */
export const graderScales = ({ matrix }: Plan): Scale[] =>
  matrix.eval.graders.map((grader) => graderKindOf(grader).scale(grader.options));

/** Whether a grader is a model's judgement, whose health the report shows. */
export function isJudge(grader: Pick<GraderSpec, 'kind' | 'options'>): boolean {
  const kind = graderKindOf(grader);
  return kind.asksWhereUnsure !== true && kind.roles(grader.options).length > 0;
}
