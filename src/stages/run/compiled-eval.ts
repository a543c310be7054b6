import type { EvalSpec, GraderSpec, Step } from '../../contract/eval-spec.js';
import type { Grader } from '../../contract/grader-kind.js';
import type { Message } from '../../contract/message.js';
import { compileParser, type ReplyReader } from './parse-reply.js';
import { compileCondition, compileMessages } from './render-messages.js';

/** A step, ready to be run for any cell. */
export interface CompiledStep {
  id: string;
  role: string;
  /** Fields that its parser gives. */
  fields: string[];
  applies(scope: object): boolean;
  messages(scope: object): Message[];
  parse: ReplyReader;
}

/** A grader, ready to grade any cell. */
export interface CompiledGrader {
  spec: GraderSpec;
  /** The step that it grades, and the field of its reply; null for the whole text. */
  step: string;
  field: string | null;
  grader: Grader;
  /** Whether it asks a model. */
  asks: boolean;
}

function fieldsOf({ parse }: Step): string[] {
  if (parse.kind === 'json') return Object.keys(parse.fields);
  return parse.kind === 'choice' ? ['choice'] : [];
}

export function compileSteps(spec: EvalSpec): CompiledStep[] {
  return spec.steps.map((step) => ({
    id: step.id,
    role: step.role,
    fields: fieldsOf(step),
    applies: compileCondition(step),
    messages: compileMessages(step.messages),
    parse: compileParser(step.parse),
  }));
}

/** @param graders by id, each with whether it asks a model */
export function compileGraders(
  spec: EvalSpec,
  graders: Map<string, { grader: Grader; asks: boolean }>,
): CompiledGrader[] {
  return spec.graders.map((one) => {
    const [step = '', ...field] = one.of.split('.');
    return { spec: one, step, field: field.length === 0 ? null : field.join('.'), ...graders.get(one.id)! };
  });
}
