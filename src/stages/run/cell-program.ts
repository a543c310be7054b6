import type { Reply } from '../../contract/call.js';
import type { EvalSpec } from '../../contract/eval-spec.js';
import type { Grader } from '../../contract/grader-kind.js';
import type { Message } from '../../contract/message.js';
import type { Cell, Outcome, Trial } from '../../contract/trial.js';
import { RunHalted } from './budget.js';
import { type CellScope, cellScope } from './cell-scope.js';
import { type CompiledGrader, type CompiledStep, compileGraders, compileSteps } from './compiled-eval.js';
import { CallGaveUp } from './endpoint.js';
import {
  type AskRole,
  type CellHooks,
  type CellTrace,
  gradeCell,
  isForWantOfParsing,
  scoreWithoutGrading,
} from './grade-cell.js';
import { LoopProgress } from './loop-progress.js';
import { type RehearsedAsk, rehearseCell } from './rehearse-cell.js';

/** An eval, compiled: what is done for each cell. */
export interface CellProgram {
  run(cell: Cell, ask: AskRole, trace?: CellTrace): Promise<Trial>;
  /** Walks through the calls of a cell without making them. */
  rehearse(cell: Cell, ask: RehearsedAsk): Promise<void>;
}

/** Ends the cell with an outcome other than `answered`. */
class CellEnds extends Error {
  constructor(readonly outcome: Outcome) {
    super(outcome.kind);
  }
}

function outcomeOf(error: unknown, step: string): Outcome {
  if (error instanceof CellEnds) return error.outcome;
  if (error instanceof RunHalted) return { kind: 'skipped', reason: 'budget', message: error.message };
  if (error instanceof CallGaveUp) {
    const { reason, message } = error.failure;
    if (reason === 'aborted') return { kind: 'skipped', reason: 'interrupted', message };
    return { kind: 'failed', step, reason, message, attempts: error.attempts };
  }
  throw error;
}

/** @returns false if the step cannot be asked because an earlier reply could not be parsed */
async function runStep(
  step: CompiledStep,
  { scope, trial, progress }: { scope: CellScope; trial: Trial; progress: LoopProgress },
  hooks: CellHooks,
): Promise<boolean> {
  let messages: Message[];
  try {
    messages = step.messages(scope);
  } catch (error) {
    if (isForWantOfParsing(error, trial)) return false;
    throw error;
  }
  let reply: Reply | null = null;
  let parseError: string | undefined;
  try {
    reply = await hooks.ask(step.role, messages);
    if (reply.finish === 'refusal') throw new CellEnds({ kind: 'refused', step: step.id, text: reply.text });
    const output = step.parse(reply);
    parseError = output.parseError;
    progress.add(step, output);
    return true;
  } finally {
    hooks.trace?.step(step.id, step.role, messages, reply, parseError);
  }
}

async function runCell(
  program: { steps: CompiledStep[]; graders: CompiledGrader[] },
  cell: Cell,
  hooks: CellHooks,
): Promise<Trial> {
  const scope = cellScope(cell);
  const trial: Trial = { cell, outcome: { kind: 'answered' }, outputs: {}, scores: {} };
  const progress = new LoopProgress(program.steps, scope, trial);
  let at = '';
  try {
    for (const step of program.steps) {
      at = step.id;
      if (progress.asks(step) && !(await runStep(step, { scope, trial, progress }, hooks))) break;
    }
    for (const one of program.graders) {
      at = one.spec.id;
      trial.scores[at] = await gradeCell(one, scope, trial, hooks);
    }
  } catch (error) {
    trial.outcome = outcomeOf(error, at);
    for (const one of program.graders) trial.scores[one.spec.id] ??= scoreWithoutGrading(one, trial);
  }
  return trial;
}

/**
 * @param graders by id, each with whether it asks a model
 * @returns runs the steps of a cell, then its graders; every way a cell can end is an outcome, nothing is thrown but defects
 */
export function compileProgram(spec: EvalSpec, graders: Map<string, { grader: Grader; asks: boolean }>): CellProgram {
  const program = { steps: compileSteps(spec), graders: compileGraders(spec, graders) };
  return {
    run: (cell, ask, trace) => runCell(program, cell, { ask, trace }),
    rehearse: (cell, ask) => rehearseCell(program, cell, ask),
  };
}
