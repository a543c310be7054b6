import type { EvalSpec, GraderSpec, LoopRound, Step } from '../../contract/eval-spec.js';
import type { Grader } from '../../contract/grader-kind.js';
import type { Message } from '../../contract/message.js';
import { EvalrunError } from '../../contract/problem.js';
import { parsePath } from '../../lib/field-path.js';
import { compileParser, type ReplyReader } from './parse-reply.js';
import { compileCondition, compileMessages } from './render-messages.js';

/** The round of a loop that a step belongs to. */
export interface CompiledRound extends Pick<LoopRound, 'loop' | 'step' | 'says'> {
  /** On the first step of every round but the first. */
  opens: boolean;
  /** Path that decides there whether the round is begun, and whether its presence begins or ends. */
  decidedBy: string[] | null;
  goesOnIf: 'present' | 'absent';
}

/** A step, ready to be run for any cell. */
export interface CompiledStep {
  id: string;
  round: CompiledRound | null;
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

/** Fields that a step's parsed reply has. */
export function outputFields({ parse }: Pick<Step, 'parse'>): string[] {
  if (parse.kind === 'json') return Object.keys(parse.fields);
  return parse.kind === 'choice' ? ['choice'] : [];
}

function compileRound({ loop, round, step, says, while: going, until }: LoopRound): CompiledRound {
  const path = going ?? until;
  return {
    loop,
    step,
    ...(says !== undefined && { says }),
    opens: round > 1,
    decidedBy: path === undefined ? null : parsePath(path)!,
    goesOnIf: going === undefined ? 'absent' : 'present',
  };
}

/** A value that only turns out to be missing is reported with the step that asks for it. */
const namingStep =
  (id: string, messages: CompiledStep['messages']): CompiledStep['messages'] =>
  (scope) => {
    try {
      return messages(scope);
    } catch (error) {
      if (!(error instanceof EvalrunError) || error.code !== 'MISSING_VARIABLE') throw error;
      const hint = error.hint ?? 'give it to all, or ask first: {% if … %}';
      throw new EvalrunError(error.code, `step "${id}": ${error.message}`, { hint, cause: error });
    }
  };

export function compileSteps(spec: EvalSpec): CompiledStep[] {
  return spec.steps.map((step) => ({
    id: step.id,
    round: step.round === undefined ? null : compileRound(step.round),
    role: step.role,
    fields: outputFields(step),
    applies: compileCondition(step),
    messages: namingStep(step.id, compileMessages(step.messages)),
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
