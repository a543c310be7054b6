import type { PairsSpec } from '../../contract/eval-spec.js';
import type { Plan } from '../../contract/plan.js';
import type { Cell, StepOutput, Trial } from '../../contract/trial.js';
import { lookupPath, parsePath } from '../../lib/field-path.js';
import type { NoPair } from './pair.js';

/** A side of a pair: a step with a field of its reply, or a path of the item. */
export type Side = { step: string; field: string } | { item: string[] };

/** What a side names. A step of the name `item` goes before the item. */
export function sideOf(path: string, { eval: { steps } }: Plan['matrix']): Side {
  const [step = '', ...field] = path.split('.');
  if (step === 'item' && !steps.some(({ id }) => id === step)) return { item: parsePath(path)!.slice(1) };
  return { step, field: field.join('.') };
}

const textIn = (text: unknown, empty: NoPair): { text: string } | { reason: NoPair } =>
  typeof text === 'string' && text.trim() !== '' ? { text } : { reason: empty };

/** The text of a side, or why there is none. */
function textAt(side: Side, trial: Trial, empty: NoPair): { text: string } | { reason: NoPair } {
  if ('item' in side) return textIn(lookupPath(trial.cell.item, side.item), empty);
  const { step, field } = side;
  const output: StepOutput | undefined = trial.outputs[step];
  if (output === undefined) return { reason: empty };
  if (output.finish === 'length') return { reason: 'a reply was cut' };
  if (field === '' || (field === 'text' && output.fields?.text === undefined)) return textIn(output.text, empty);
  if (output.parseError !== undefined) return { reason: 'a reply could not be parsed' };
  return textIn(output.fields?.[field], empty);
}

/** Both texts of a cell, or why it gives no pair. */
export function textsOf(
  sides: { chosen: Side; rejected: Side },
  trial: Trial,
  recorded: 'failed' | 'other',
): { chosen: string; rejected: string } | { reason: NoPair } {
  const chosen = textAt(sides.chosen, trial, 'the chosen text is empty or missing');
  const rejected = textAt(sides.rejected, trial, 'the rejected text is empty or missing');
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

/** Who writes a side for a cell: provider and model; null for a text that the item holds. */
export function modelOf(side: Side, { matrix }: Plan, cell: Cell): string | null {
  if ('item' in side) return null;
  const role = matrix.eval.steps.find(({ id, round }) => id === side.step || round?.step === side.step)!.role;
  const { id, options } = role === 'subject' ? matrix.providers[cell.provider]! : matrix.roles[role]!;
  return typeof options.model === 'string' ? `${id}: ${options.model}` : id;
}

/** The steps that both texts need: up to the later one; none where the item holds both. */
export function stepsNeeded(spec: Pick<PairsSpec, 'chosen' | 'rejected'>, matrix: Plan['matrix']): number {
  const { steps } = matrix.eval;
  const places = [spec.chosen, spec.rejected].map((path) => {
    const side = sideOf(path, matrix);
    if ('item' in side) return -1;
    return steps.findLastIndex(({ id, round }) => id === side.step || round?.step === side.step);
  });
  return Math.max(...places) + 1;
}
