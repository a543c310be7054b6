import type { FrozenMatrix, Matrix } from '../../contract/plan.js';

/** Who and what each item–persona pair is made of. */
export interface PairAxes {
  /** Index of the item, per pair. */
  items: Int32Array;
  /** Index of the persona, per pair; −1 without personas. */
  personas: Int32Array;
  /** Weight of the persona, per pair; absent where all are equal. */
  weights?: Float64Array;
}

export function pairAxesOf(matrix: Matrix, { eval: spec }: FrozenMatrix): PairAxes {
  const items = new Int32Array(matrix.pairs);
  const personas = new Int32Array(matrix.pairs);
  for (let pair = 0; pair < matrix.pairs; pair++) {
    const at = matrix.positionAt(matrix.ordinalOf({ pair, provider: 0, arm: 0, repeat: 0 }));
    items[pair] = at.item;
    personas[pair] = at.persona;
  }
  const people = spec.personas?.people ?? [];
  const weights = new Float64Array(matrix.pairs);
  for (let pair = 0; pair < matrix.pairs; pair++) weights[pair] = people[personas[pair]!]?.weight ?? 1;
  return weights.every((weight) => weight === weights[0]) ? { items, personas } : { items, personas, weights };
}
