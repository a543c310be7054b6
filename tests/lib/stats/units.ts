import type { Units } from '../../../src/contract/metric-kind.js';

export function column(values: number[]): Float64Array {
  return Float64Array.from(values);
}

/** Units from plain lists; cluster fields are called a and b. */
export function unitsOf(values: number[], ways: number[][], weights?: number[]): Units {
  return {
    values: column(values),
    ...(weights && { weights: column(weights) }),
    clusters: ways.map((ids, i) => ({ field: 'ab'[i]!, ids: Int32Array.from(ids), count: Math.max(-1, ...ids) + 1 })),
  };
}
