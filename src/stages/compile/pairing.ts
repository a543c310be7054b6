import { permutation } from '../../lib/permutation.js';

/** How items and personas are paired: a bijection that is computed, never stored. */
export interface Pairing {
  readonly pairs: number;
  /** Indices into the chosen items and people; persona −1 without personas. */
  at(pair: number): { item: number; persona: number };
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Items alone, in a seeded order, so that the first n are a random sample. */
export function itemsOnly(items: number, seed: number): Pairing {
  const order = permutation(items, 'items', seed);
  return { pairs: items, at: (pair) => ({ item: order[pair]!, persona: -1 }) };
}

/** The i-th item with the i-th person, in file order, as PERSONA's released evaluation samples them. */
export function zipped(items: number, people: number): Pairing {
  return { pairs: Math.min(items, people), at: (pair) => ({ item: pair, persona: pair }) };
}

/**
 * Every item with every person, along the diagonals of the item × person table. Each stretch of pairs from the start
 * holds every person equally often and every item equally often (± 1), so a prefix is a balanced design:
 * people × k pairs give each person k different items.
 */
export function diagonal(items: number, people: number, seed: number): Pairing {
  const itemOrder = permutation(items, 'items', seed);
  const peopleOrder = permutation(people, 'people', seed);
  const diagonalLength = (items / gcd(items, people)) * people;
  return {
    pairs: items * people,
    at(pair) {
      const shift = Math.floor(pair / diagonalLength);
      return { item: itemOrder[(pair + shift) % items]!, persona: peopleOrder[pair % people]! };
    },
  };
}
