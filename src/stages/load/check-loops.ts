import { checkIds } from './check-ids.js';
import { listOf, objectOf, type Part, type Path, textOf } from './part.js';
import type { Problems } from './problems.js';
import { outputFault, stepOutputs } from './step-outputs.js';
import type { Entry } from './unroll-loops.js';

/**
 * Checks what the form of loops does not show: names, ids that are taken once the rounds are written out, conditions that
 * exclude each other, fields that are said.
 * @param written steps of the eval with their loops written out
 */
export function checkLoops(part: Part, written: readonly Entry[], problems: Problems): void {
  checkNames(part, problems);
  checkStepIds(part, written, problems);
  for (const [i, value] of listOf(objectOf(part.value).steps).entries()) {
    const loop = objectOf(value);
    if (!Object.hasOwn(loop, 'loop')) continue;
    if (Object.hasOwn(loop, 'while') && Object.hasOwn(loop, 'until')) {
      const place = part.place(['steps', i, 'until'], 'key');
      problems.add('BAD_OPTIONS', place, 'a loop has "while" or "until", not both', 'keep one of them');
    }
    for (const [k, step] of listOf(loop.steps).entries()) checkSaid(part, ['steps', i, 'steps', k], step, problems);
  }
}

function checkNames(part: Part, problems: Problems): void {
  const loops = listOf(objectOf(part.value).steps).flatMap((step, i) => {
    const { loop } = objectOf(step);
    return typeof loop === 'string' ? [{ loop, i }] : [];
  });
  const named = { count: loops.length, idOf: (k: number) => loops[k]!.loop };
  checkIds({ ...named, placeOf: (k) => part.place(['steps', loops[k]!.i, 'loop']) }, 'loops', problems);
}

/** The id of a looped step is that of its latest output: no other step may have it, nor be given it as a round's. */
function checkStepIds(part: Part, written: readonly Entry[], problems: Problems): void {
  const taken = new Map(written.map(({ value, path }) => [objectOf(value).id, path]));
  for (const [i, value] of listOf(objectOf(part.value).steps).entries()) {
    const loop = objectOf(value);
    if (!Object.hasOwn(loop, 'loop')) continue;
    for (const [k, step] of listOf(loop.steps).entries()) {
      const { id } = objectOf(step);
      const other = typeof id === 'string' ? taken.get(id) : undefined;
      if (other === undefined) continue;
      const { file, line, column } = part.place([...other, 'id']);
      const message = `"${id}" is a step of this loop, its latest output, and another step`;
      const hint = `the other one is at ${file}:${line}:${column}`;
      problems.add('DUPLICATE_ID', part.place(['steps', i, 'steps', k, 'id']), message, hint);
    }
  }
}

/** A field that is said is there, and a text: else the conversation would end at this turn, unseen. */
function checkSaid(part: Part, path: Path, step: unknown, problems: Problems): void {
  const { id, says, parse } = objectOf(step);
  for (const [speaker, field] of Object.entries(objectOf(says))) {
    if (typeof field !== 'string' || typeof id !== 'string') continue;
    const place = part.place([...path, 'says', speaker]);
    const fault = outputFault(stepOutputs([step]), id, field);
    if (fault !== undefined) {
      problems.add(fault.code, place, fault.message, fault.hint);
      continue;
    }
    const type = objectOf(objectOf(parse).json)[field];
    const named = textOf(type) ?? textOf(objectOf(type).type);
    if (named === undefined || named === 'string') continue;
    problems.add(
      'WRONG_TYPE',
      place,
      `a turn is a text, and "${field}" is not: ${named}`,
      'say a field of type string',
    );
  }
}
