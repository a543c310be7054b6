import type { Place } from '../../contract/problem.js';
import type { EvalParts } from './eval-parts.js';
import { listOf, objectOf, type Part } from './part.js';
import type { Problems } from './problems.js';

interface Named {
  id: unknown;
  /** Called only for a problem: places are costly. */
  place(): Place;
}

const RESERVED = ['__proto__', 'constructor', 'prototype'];

/** Ids are unique and not reserved. */
export function checkIds(named: readonly Named[], what: string, problems: Problems): void {
  const first = new Map<string, () => Place>();
  for (const { id, place } of named) {
    if (typeof id !== 'string') continue;
    const earlier = first.get(id);
    if (earlier !== undefined) {
      const { file, line, column } = earlier();
      const hint = `the first is at ${file}:${line}:${column}`;
      problems.add('DUPLICATE_ID', place(), `two ${what} have the id "${id}"`, hint);
    } else first.set(id, place);
    if (RESERVED.includes(id)) problems.add('RESERVED_NAME', place(), `"${id}" cannot be an id`, 'choose another one');
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
    checkIds(idsOf(part, key, idKey), what, problems);
  }
  checkItems(suite, problems);
  checkPeople(people, problems);
  checkArmNames(part, problems);
}

/** Ids of personas, and attributes that templates read as something else. */
export function checkPeople(people: EvalParts['people'], problems: Problems): void {
  if (people === null || people === 'unread') return;
  const ids = people.entries.map((person, i) => ({ id: person.id, place: () => people.placeOf(i, ['id']) }));
  checkIds(ids, 'personas', problems);
  for (const [i, person] of people.entries.entries()) {
    for (const name of ['id', 'profile', ...RESERVED].filter((one) => Object.hasOwn(person.attributes, one))) {
      const message = `"${name}" cannot be an attribute: templates read persona.${name} as something else`;
      const place = people.placeOf(i, ['attributes', name], 'key');
      problems.add('RESERVED_NAME', place, message, 'choose another name');
    }
  }
}

/** Ids of items. */
export function checkItems(suite: EvalParts['suite'], problems: Problems): void {
  if (suite === 'unread') return;
  const ids = suite.entries.map((item, i) => ({ id: item.id, place: () => suite.placeOf(i, ['id']) }));
  checkIds(ids, 'items', problems);
}

function idsOf(part: Part, key: string, idKey: string): Named[] {
  const list = listOf(objectOf(part.value)[key]);
  return list.map((entry, i) => ({ id: objectOf(entry)[idKey], place: () => part.place([key, i, idKey]) }));
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
