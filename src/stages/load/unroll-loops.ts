import { mostRounds } from '../../contract/documents/step-document.js';
import type { LoopRound, Says } from '../../contract/eval-spec.js';
import { checkLoops } from './check-loops.js';
import { isObject, listOf, objectOf, type Part, type Path, textOf } from './part.js';
import type { Problems } from './problems.js';

/** An entry of a list that was written out, and where it is written. */
export interface Entry {
  value: unknown;
  path: Path;
}

/** Loops by the id of each of their steps: how many rounds it can have. */
type RoundsOf = Map<string, number>;

/**
 * An eval with its loops written out: the steps of each round one after the other, graders and metrics with
 * `rounds: each` once for each round. Places still point at what the author wrote.
 */
export function unrollLoops(part: Part, problems: Problems): Part {
  const document = objectOf(part.value);
  const steps = listOf(document.steps).flatMap((value, i) => stepsOf(value, ['steps', i]));
  if (!hasRounds(document)) return part;
  checkLoops(part, steps, problems);
  const roundsOf: RoundsOf = new Map();
  for (const entry of listOf(document.steps).map(objectOf)) {
    if (!Object.hasOwn(entry, 'loop')) continue;
    for (const step of listOf(entry.steps)) roundsOf.set(textOf(objectOf(step).id) ?? '', timesOf(entry));
  }
  const graded: RoundsOf = new Map();
  const each = new Set(
    listOf(document.graders)
      .map(objectOf)
      .flatMap(({ id, rounds }) => (rounds === undefined ? [] : [id])),
  );
  const graders = inRounds(part, 'graders', problems, {
    of: (grader) => roundsOf.get(textOf(grader.of)?.split('.')[0] ?? ''),
    written: graded,
    each,
  });
  const metrics = inRounds(part, 'metrics', problems, {
    of: (metric) => graded.get(textOf(metric.of) ?? ''),
    written: new Map(),
    each,
  });
  const lists: { [key: string]: Entry[] } = { steps, graders, metrics };
  const value = {
    ...document,
    ...Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, list.map((one) => one.value)])),
  };
  return {
    value,
    place(path, aim) {
      const [key, index, ...rest] = path;
      const entry =
        typeof index === 'number' && Object.hasOwn(lists, String(key)) ? lists[String(key)]![index] : undefined;
      if (entry === undefined) return part.place(path, aim);
      // Conditions of a round are written at the loop.
      if (rest[0] === 'round') return part.place([...entry.path.slice(0, 2), ...rest.slice(1)], aim);
      return part.place([...entry.path, ...rest], aim);
    },
  };
}

function hasRounds(document: Record<string, unknown>): boolean {
  const isLoop = (entry: unknown) => Object.hasOwn(objectOf(entry), 'loop');
  const isEach = (entry: unknown) => Object.hasOwn(objectOf(entry), 'rounds');
  return listOf(document.steps).some(isLoop) || [...listOf(document.graders), ...listOf(document.metrics)].some(isEach);
}

/** A malformed number of rounds is one round: its form is a problem already. */
function timesOf({ times }: Record<string, unknown>): number {
  return typeof times === 'number' && Number.isInteger(times) && times >= 1 ? Math.min(times, mostRounds) : 1;
}

function stepsOf(value: unknown, path: Path): Entry[] {
  const entry = objectOf(value);
  if (!Object.hasOwn(entry, 'loop')) return [{ value, path }];
  const steps = listOf(entry.steps);
  return Array.from({ length: timesOf(entry) }, (_, i) => i + 1).flatMap((round) =>
    steps.map((step, k) => ({
      value: stepOfRound(entry, objectOf(step), { round, opens: k === 0 }),
      path: [...path, 'steps', k],
    })),
  );
}

function stepOfRound(
  loop: Record<string, unknown>,
  { says, ...step }: Record<string, unknown>,
  { round, opens }: { round: number; opens: boolean },
): Record<string, unknown> {
  const id = textOf(step.id) ?? '';
  const spoken = saysOf(says);
  const facts: LoopRound = {
    loop: textOf(loop.loop) ?? '',
    round,
    step: id,
    ...(spoken !== undefined && { says: spoken }),
    ...(opens && round > 1 && typeof loop.while === 'string' && { while: loop.while }),
    ...(opens && round > 1 && typeof loop.until === 'string' && { until: loop.until }),
  };
  return { ...step, id: roundId(id, round), round: facts };
}

const roundId = (id: string, round: number): string => `${id}_${round}`;

/** `user`, or `{user: field}`. */
function saysOf(says: unknown): Says | undefined {
  if (says === 'user' || says === 'assistant') return { as: says };
  const [speaker, field] = Object.entries(objectOf(says))[0] ?? [];
  if ((speaker === 'user' || speaker === 'assistant') && typeof field === 'string') return { as: speaker, field };
  return undefined;
}

/**
 * The entries of a list, those with `rounds: each` once for each round.
 * @param found `of` an entry, undefined if it has none; `written` takes down those of each id; `each`: ids of graders that
 * are written out themselves
 */
function inRounds(
  part: Part,
  key: 'graders' | 'metrics',
  problems: Problems,
  found: { of: (entry: Record<string, unknown>) => number | undefined; written: RoundsOf; each: Set<unknown> },
): Entry[] {
  return listOf(objectOf(part.value)[key]).flatMap((value, i): Entry[] => {
    const { rounds, ...entry } = objectOf(value);
    const path = [key, i];
    if (!isObject(value) || rounds === undefined) return [{ value, path }];
    // The form of a grader is checked once it is written out, when this key is gone.
    if (key === 'graders' && rounds !== 'each') {
      const message = `"rounds" cannot be ${JSON.stringify(rounds)}`;
      problems.add('WRONG_VALUE', part.place([...path, 'rounds']), message, 'known values: each');
    }
    const times = found.of(entry);
    if (times === undefined) {
      const what = key === 'graders' ? 'a step inside a loop' : 'a grader that has "rounds: each" itself';
      problems.add('WRONG_VALUE', part.place([...path, 'rounds']), `"rounds: each" needs ${what} under "of"`);
      return [{ value: entry, path }];
    }
    const id = textOf(entry.id) ?? '';
    found.written.set(id, times);
    return Array.from({ length: times }, (_, k) => ({
      value: ofRound(key, key === 'graders' ? ofSameRound(entry, found.each, k + 1) : entry, k + 1),
      path,
    }));
  });
}

function ofRound(key: 'graders' | 'metrics', entry: Record<string, unknown>, round: number): Record<string, unknown> {
  const id = textOf(entry.id) ?? '';
  const [of = '', ...field] = (textOf(entry.of) ?? '').split('.');
  const own = { ...entry, id: roundId(id, round), of: [roundId(of, round), ...field].join('.') };
  if (key === 'graders') return own;
  const title = textOf(entry.title);
  return {
    ...own,
    round: { metric: id, number: round },
    ...(title !== undefined && { title: `${title}, round ${round}` }),
  };
}

/** Keys by which a grader names other graders: a list of ids, or of mappings with one, or an id. */
const naming = ['rule', 'all', 'any', 'none'];

/** A grader whose references to graders of every round are to those of its own. */
function ofSameRound(entry: Record<string, unknown>, each: Set<unknown>, round: number): Record<string, unknown> {
  const own = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(own);
    if (isObject(value)) return { ...value, grader: own(value.grader) };
    return each.has(value) ? roundId(String(value), round) : value;
  };
  return Object.fromEntries(
    Object.entries(entry).map(([key, value]) => [key, naming.includes(key) ? own(value) : value]),
  );
}
