import { BoundedCache } from '../../../../lib/bounded-cache.js';
import { KeyedRandom } from '../../../../lib/rng.js';
import { allClues } from './all-clues.js';
import type { Clue } from './clue.js';
import { inventedIndex } from './invented-considerations.js';

/** A persona block as it is read. */
export interface PersonaProfile {
  /** Stands for the whole text of the block. */
  key: string;
  /** Lower-case attribute → value. */
  attributes: ReadonlyMap<string, string>;
  /** Ids of the clues that the block shows, without repetition. */
  clues: readonly string[];
}

/** With fewer known clues than this, every attribute gives an invented one. */
const fewestKnownClues = 4;

const byAttribute = new Map<string, Clue[]>();
for (const clue of allClues) byAttribute.set(clue.attribute, [...(byAttribute.get(clue.attribute) ?? []), clue]);

const profiles = new BoundedCache<PersonaProfile>(2048);

/** Reads `key: value` lines; lines without a colon count as values of a nameless attribute. */
export function readPersona(block: string): PersonaProfile {
  const known = profiles.get(block);
  if (known !== undefined) return known;
  const attributes = new Map<string, string>();
  for (const line of block.split('\n')) {
    const text = line.replace(/^[\s*-]+/, '').trimEnd();
    if (text === '') continue;
    const colon = text.indexOf(':');
    const attribute =
      colon < 0 ? `line ${attributes.size}` : text.slice(0, colon).trim().toLowerCase().replaceAll('_', ' ');
    attributes.set(attribute, text.slice(colon + 1).trim());
  }
  const profile = { key: String(new KeyedRandom(0, block).uniform()), attributes, clues: cluesIn(attributes) };
  profiles.set(block, profile);
  return profile;
}

function cluesIn(attributes: ReadonlyMap<string, string>): string[] {
  const found = new Set<string>();
  for (const [attribute, value] of attributes) {
    for (const clue of byAttribute.get(attribute) ?? []) if (shows(clue, value)) found.add(clue.id);
  }
  if (found.size >= fewestKnownClues) return [...found];
  for (const [attribute, value] of attributes)
    if (value !== '') found.add(`invented/${inventedIndex(attribute, value)}`);
  return [...found];
}

function shows(clue: Clue, value: string): boolean {
  if (clue.value !== undefined) return clue.value.test(value);
  const number = numberIn(value);
  return (
    number !== null &&
    number >= (clue.from ?? Number.NEGATIVE_INFINITY) &&
    number < (clue.below ?? Number.POSITIVE_INFINITY)
  );
}

/** The number that a value such as `$49,500` or `34 years` starts with; null if there is none. */
export function numberIn(value: string): number | null {
  const digits = /^[^\d-]{0,2}(-?\d[\d,]*(?:\.\d+)?)/.exec(value)?.[1];
  return digits === undefined ? null : Number(digits.replaceAll(',', ''));
}
