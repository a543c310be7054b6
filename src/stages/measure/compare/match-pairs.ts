import type { EvalSpec } from '../../../contract/eval-spec.js';
import type { PairAxes } from '../pair-axes.js';

/** Which pairs of two runs are the same item with the same person. */
export interface PairMatch {
  /** Pair numbers in run A, by item and then by person in the order of A's eval. */
  a: Int32Array;
  /** At the same place: the pair's number in run B. */
  b: Int32Array;
  /** Pairs that only one run has. */
  onlyIn: { a: number; b: number };
}

/** What a run's pairs are made of. */
export interface PairSource {
  spec: Pick<EvalSpec, 'items' | 'personas'>;
  axes: PairAxes;
}

/**
 * Matches pairs by the ids of item and persona, in time and memory of O(pairs + items + people): pairs are
 * counting-sorted by item, and within one item a stamp per person of B tells which pair is theirs.
 */
export function matchPairs(a: PairSource, b: PairSource): PairMatch {
  const itemInB = placesIn(a.spec.items.items, b.spec.items.items);
  // Place 0 stands for "no persona", which matches itself.
  const personInB = [0, ...placesIn(peopleOf(a), peopleOf(b)).map((place) => (place < 0 ? -1 : place + 1))];
  const ofA = byItemThenPerson(a);
  const ofB = byItemThenPerson(b);
  const stamp = new Int32Array(peopleOf(b).length + 1).fill(-1);
  const pairOfPerson = new Int32Array(stamp.length);
  const matched = { a: new Int32Array(ofA.order.length), b: new Int32Array(ofA.order.length) };
  let n = 0;
  for (let item = 0; item < itemInB.length; item++) {
    const other = itemInB[item]!;
    if (other < 0) continue;
    for (let k = ofB.starts[other]!; k < ofB.starts[other + 1]!; k++) {
      const pair = ofB.order[k]!;
      stamp[b.axes.personas[pair]! + 1] = other;
      pairOfPerson[b.axes.personas[pair]! + 1] = pair;
    }
    for (let k = ofA.starts[item]!; k < ofA.starts[item + 1]!; k++) {
      const person = personInB[a.axes.personas[ofA.order[k]!]! + 1]!;
      if (person < 0 || stamp[person] !== other) continue;
      matched.a[n] = ofA.order[k]!;
      matched.b[n++] = pairOfPerson[person]!;
    }
  }
  return {
    a: matched.a.subarray(0, n),
    b: matched.b.subarray(0, n),
    onlyIn: { a: ofA.order.length - n, b: ofB.order.length - n },
  };
}

const peopleOf = ({ spec }: PairSource): { id: string }[] => spec.personas?.people ?? [];

/** Place of each row among others by id; −1 where it is not there. */
function placesIn(rows: readonly { id: string }[], others: readonly { id: string }[]): Int32Array {
  const places = new Map(others.map(({ id }, place) => [id, place]));
  return Int32Array.from(rows, ({ id }) => places.get(id) ?? -1);
}

function byItemThenPerson({ spec, axes }: PairSource): { order: Int32Array; starts: Int32Array } {
  const persons = axes.personas.map((person) => person + 1);
  const { order } = stableOrder(persons, (spec.personas?.people.length ?? 0) + 1);
  return stableOrder(axes.items, spec.items.items.length, order);
}

/** Places ordered by key, equal keys as in `before` (ascending by default), and where each key starts. */
function stableOrder(keys: Int32Array, count: number, before?: Int32Array): { order: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(count + 1);
  for (const key of keys) starts[key + 1]!++;
  for (let key = 0; key < count; key++) starts[key + 1]! += starts[key]!;
  const next = starts.slice();
  const order = new Int32Array(keys.length);
  for (let k = 0; k < keys.length; k++) {
    const place = before ? before[k]! : k;
    order[next[keys[place]!]!++] = place;
  }
  return { order, starts };
}
