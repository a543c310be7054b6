import type { Place } from '../../contract/problem.js';
import { parsePath } from '../../lib/field-path.js';
import { conditionsOf } from './check-templates.js';
import type { EvalParts } from './eval-parts.js';
import { nounOf } from './explain-error.js';
import { isObject, listOf, objectOf, type Path, textOf } from './part.js';
import { placeOfValue } from './place-of-value.js';
import type { Problems } from './problems.js';
import type { Variables } from './variables.js';

const SPEAKERS = ['system', 'user', 'assistant'];

/** Conversations: each step asks something, and lists of turns alternate and end with the user. */
export function checkTurns(parts: EvalParts, variables: Variables, problems: Problems): void {
  for (const [i, step] of listOf(objectOf(parts.part.value).steps).entries()) {
    const messages = listOf(objectOf(step).messages).map(objectOf);
    const asks = messages.some(
      (line) => line.user !== undefined || (line.turns !== undefined && !isSilent(textOf(line.turns), parts, i)),
    );
    if (messages.length > 0 && !asks) {
      const place = parts.part.place(['steps', i, 'messages']);
      const hint = messages.some((line) => line.turns !== undefined)
        ? 'add a line "user: …": the conversation of a loop is empty until somebody has spoken in it'
        : 'add a line "user: …" or "turns: …"';
      problems.add('NO_USER_TURN', place, 'this step has no message of the user', hint);
    }
    for (const [j, line] of messages.entries()) {
      for (const key of ['beforeFirst', 'beforeEach']) {
        if (line[key] === undefined || line.turns !== undefined) continue;
        const place = parts.part.place(['steps', i, 'messages', j, key], 'key');
        problems.add(
          'BAD_OPTIONS',
          place,
          `"${key}" goes with "turns"`,
          'it is put before turns of the user in such a list',
        );
      }
      const path = parsePath(textOf(line.turns) ?? '');
      if (path === undefined) continue;
      if (path[0] === 'steps') checkStepList(parts, path, { at: ['steps', i, 'messages', j, 'turns'], problems });
      const conditions = [...conditionsOf(step), ...conditionsOf(line)];
      for (const { index, value } of variables.values(path, conditions)) {
        if (value === undefined || value === null) continue;
        const place = placeOfValue(parts, path, index);
        if (place !== undefined) checkTurnList(value, { ordered: true, last: isLast(messages, j), place, problems });
      }
    }
  }
}

/** Whether turns are the conversation of a loop in which nobody has spoken before this step. */
function isSilent(turns: string | undefined, { part }: EvalParts, step: number): boolean {
  const [root, loop] = parsePath(turns ?? '') ?? [];
  if (root !== 'loops') return false;
  const rounds = listOf(objectOf(part.value).steps).map((one) => objectOf(objectOf(one).round));
  return rounds.some((one) => one.loop === loop) && !rounds.slice(0, step).some((one) => one.loop === loop && one.says);
}

/** Turns that a step gives are a list whose turns were checked when the reply was read. */
function checkStepList(
  parts: EvalParts,
  [, id = '', field = '']: readonly string[],
  { at, problems }: { at: Path; problems: Problems },
): void {
  const step = listOf(objectOf(parts.part.value).steps)
    .map(objectOf)
    .find((one) => one.id === id || objectOf(one.round).step === id);
  const given = objectOf(objectOf(step?.parse).json)[field];
  if (step === undefined || (isObject(given) && given.type === 'array')) return;
  const message = `steps.${id}.${field} is not read as a list of turns`;
  const hint = `give that step "parse: {json: {${field}: …}}" with a JSON Schema of type array that says what a turn is`;
  problems.add('WRONG_TYPE', parts.part.place(at), message, hint);
}

/** Whether nothing follows but the conversation of a loop, which is empty at first. */
const isLast = (messages: readonly Record<string, unknown>[], index: number): boolean =>
  messages.slice(index + 1).every((line) => textOf(line.turns)?.startsWith('loops.') === true);

/** How a list of turns is to be. */
interface TurnList {
  /** Neighbouring turns are of different speakers. */
  ordered: boolean;
  /** The last one is the user's. */
  last: boolean;
  place(rest: Path): Place;
  problems: Problems;
}

/** Checks the form of a list of turns, and their order where that is asked for. */
export function checkTurnList(value: unknown, { ordered, last, place, problems }: TurnList): void {
  if (!Array.isArray(value) || value.length === 0) {
    problems.add('WRONG_TYPE', place([]), `turns must be a list of turns, not ${nounOf(value)}`, TURN_HINT);
    return;
  }
  let before = '';
  for (const [i, turn] of value.entries()) {
    const [speaker, ...others] = isObject(turn) ? Object.keys(turn) : [];
    if (
      speaker === undefined ||
      others.length > 0 ||
      !SPEAKERS.includes(speaker) ||
      typeof turn[speaker] !== 'string'
    ) {
      problems.add('WRONG_TYPE', place([i]), 'a turn is one key, system, user or assistant, with a text', TURN_HINT);
      return;
    }
    if (ordered && speaker === before && speaker !== 'system') {
      problems.add('TURNS_ORDER', place([i]), `two turns of the ${speaker} follow each other`, 'turns alternate');
    }
    before = speaker;
  }
  if (last && before !== 'user') {
    problems.add(
      'TURNS_ORDER',
      place([value.length - 1]),
      `the turns end with the ${before}`,
      'end them with a turn of the user',
    );
  }
}

const TURN_HINT = 'e.g. [{user: "…"}, {assistant: "…"}, {user: "…"}]';
