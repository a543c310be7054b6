import type { Reply } from '../../contract/call.js';
import type { Message } from '../../contract/message.js';
import type { Cell, StepOutput, Trial } from '../../contract/trial.js';
import { cellScope } from './cell-scope.js';
import type { CompiledGrader, CompiledStep } from './compiled-eval.js';
import { type AskRole, gradeCell, isForWantOfParsing } from './grade-cell.js';
import { LoopProgress } from './loop-progress.js';

/** Notes a call and gives its digest, with its reply where that is known. */
export type RehearsedAsk = (step: string, role: string, messages: Message[]) => { digest: string; reply: Reply | null };

/** Stands for a reply that is not known: unique to its call. */
export const replyMark = (digest: string): string => `\u27e6${digest}\u27e7`;

const isMark = (value: unknown): boolean => typeof value === 'string' && /^\u27e6[0-9a-f]{32}\u27e7$/.test(value);

/** The output of a step whose reply is not known. */
function markedOutput({ fields }: CompiledStep, digest: string): StepOutput {
  const mark = replyMark(digest);
  const marked = Object.fromEntries(fields.map((field) => [field, mark]));
  return { text: mark, finish: 'stop', ...(fields.length > 0 && { fields: marked }) };
}

/**
 * Walks through the calls of a cell without making them. Marks in the place of unknown replies tell later calls apart
 * exactly as far as the replies will differ at most.
 */
export async function rehearseCell(
  program: { steps: CompiledStep[]; graders: CompiledGrader[] },
  cell: Cell,
  ask: RehearsedAsk,
): Promise<void> {
  const scope = cellScope(cell);
  const trial: Trial = { cell, outcome: { kind: 'answered' }, outputs: {}, scores: {} };
  const progress = new LoopProgress(program.steps, scope, trial);
  for (const step of program.steps) {
    if (!progress.asks(step, isMark)) continue;
    let messages: Message[];
    try {
      messages = step.messages(scope);
    } catch (error) {
      if (isForWantOfParsing(error, trial)) break;
      throw error;
    }
    const { digest, reply } = ask(step.id, step.role, messages);
    const output = reply === null ? markedOutput(step, digest) : step.parse(reply);
    progress.add(step, output);
  }
  for (const one of program.graders) {
    if (!one.asks) continue;
    const hear: AskRole = async (role, messages) =>
      ask(one.spec.id, role, messages).reply ?? { text: '', finish: 'stop', tokens: null };
    await gradeCell(one, scope, trial, { ask: hear, trace: undefined });
  }
}
