import { censusAttributes } from '../census/attributes-of.js';
import type { PumsFile } from './find-files.js';
import { householdFields } from './households.js';

/** Where the fields of the attributes come from. */
export interface FieldSources {
  person: string[];
  housing: string[];
  /** Field that cannot be read → why. */
  lacking: Map<string, string>;
}

const ofHousehold = new Set<string>(householdFields);

/** All fields that attributes are made of, and the state. */
const wanted = [
  ...new Set(['STATE', ...censusAttributes.flatMap(({ needs, uses = [] }) => [...needs, ...uses]), 'NP']),
];

/** Finds each field's files. A field that some files lack is not used at all: it would be known of some people only. */
export function fieldSources(people: readonly PumsFile[], housing: readonly PumsFile[] | null): FieldSources {
  const sources: FieldSources = { person: [], housing: [], lacking: new Map() };
  for (const field of wanted) {
    if (people.every((file) => file.columnOf(field) !== undefined)) {
      sources.person.push(field);
    } else if (!ofHousehold.has(field)) {
      sources.lacking.set(field, whyLacking(field, people, 'person'));
    } else if (housing === null) {
      sources.lacking.set(field, `no housing files were given, which have the field ${field}`);
    } else if (housing.every((file) => file.columnOf(field) !== undefined)) {
      sources.housing.push(field);
    } else {
      sources.lacking.set(field, whyLacking(field, housing, 'housing'));
    }
  }
  return sources;
}

function whyLacking(field: string, files: readonly PumsFile[], kind: string): string {
  const without = files.filter((file) => file.columnOf(field) === undefined);
  if (without.length === files.length) return `the ${kind} files have no column ${field}`;
  return `${without.length} of ${files.length} ${kind} files have no column ${field}, such as ${without[0]?.name}`;
}

/** Names of the columns for fields that the file is known to have. */
export const columnsOf = (file: PumsFile, fields: readonly string[]): string[] =>
  fields.map((field) => file.columnOf(field) as string);
