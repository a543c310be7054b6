import type { FieldValues } from './field-values.js';

/** Cluster number of each pair, from 0. */
export interface ClusterColumn {
  field: string;
  ids: Int32Array;
  count: number;
}

/**
 * Numbers the clusters of a field. Rows without a value belong to nothing and are clusters of their own, as are pairs
 * without a row.
 */
export function clusterColumn(field: string, pairs: number, values: FieldValues, provider: number): ClusterColumn {
  const numbers = new Map<string, number>();
  const numberOf = (key: string) => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  };
  const byRow = new Int32Array(values.rows.length).fill(-1);
  const ids = new Int32Array(pairs);
  for (let pair = 0; pair < pairs; pair++) {
    const row = values.rowOf(pair, provider);
    if (row < 0) {
      ids[pair] = numberOf(`pair ${pair}`);
      continue;
    }
    if (byRow[row]! < 0) {
      const text = values.rows[row];
      byRow[row] = numberOf(text === null || text === undefined ? `row ${row}` : `value ${text}`);
    }
    ids[pair] = byRow[row]!;
  }
  return { field, ids, count: numbers.size };
}
