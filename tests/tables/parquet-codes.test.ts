import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { textOf } from '../../src/tables/parquet-value.js';
import { readTable } from '../../src/tables/read-table.js';
import { streamTable } from '../../src/tables/stream-table.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'evalrun-codes-'));
});
afterAll(() => rm(folder, { recursive: true }));

const ROWS = 10_000;
const column = (valueAt: (row: number) => unknown): unknown[] => Array.from({ length: ROWS }, (_, row) => valueAt(row));

/** Columns of each way in which pages hold values: dictionary or plain, with and without missing values. */
const columns = [
  { name: 'few integers', type: 'INT64', data: column((row) => BigInt(row % 7)) },
  { name: 'some missing', type: 'INT64', data: column((row) => (row % 3 === 0 ? null : BigInt(row % 11) - 5n)) },
  { name: 'all missing', type: 'INT32', data: column(() => null) },
  { name: 'one value', type: 'INT32', data: column(() => 1) },
  { name: 'many texts', type: 'STRING', data: column((row) => `2024HU${String(row).padStart(7, '0')}`) },
  { name: 'few texts', type: 'STRING', data: column((row) => (row % 5 === 0 ? null : `é${row % 3}`)) },
  { name: 'plain numbers', type: 'DOUBLE', data: column((row) => row / 8) },
  { name: 'yes or no', type: 'BOOLEAN', data: column((row) => row % 4 === 0) },
  { name: 'beyond 2⁵³', type: 'INT64', data: column((row) => 9007199254740993n + BigInt(row % 2)) },
] as const;

async function write(codec: 'SNAPPY' | 'UNCOMPRESSED', pageSize?: number): Promise<string> {
  const file = path.join(folder, `${codec}-${pageSize ?? 'whole'}.parquet`);
  const options = { columnData: columns as never, codec, rowGroupSize: 6000, ...(pageSize ? { pageSize } : {}) };
  await writeFile(file, new Uint8Array(parquetWriteBuffer(options)));
  return file;
}

describe('columns that are kept as codes', () => {
  test.each([
    ['SNAPPY', undefined],
    ['UNCOMPRESSED', 1000],
  ] as const)('%s with pages of %s bytes: the texts are those of the values, row by row', async (codec, pageSize) => {
    const file = await write(codec, pageSize);
    const names = columns.map(({ name }) => name);
    const table = await readTable(file, await readFile(file));
    const streamed: string[][] = names.map(() => []);
    for await (const batch of streamTable(file, names)) {
      expect(batch.first).toBe(streamed[0]?.length);
      for (const [at, cells] of batch.columns.entries()) streamed[at]?.push(...cells);
    }
    for (const [at, { name, data }] of columns.entries()) {
      expect([name, streamed[at]]).toEqual([name, data.map(textOf)]);
      expect(table.rows.map((row) => textOf(row[name]))).toEqual(streamed[at]);
    }
  });
});
