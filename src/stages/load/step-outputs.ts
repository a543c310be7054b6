import { nearestHint } from '../../lib/nearest.js';
import { isObject, listOf, objectOf, textOf } from './part.js';

/** What a step of an eval gives to later steps and graders. */
export interface StepOutputs {
  id: string;
  /** Of a looped step: its id as written, which names the latest output, and its loop. */
  written?: string;
  loop?: string;
  /** Fields of its parsed reply. */
  fields: string[];
}

/** Outputs of the steps of an eval document, in order. */
export function stepOutputs(steps: unknown): StepOutputs[] {
  return listOf(steps).map((value) => {
    const step = objectOf(value);
    const parse = objectOf(step.parse);
    const fields = isObject(parse.json) ? Object.keys(parse.json) : Array.isArray(parse.choice) ? ['choice'] : [];
    const round = objectOf(step.round);
    const looped = isObject(step.round) ? { written: textOf(round.step)!, loop: textOf(round.loop)! } : {};
    return { id: textOf(step.id) ?? '', ...looped, fields };
  });
}

/** Whether an id names a step: its own, or that of a looped step as it is written. */
export const isNamed = (step: StepOutputs, id: string): boolean => step.id === id || step.written === id;

/** What is wrong with naming `id` and perhaps a field of its reply; undefined if nothing is. */
export function outputFault(
  steps: readonly StepOutputs[],
  id: string,
  field: string | undefined,
): { code: string; message: string; hint: string | undefined } | undefined {
  const step = steps.find((one) => isNamed(one, id));
  if (step === undefined) {
    const ids = [...new Set(steps.map((one) => one.written ?? one.id))];
    return { code: 'UNKNOWN_STEP', message: `there is no step "${id}" here`, hint: nearestHint(id, ids, 'steps') };
  }
  if (field === undefined || field === 'text' || step.fields.includes(field)) return undefined;
  const hint =
    step.fields.length === 0
      ? `step "${id}" has no parsed fields; give it "parse: {json: {${field}: string}}"`
      : nearestHint(field, ['text', ...step.fields], 'fields');
  return { code: 'UNKNOWN_FIELD', message: `step "${id}" has no field "${field}"`, hint };
}
