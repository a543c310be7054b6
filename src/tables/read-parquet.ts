import { openParquet } from './parquet-file.js';
import { jsonOf } from './parquet-value.js';
import type { Table } from './table.js';

/**
 * Reads a whole Parquet file. Integers beyond 2⁵³ become texts; days and instants ISO texts; bytes base64; what is
 * missing, and NaN, null; infinity the text `Infinity`. Nested values stay nested.
 * @throws EvalrunError BAD_TABLE, RESERVED_NAME.
 */
export async function readParquet(file: string, bytes: Uint8Array): Promise<Table> {
  const slice = (start: number, end?: number): ArrayBuffer => new Uint8Array(bytes.subarray(start, end)).buffer;
  const parquet = await openParquet(file, { byteLength: bytes.byteLength, slice });
  const rows: Table['rows'] = [];
  for (const group of parquet.groups) {
    for (let row = group.start; row < group.end; row++) rows.push({});
    for (const column of parquet.columns) {
      const values = await parquet.readColumn(column, group);
      for (let i = 0; i < values.length; i++) rows[group.start + i]![column] = jsonOf(values[i]);
    }
  }
  return { columns: parquet.columns, rows, placeOf: (row) => ({ file, line: row + 1, column: 1 }) };
}
