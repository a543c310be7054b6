import type { Json } from '../../../contract/json.js';
import type { Place } from '../../../contract/problem.js';
import { sourceText } from '../../../lib/source-text.js';
import { placeOf } from '../../../lib/yaml-place.js';
import { parseYaml } from '../../../lib/yaml-source.js';
import type { PeopleSoFar } from './people-so-far.js';

const MOST_BYTES = 100_000_000;

/**
 * The personas of a YAML file: a persona set with its people in place, or a bare list of them.
 * @returns people that were read
 */
export function peopleOfDocument(
  file: string,
  bytes: Uint8Array,
  { found, limit }: { found: PeopleSoFar; limit: number },
): number {
  const source = parseYaml(file, sourceText(file, bytes, MOST_BYTES));
  for (const { code, message, where, hint } of source.problems)
    found.problems.report(code, message, where ?? { file, line: 1, column: 1 }, hint);
  if (source.value === undefined) {
    if (source.problems.length === 0) empty(found, { file, line: 1, column: 1 });
    return 0;
  }
  const base = Array.isArray(source.value) ? [] : ['people'];
  const list = Array.isArray(source.value) ? source.value : mapping(source.value)?.people;
  const at = (...path: (string | number)[]): Place => placeOf(source, path);
  if (!Array.isArray(list)) {
    const hint = 'a persona set whose people stand in another file is named itself: personas: FILE.yaml';
    found.problems.report('WRONG_DOCUMENT', `${file} has no list of people`, at(), hint);
    return 0;
  }
  if (list.length === 0) empty(found, at(...base));
  const people = list.slice(0, limit);
  for (const [i, entry] of people.entries()) addEntry(entry as Json, (...path) => at(...base, i, ...path), found);
  return people.length;
}

const empty = (found: PeopleSoFar, where: Place): void =>
  found.problems.report('EMPTY_DOCUMENT', 'there are no people', where, 'write them, or name another file');

function addEntry(entry: Json, at: (...path: (string | number)[]) => Place, found: PeopleSoFar): void {
  const person = mapping(entry);
  const attributes = mapping(person?.attributes);
  const known = ['id', 'attributes', 'weight'];
  for (const key of Object.keys(person ?? {})) {
    if (!known.includes(key))
      found.problems.report('UNKNOWN_KEY', `unknown key "${key}"`, at(key), `known keys: ${known.join(', ')}`);
  }
  if (person === undefined || attributes === undefined || Object.keys(attributes).length === 0) {
    found.problems.report('BAD_PERSONA', 'a persona without attributes', at(), 'give it {id: …, attributes: {…}}');
    return;
  }
  found.add({
    id: person.id,
    attributes,
    weight: person.weight,
    placeOf: (part) =>
      typeof part === 'object' ? at('attributes', part.attribute) : part === undefined ? at() : at(part),
  });
}

const mapping = (value: unknown): { [key: string]: Json } | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { [key: string]: Json }) : undefined;
