import type { Reply } from '../../contract/call.js';
import type { EvalSpec, GraderSpec } from '../../contract/eval-spec.js';
import type { Grader } from '../../contract/grader-kind.js';
import type { Message } from '../../contract/message.js';
import type { Score } from '../../contract/score.js';
import type { Cell, Outcome, StepOutput, Trial } from '../../contract/trial.js';
import { lookupPath, parsePath } from '../../lib/field-path.js';
import { compileTemplate } from '../../lib/template.js';
import { RunHalted } from './budget.js';
import { addOutput, type CellScope, cellScope } from './cell-scope.js';
import { CallGaveUp } from './endpoint.js';
import { compileParser, type ReplyReader } from './parse-reply.js';
import { compileCondition, compileMessages } from './render-messages.js';

/** Asks the model in a role for a cell. */
export type AskRole = (role: string, messages: Message[]) => Promise<Reply>;

/** Watches a cell being executed: every step's conversation and reply, every graded text. */
export interface CellTrace {
  step(id: string, role: string, messages: Message[], reply: Reply | null, parseError?: string): void;
  graded(grader: GraderSpec, text: string): void;
}

/** Notes a call and gives its digest, with its reply where that is known. */
export type RehearsedAsk = (step: string, role: string, messages: Message[]) => { digest: string; reply: Reply | null };

/** An eval, compiled: what is done for each cell. */
export interface CellProgram {
  run(cell: Cell, ask: AskRole, trace?: CellTrace): Promise<Trial>;
  /**
   * Walks through the calls of a cell without making them. Where a reply is not known, a mark that is unique to its
   * call stands for it, so that later calls are told apart exactly as far as their replies will differ.
   */
  rehearse(cell: Cell, ask: RehearsedAsk): Promise<void>;
}

/** Stands for a reply that is not known yet. */
export const replyMark = (digest: string): string => `\u27e6${digest}\u27e7`;

interface CompiledStep {
  id: string;
  /** Fields that its parser gives. */
  fields: string[];
  role: string;
  applies(scope: object): boolean;
  messages(scope: object): Message[];
  parse: ReplyReader;
}

interface CompiledGrader {
  spec: GraderSpec;
  step: string;
  field: string | null;
  grader: Grader;
}

/** Ends the cell with an outcome other than `answered`. */
class CellEnds extends Error {
  constructor(readonly outcome: Outcome) {
    super(outcome.kind);
  }
}

function outcomeOf(error: unknown, step: string): Outcome {
  if (error instanceof CellEnds) return error.outcome;
  if (error instanceof RunHalted) return { kind: 'skipped', reason: error.reason, message: error.message };
  if (error instanceof CallGaveUp) {
    const { reason, message } = error.failure;
    if (reason === 'aborted') return { kind: 'skipped', reason: 'interrupted', message };
    return { kind: 'failed', step, reason, message, attempts: error.attempts };
  }
  throw error;
}

function unscored(spec: GraderSpec, outcome: Outcome): Score {
  if (outcome.kind === 'refused' && spec.whenRefused !== undefined) return { kind: 'scored', value: spec.whenRefused };
  return { kind: 'unscored', reason: outcome.kind === 'answered' ? 'not_applicable' : outcome.kind };
}

async function runStep(
  step: CompiledStep,
  scope: CellScope,
  trial: Trial,
  hooks: { ask: AskRole; trace: CellTrace | undefined },
): Promise<void> {
  const messages = step.messages(scope);
  let reply: Reply;
  try {
    reply = await hooks.ask(step.role, messages);
  } catch (error) {
    hooks.trace?.step(step.id, step.role, messages, null);
    throw error;
  }
  if (reply.finish === 'refusal') {
    hooks.trace?.step(step.id, step.role, messages, reply);
    throw new CellEnds({ kind: 'refused', step: step.id, text: reply.text });
  }
  const output = step.parse(reply);
  hooks.trace?.step(step.id, step.role, messages, reply, output.parseError);
  trial.outputs[step.id] = output;
  addOutput(scope, step.id, output);
}

/** The text that a grader reads, or why there is none. */
function gradedText({ step, field }: CompiledGrader, trial: Trial): { text: string } | { missing: Score } {
  const output = trial.outputs[step];
  if (output === undefined) return { missing: { kind: 'unscored', reason: 'not_applicable' } };
  if (output.finish === 'length') return { missing: { kind: 'unscored', reason: 'truncated' } };
  if (output.parseError !== undefined)
    return { missing: { kind: 'unscored', reason: 'unparseable', detail: output.parseError } };
  if (field === null) return { text: output.text };
  const value = output.fields?.[field];
  if (value === undefined || value === null)
    return { missing: { kind: 'unscored', reason: 'unparseable', detail: `no field ${field}` } };
  return { text: typeof value === 'string' ? value : JSON.stringify(value) };
}

async function grade(
  compiled: CompiledGrader,
  scope: CellScope,
  trial: Trial,
  hooks: { ask: AskRole; trace: CellTrace | undefined },
): Promise<Score> {
  const graded = gradedText(compiled, trial);
  if ('missing' in graded) return graded.missing;
  hooks.trace?.graded(compiled.spec, graded.text);
  return compiled.grader.grade({
    trial,
    text: graded.text,
    lookup: (path) => lookupPath(scope, parsePath(path) ?? []),
    render: (template, extra) => compileTemplate(template).render(extra === undefined ? scope : { ...scope, ...extra }),
    ask: async (role, messages) => {
      let reply: Reply | null = null;
      try {
        reply = await hooks.ask(role, messages);
        return reply;
      } finally {
        hooks.trace?.step(compiled.spec.id, role, messages, reply);
      }
    },
  });
}

function compileGrader(spec: GraderSpec, grader: Grader): CompiledGrader {
  const [step, ...field] = spec.of.split('.');
  return { spec, grader, step: step!, field: field.length === 0 ? null : field.join('.') };
}

/** The output of a step whose reply is not known. */
function markedOutput(step: CompiledStep, digest: string): StepOutput {
  const mark = replyMark(digest);
  return {
    text: mark,
    finish: 'stop',
    ...(step.fields.length > 0 && { fields: Object.fromEntries(step.fields.map((field) => [field, mark])) }),
  };
}

async function rehearse(
  steps: CompiledStep[],
  graders: CompiledGrader[],
  cell: Cell,
  ask: RehearsedAsk,
): Promise<void> {
  const scope = cellScope(cell);
  const trial: Trial = { cell, outcome: { kind: 'answered' }, outputs: {}, scores: {} };
  for (const step of steps) {
    if (!step.applies(scope)) continue;
    const messages = step.messages(scope);
    const { digest, reply } = ask(step.id, step.role, messages);
    const output = reply === null ? markedOutput(step, digest) : step.parse(reply);
    trial.outputs[step.id] = output;
    addOutput(scope, step.id, output);
  }
  for (const one of graders) {
    const hear: AskRole = async (role, messages) =>
      ask(one.spec.id, role, messages).reply ?? { text: '', finish: 'stop', tokens: null };
    await grade(one, scope, trial, { ask: hear, trace: undefined });
  }
}

/**
 * @param graders compiled, by id
 * @param askingGraders ids of those that ask a model
 * @returns runs the steps of a cell, then its graders; every way a cell can end is an outcome, nothing is thrown but defects
 */
export function compileProgram(spec: EvalSpec, graders: Map<string, Grader>, askingGraders: Set<string>): CellProgram {
  const steps = spec.steps.map(
    (step): CompiledStep => ({
      id: step.id,
      fields:
        step.parse.kind === 'json' ? Object.keys(step.parse.fields) : step.parse.kind === 'choice' ? ['choice'] : [],
      role: step.role,
      applies: compileCondition(step),
      messages: compileMessages(step.messages),
      parse: compileParser(step.parse),
    }),
  );
  const compiled = spec.graders.map((one) => compileGrader(one, graders.get(one.id)!));
  const asking = compiled.filter((one) => askingGraders.has(one.spec.id));
  return {
    rehearse: (cell, ask) => rehearse(steps, asking, cell, ask),
    async run(cell, ask, trace) {
      const scope = cellScope(cell);
      const trial: Trial = { cell, outcome: { kind: 'answered' }, outputs: {}, scores: {} };
      let at = '';
      try {
        for (const step of steps) {
          at = step.id;
          if (step.applies(scope)) await runStep(step, scope, trial, { ask, trace });
        }
        for (const one of compiled) {
          at = one.spec.id;
          trial.scores[one.spec.id] = await grade(one, scope, trial, { ask, trace });
        }
      } catch (error) {
        trial.outcome = outcomeOf(error, at);
        for (const { spec: one } of compiled) trial.scores[one.id] ??= unscored(one, trial.outcome);
      }
      return trial;
    },
  };
}
