import { ID_PATTERN } from '../../../contract/documents/words.js';
import type { Json } from '../../../contract/json.js';
import type { Persona } from '../../../contract/persona.js';
import type { Place } from '../../../contract/problem.js';
import { nearestHint } from '../../../lib/nearest.js';
import type { ProblemList } from './problem-list.js';

/** A person as a file holds them, before anything was checked. */
export interface FoundPerson {
  /** Undefined: numbered. */
  id: Json | undefined;
  attributes: { [attribute: string]: Json };
  /** Undefined or empty: none. */
  weight: Json | undefined;
  /** Place of the whole, or of an attribute, of `id` or of `weight`. */
  placeOf(part?: { attribute: string } | 'id' | 'weight'): Place;
}

const GOOD_ID = new RegExp(ID_PATTERN);
const RESERVED_IDS = ['__proto__', 'constructor', 'prototype'];
const RESERVED_ATTRIBUTES = ['id', 'profile', 'card', ...RESERVED_IDS];

/** Collects people, and every problem of them: ids, weights, names of attributes, values outside their list. */
export class PeopleSoFar {
  readonly people: Persona[] = [];
  readonly problems: ProblemList;
  readonly #allowed: Map<string, Set<string>>;
  readonly #places = new Map<string, () => Place>();
  readonly #seen = new Set<string>();

  constructor(problems: ProblemList, allowed: { [attribute: string]: (string | number)[] } = {}) {
    this.problems = problems;
    this.#allowed = new Map(Object.entries(allowed).map(([name, values]) => [name, new Set(values.map(String))]));
  }

  add(found: FoundPerson): void {
    const id = this.#idOf(found);
    const weight = this.#weightOf(found);
    for (const [attribute, value] of Object.entries(found.attributes)) this.#checkAttribute(found, attribute, value);
    this.people.push({ id, attributes: found.attributes, ...(weight === undefined ? {} : { weight }) });
  }

  /** Attributes with a list of allowed values that nobody has. */
  unusedLists(): string[] {
    return [...this.#allowed.keys()].filter((name) => !this.#seen.has(name));
  }

  /** Names of attributes that somebody has. */
  attributeNames(): string[] {
    return [...new Set(this.people.flatMap((person) => Object.keys(person.attributes)))];
  }

  #idOf(found: FoundPerson): string {
    if (found.id === undefined) return `persona-${String(this.people.length + 1).padStart(4, '0')}`;
    const id = typeof found.id === 'string' || typeof found.id === 'number' ? String(found.id) : '';
    const known = this.#places.get(id);
    if (!GOOD_ID.test(id) || id.length > 120 || RESERVED_IDS.includes(id)) {
      const hint = 'letters, digits, ".", "_" and "-", and at most 120 of them';
      this.problems.report(
        'BAD_ID',
        `${JSON.stringify(found.id)} is not an id of a persona`,
        found.placeOf('id'),
        hint,
      );
    } else if (known !== undefined) {
      const { file, line, column } = known();
      const hint = `the first is at ${file}:${line}:${column}`;
      this.problems.report('DUPLICATE_ID', `two personas have the id "${id}"`, found.placeOf('id'), hint);
    } else this.#places.set(id, () => found.placeOf('id'));
    return id;
  }

  #weightOf(found: FoundPerson): number | undefined {
    const { weight } = found;
    if (weight === undefined) return undefined;
    const text = typeof weight === 'string' ? weight.trim() : weight;
    const number =
      typeof text === 'number' ? text : typeof text === 'string' && text !== '' ? Number(text) : Number.NaN;
    if (Number.isFinite(number) && number > 0) return number;
    const message = `the weight ${JSON.stringify(weight)} is not a number above 0`;
    this.problems.report('WRONG_VALUE', message, found.placeOf('weight'), 'how many people this persona stands for');
    return undefined;
  }

  #checkAttribute(found: FoundPerson, attribute: string, value: Json): void {
    if (RESERVED_ATTRIBUTES.includes(attribute)) {
      const message = `"${attribute}" cannot be an attribute: templates read persona.${attribute} as something else`;
      this.problems.report('RESERVED_NAME', message, found.placeOf({ attribute }), 'choose another name');
    }
    const list = this.#allowed.get(attribute);
    if (list === undefined) return;
    this.#seen.add(attribute);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (list.has(text)) return;
    const message = `"${text}" is not an allowed value of "${attribute}"`;
    const hint = nearestHint(text, list, 'values');
    this.problems.report('WRONG_VALUE', message, found.placeOf({ attribute }), hint);
  }
}
