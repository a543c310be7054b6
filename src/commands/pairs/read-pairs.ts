import type { Reply } from '../../contract/call.js';
import type { PairsSpec } from '../../contract/eval-spec.js';
import type { Plan } from '../../contract/plan.js';
import type { Cell, StepOutput, Trial } from '../../contract/trial.js';
import { askedCall } from '../../lib/asked-call.js';
import { BoundedCache } from '../../lib/bounded-cache.js';
import { digestOf } from '../../lib/canonical-json.js';
import { compileTemplate } from '../../lib/template.js';
import { type CellProgram, compileProgram } from '../../stages/run/cell-program.js';
import { cellScope } from '../../stages/run/cell-scope.js';
import type { RecordReader } from '../../store/record-reader.js';
import type { FinishedRun } from '../finish.js';
import { recordedReply } from '../recorded-reply.js';
import { CellFacts } from './cell-facts.js';
import type { NoPair, Pair, Verdict } from './pair.js';
import { splitOf } from './split-of.js';

/** Characters of recorded replies that are kept at hand: answers that many personas share are read once. */
const charactersAtHand = 16_000_000;

/** The program of a cell up to the last text of a pair: no grader, no later step. */
function textProgram({ matrix }: Plan, { chosen, rejected }: PairsSpec): CellProgram {
  const { steps } = matrix.eval;
  const needed = [chosen, rejected].map((path) => {
    const [name] = path.split('.');
    return steps.findLastIndex(({ id, round }) => id === name || round?.step === name);
  });
  return compileProgram({ ...matrix.eval, steps: steps.slice(0, Math.max(...needed) + 1), graders: [] }, new Map());
}

/** Answers every call from the record. */
function recordedReplies({ matrix }: Plan, record: RecordReader) {
  const atHand = new BoundedCache<Reply>(charactersAtHand);
  return (cell: Cell): Parameters<CellProgram['run']>[1] =>
    async (role, messages) => {
      const { digest } = askedCall(matrix, cell, role, messages);
      const known = atHand.get(digest);
      if (known !== undefined) return known;
      const reply = recordedReply(record, digest);
      atHand.set(digest, reply, reply.text.length + 200);
      return reply;
    };
}

/** The text at `step` or `step.field`, or why there is none. */
function textAt(path: string, trial: Trial): { text: string } | { reason: NoPair } {
  const [step = '', ...fields] = path.split('.');
  const field = fields.join('.');
  const output: StepOutput | undefined = trial.outputs[step];
  if (output === undefined) return { reason: 'a text is empty or missing' };
  if (output.finish === 'length') return { reason: 'a reply was cut' };
  if (field === '' || (field === 'text' && output.fields?.text === undefined)) return nonEmpty(output.text);
  if (output.parseError !== undefined) return { reason: 'a reply could not be parsed' };
  const value = output.fields?.[field];
  return typeof value === 'string' ? nonEmpty(value) : { reason: 'a text is empty or missing' };
}

const nonEmpty = (text: string): { text: string } | { reason: NoPair } =>
  text.trim() === '' ? { reason: 'a text is empty or missing' } : { text };

/** Both texts of a cell, or why it gives no pair. */
function textsOf(
  spec: PairsSpec,
  trial: Trial,
  recorded: 'failed' | 'other',
): { chosen: string; rejected: string } | { reason: NoPair } {
  const [chosen, rejected] = [textAt(spec.chosen, trial), textAt(spec.rejected, trial)];
  if ('text' in chosen && 'text' in rejected) {
    if (chosen.text.trim() === rejected.text.trim()) return { reason: 'both texts are the same' };
    return { chosen: chosen.text, rejected: rejected.text };
  }
  if (trial.outcome.kind === 'refused') return { reason: 'refused' };
  if (trial.outcome.kind !== 'answered') return { reason: recorded === 'failed' ? 'failed' : 'not asked yet' };
  if (Object.values(trial.outputs).some(({ parseError }) => parseError !== undefined))
    return { reason: 'a reply could not be parsed' };
  return 'reason' in rejected ? rejected : (chosen as { reason: NoPair });
}

/** Facts of a cell that do not depend on its replies. */
function aboutCell(
  cell: Cell,
  plan: Plan,
  spec: PairsSpec,
): Omit<Pair, 'chosen' | 'rejected' | 'split' | 'preferred' | 'controls'> {
  const scope = cellScope(cell);
  const render = (source: string | undefined) => (source === undefined ? null : compileTemplate(source).render(scope));
  const provider = plan.matrix.providers[cell.provider]!.id;
  const persona = cell.persona?.id ?? null;
  return {
    id: digestOf([cell.item.id, persona, cell.arm.id, provider, cell.repeat]).slice(0, 16),
    cell: cell.ordinal,
    item: cell.item.id,
    persona,
    other: cell.other?.id ?? null,
    arm: cell.arm.id,
    provider,
    repeat: cell.repeat,
    instruction: render(spec.instruction)!,
    personaText: render(spec.persona),
    system: render(spec.system),
  };
}

/**
 * Every cell of a run as a pair, or as the reason why it is none, in cell order, one in memory at a time. Texts are made
 * from the record's replies; verdicts are the recorded scores.
 */
export async function* readPairs(
  { plan, matrix }: FinishedRun,
  record: RecordReader,
  how: { spec: PairsSpec; unseen: number },
): AsyncGenerator<Pair | { reason: NoPair }> {
  const { spec, unseen } = how;
  const judged = [spec.preferred, ...Object.values(spec.controls)];
  const places = judged.map((id) => plan.matrix.eval.graders.findIndex((grader) => grader.id === id));
  const facts = new CellFacts(record.cells(), matrix.cells, places);
  const program = textProgram(plan, spec);
  const askFor = recordedReplies(plan, record);
  const controls = Object.keys(spec.controls);
  for (let ordinal = 0; ordinal < matrix.cells; ordinal++) {
    const cell = matrix.cellAt(ordinal);
    const trial = await program.run(cell, askFor(cell));
    const texts = textsOf(spec, trial, facts.outcome(ordinal) === 'failed' ? 'failed' : 'other');
    if ('reason' in texts) {
      yield texts;
      continue;
    }
    const about = aboutCell(cell, plan, spec);
    const verdicts: [string, Verdict][] = controls.map((name, index) => [name, facts.verdict(ordinal, index + 1)]);
    yield {
      ...about,
      ...texts,
      preferred: facts.verdict(ordinal, 0),
      controls: Object.fromEntries(verdicts),
      split: splitOf(about, plan.matrix.seed, unseen),
    };
  }
}
