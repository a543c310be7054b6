import type { Reply, TokenChoice } from '../../contract/call.js';
import type { GraderSpec } from '../../contract/eval-spec.js';
import type { Message } from '../../contract/message.js';
import { EvalrunError } from '../../contract/problem.js';
import type { Score } from '../../contract/score.js';
import type { Trial } from '../../contract/trial.js';
import { lookupPath, parsePath } from '../../lib/field-path.js';
import { compileTemplate } from '../../lib/template.js';
import type { CellScope } from './cell-scope.js';
import type { CompiledGrader } from './compiled-eval.js';

/** Asks the model in a role for a cell. */
export type AskRole = (role: string, messages: Message[]) => Promise<Reply>;

/** Watches a cell being executed: every step's conversation and reply, every graded text. */
export interface CellTrace {
  step(id: string, role: string, messages: Message[], reply: Reply | null, parseError?: string): void;
  graded(grader: GraderSpec, text: string): void;
}

export interface CellHooks {
  ask: AskRole;
  trace: CellTrace | undefined;
}

const unparseable = (detail: string): Score => ({ kind: 'unscored', reason: 'unparseable', detail });

/** Why a reply of this cell could not be parsed, if one could not. */
export const parseErrorOf = ({ outputs }: Trial): string | undefined =>
  Object.values(outputs).find((output) => output.parseError !== undefined)?.parseError;

/** A variable is missing because a reply that should have given it could not be parsed: a fact, not a defect. */
export function isForWantOfParsing(error: unknown, trial: Trial): boolean {
  return error instanceof EvalrunError && error.code === 'MISSING_VARIABLE' && parseErrorOf(trial) !== undefined;
}

/** The text that a grader reads, or why there is none. */
function gradedText(
  { step, field }: CompiledGrader,
  trial: Trial,
): { text: string; logprobs?: TokenChoice[] } | { missing: Score } {
  const output = trial.outputs[step];
  if (output === undefined) {
    const earlier = parseErrorOf(trial);
    return { missing: earlier === undefined ? { kind: 'unscored', reason: 'not_applicable' } : unparseable(earlier) };
  }
  if (output.finish === 'length') return { missing: { kind: 'unscored', reason: 'truncated' } };
  if (output.parseError !== undefined) return { missing: unparseable(output.parseError) };
  if (field === null) return { text: output.text, ...(output.logprobs !== undefined && { logprobs: output.logprobs }) };
  const value = output.fields?.[field];
  if (value === undefined || value === null) return { missing: unparseable(`no field ${field}`) };
  return { text: typeof value === 'string' ? value : JSON.stringify(value) };
}

/** The score of a text that is not there: where the reply cannot be parsed, the one that the grader names for that. */
function scoreOfMissing({ spec, step }: CompiledGrader, missing: Score, trial: Trial): Score {
  const broken = trial.outputs[step]?.parseError !== undefined;
  if (spec.whenUnparseable === undefined || !broken) return missing;
  if (missing.kind === 'scored' || missing.reason !== 'unparseable') return missing;
  return { kind: 'scored', value: spec.whenUnparseable, rationale: missing.detail ?? '' };
}

/** @throws what `hooks.ask` throws */
export async function gradeCell(one: CompiledGrader, scope: CellScope, trial: Trial, hooks: CellHooks): Promise<Score> {
  const graded = gradedText(one, trial);
  if ('text' in graded) hooks.trace?.graded(one.spec, graded.text);
  if (one.grader.ofScores !== undefined) return one.grader.ofScores(trial.scores);
  if ('missing' in graded) return scoreOfMissing(one, graded.missing, trial);
  try {
    return await one.grader.grade({
      trial,
      ...graded,
      lookup: (path) => lookupPath(scope, parsePath(path) ?? []),
      render: (source, extra) => compileTemplate(source).render(extra === undefined ? scope : { ...scope, ...extra }),
      ask: async (role, messages) => {
        let reply: Reply | null = null;
        try {
          reply = await hooks.ask(role, messages);
          return reply;
        } finally {
          hooks.trace?.step(one.spec.id, role, messages, reply);
        }
      },
    });
  } catch (error) {
    if (isForWantOfParsing(error, trial)) return unparseable(parseErrorOf(trial)!);
    throw error;
  }
}

/**
 * The score of a grader that could not be run because of how the cell ended. One that goes by scores has those of the
 * graders before it, which are settled first.
 */
export function scoreWithoutGrading({ spec, grader }: CompiledGrader, { outcome, scores }: Trial): Score {
  const { whenRefused } = spec;
  if (outcome.kind === 'refused' && whenRefused !== undefined) return { kind: 'scored', value: whenRefused };
  if (grader.ofScores !== undefined) return grader.ofScores(scores);
  return { kind: 'unscored', reason: outcome.kind === 'answered' ? 'not_applicable' : outcome.kind };
}
