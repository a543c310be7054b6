import type { Place } from '../../contract/problem.js';
import { parsePath } from '../../lib/field-path.js';
import { checkTurnList } from './check-turns.js';
import type { EvalParts } from './eval-parts.js';
import { isObject, listOf, objectOf, type Part, type Path, textOf } from './part.js';
import type { Problems } from './problems.js';
import { ROOTS, type Variables } from './variables.js';

interface PathsCheck {
  pairs: Part;
  variables: Variables;
  problems: Problems;
}

/** Most problems in items that are reported for one path: whoever has more will come back. */
const MOST_ITEMS = 20;

/** Paths that `pairs` names: the prompt is a list of turns in every item, a side is a text, a split has one value. */
export function checkPairPaths(parts: EvalParts, check: PathsCheck): void {
  const { pairs } = check;
  const given = objectOf(pairs.value);
  checkPrompt(parts, check, textOf(given.prompt));
  for (const side of ['rejected', 'chosen']) checkSide(parts, check, side);
  checkSplit(check, objectOf(given.split));
}

/** Where the value at a path of an item is written. */
function placeIn({ suite }: EvalParts, path: readonly string[], index: number): ((rest: Path) => Place) | undefined {
  if (suite === 'unread') return undefined;
  return (rest) => suite.placeOf(index, [...path.slice(1), ...rest]);
}

/** The path at a key, if it has a value for every item; else there is a problem. */
function soundPath({ pairs, variables, problems }: PathsCheck, at: Path, text: string): string[] | null {
  const fault = variables.pathFault(text, { roots: ['item'], steps: [] }, false);
  if (fault === undefined) return parsePath(text)!;
  const hint = fault.code === 'MISSING_VALUE' ? `give every item a value at ${text}` : fault.hint;
  problems.add(fault.code, pairs.place(at), fault.message, hint);
  return null;
}

function checkPrompt(parts: EvalParts, check: PathsCheck, text: string | undefined): void {
  const path = text === undefined ? null : soundPath(check, ['prompt'], text);
  if (path === null) return;
  // What the filter is for is no reason not to begin: it counts such conversations and leaves them out.
  const filtered = listOf(objectOf(check.pairs.value).filters).some((one) => objectOf(one).kind === 'turns');
  const enough = check.problems.size + MOST_ITEMS;
  for (const { index, value } of check.variables.values(path)) {
    const place = placeIn(parts, path, index);
    if (place === undefined || check.problems.size >= enough) return;
    checkTurnList(value, { ordered: !filtered, last: !filtered, place, problems: check.problems });
    const system = listOf(value).findIndex((turn) => isObject(turn) && Object.hasOwn(turn, 'system'));
    if (system === -1) continue;
    const hint = 'write it as the template "system" of the pairs';
    check.problems.add('WRONG_VALUE', place([system]), 'a prompt has no system turn of its own', hint);
  }
}

function checkSide(parts: EvalParts, check: PathsCheck, side: string): void {
  const text = textOf(objectOf(check.pairs.value)[side]);
  if (text === undefined || !/^item($|\.)/.test(text) || check.variables.steps.some(({ id }) => id === 'item')) return;
  const path = soundPath(check, [side], text);
  if (path === null) return;
  if (path.length === 1) {
    const place = check.pairs.place([side]);
    check.problems.add('WRONG_VALUE', place, `"${text}" is no text`, 'name a field of the item, e.g. item.reply');
    return;
  }
  const enough = check.problems.size + MOST_ITEMS;
  for (const { index, value } of check.variables.values(path)) {
    const place = placeIn(parts, path, index);
    if (typeof value === 'string' || place === undefined) continue;
    check.problems.add('WRONG_TYPE', place([]), `${text} must be a text`, 'a side of a pair is one message');
    if (check.problems.size >= enough) return;
  }
}

function checkSplit({ pairs, variables, problems }: PathsCheck, split: Record<string, unknown>): void {
  const by = textOf(split.by);
  if (by === undefined) return;
  const { validation = 0.1, test = 0.1 } = split as { validation?: number; test?: number };
  if (typeof validation === 'number' && typeof test === 'number' && validation + test >= 1)
    problems.add(
      'WRONG_VALUE',
      pairs.place(['split']),
      `no value is left for training: ${validation} + ${test} is not below 1`,
    );
  const place = pairs.place(['split', 'by']);
  const fault = variables.pathFault(by, { roots: ROOTS.field, steps: [] }, false);
  if (fault !== undefined) {
    problems.add(fault.code, place, fault.message, fault.hint);
    return;
  }
  const bad = variables.find(parsePath(by)!, (value) => typeof value === 'object');
  if (bad !== undefined)
    problems.add(
      'WRONG_TYPE',
      place,
      `${by} of ${bad.name} is not one value`,
      'name a field with one value, e.g. item.pair',
    );
}
