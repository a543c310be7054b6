import type { Place } from '../../contract/problem.js';
import type { EvalParts, Listed } from './eval-parts.js';
import { listOf, objectOf, type Part } from './part.js';
import type { Problems } from './problems.js';

/** Things with ids, by number: there may be hundreds of thousands. */
interface Named {
  count: number;
  idOf(index: number): unknown;
  /** Called only for a problem: places are costly. */
  placeOf(index: number): Place;
}

const RESERVED = ['__proto__', 'constructor', 'prototype'];
/** Names that templates read as something else. */
const NO_ATTRIBUTES = ['id', 'profile', 'card', ...RESERVED];

/** Ids are unique and not reserved. */
export function checkIds({ count, idOf, placeOf }: Named, what: string, problems: Problems): void {
  const first = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const id = idOf(i);
    if (typeof id !== 'string') continue;
    const earlier = first.get(id);
    if (earlier !== undefined) {
      const { file, line, column } = placeOf(earlier);
      const hint = `the first is at ${file}:${line}:${column}`;
      problems.add('DUPLICATE_ID', placeOf(i), `two ${what} have the id "${id}"`, hint);
    } else first.set(id, i);
    if (RESERVED.includes(id))
      problems.add('RESERVED_NAME', placeOf(i), `"${id}" cannot be an id`, 'choose another one');
  }
}

/** Ids of everything in an eval, and names that templates read as something else. */
export function checkEvalIds(parts: EvalParts, problems: Problems): void {
  const { part, suite, people } = parts;
  for (const [key, what, idKey] of [
    ['steps', 'steps', 'id'],
    ['graders', 'graders', 'id'],
    ['metrics', 'metrics', 'id'],
    ['contrasts', 'contrasts', 'name'],
  ] as const) {
    checkIds(idsIn(part, key, idKey), what, problems);
  }
  checkItems(suite, problems);
  checkPeople(people, problems);
  checkArmNames(part, problems);
}

/** Ids of personas, and attributes that templates read as something else. */
export function checkPeople(people: EvalParts['people'], problems: Problems): void {
  if (people === null || people === 'unread') return;
  checkIds(idsOf(people), 'personas', problems);
  for (const [i, person] of people.entries.entries()) {
    for (const name of NO_ATTRIBUTES) {
      if (!Object.hasOwn(person.attributes, name)) continue;
      const message = `"${name}" cannot be an attribute: templates read persona.${name} as something else`;
      const place = people.placeOf(i, ['attributes', name], 'key');
      problems.add('RESERVED_NAME', place, message, 'choose another name');
    }
  }
}

/** Ids of items. */
export function checkItems(suite: EvalParts['suite'], problems: Problems): void {
  if (suite === 'unread') return;
  checkIds(idsOf(suite), 'items', problems);
}

function idsOf({ entries, placeOf }: Listed<{ id?: unknown }>): Named {
  return { count: entries.length, idOf: (i) => entries[i]!.id, placeOf: (i) => placeOf(i, ['id']) };
}

function idsIn(part: Part, key: string, idKey: string): Named {
  const list = listOf(objectOf(part.value)[key]);
  return {
    count: list.length,
    idOf: (i) => objectOf(list[i])[idKey],
    placeOf: (i) => part.place([key, i, idKey]),
  };
}

function checkArmNames(part: Part, problems: Problems): void {
  for (const [arm, fields] of Object.entries(objectOf(objectOf(part.value).arms))) {
    if (RESERVED.includes(arm)) {
      problems.add('RESERVED_NAME', part.place(['arms', arm], 'key'), `"${arm}" cannot be an id`, 'choose another one');
    }
    if (Object.hasOwn(objectOf(fields), 'id')) {
      const place = part.place(['arms', arm, 'id'], 'key');
      problems.add('RESERVED_NAME', place, '"id" cannot be a key of an arm: arm.id is its name', 'choose another name');
    }
  }
}
