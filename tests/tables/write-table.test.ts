import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { readTable } from '../../src/tables/read-table.js';
import { openTableWriter, type TableColumn } from '../../src/tables/write-table.js';

const folder = mkdtempSync(join(tmpdir(), 'evalrun-write-'));
afterAll(() => rmSync(folder, { recursive: true }));

const columns: TableColumn[] = [
  { name: 'id', type: 'integer' },
  { name: 'text', type: 'string' },
  { name: 'share', type: 'number' },
  { name: 'kept', type: 'boolean' },
];
const rows = [
  { id: 1, text: 'plain, "quoted"\nand é 😀', share: 0.25, kept: true },
  { id: -2, text: '', share: -1e-9, kept: false },
  { id: 2 ** 52, text: 'x'.repeat(2000), share: 3, kept: true },
];

async function written(name: string, of: readonly Parameters<ReturnType<typeof openTableWriter>['write']>[0][]) {
  const file = join(folder, name);
  const writer = openTableWriter(file, columns);
  for (const row of of) await writer.write(row);
  await writer.close();
  expect(existsSync(`${file}.partial`)).toBe(false);
  return readTable(name, readFileSync(file));
}

test('Parquet and JSON Lines give back what was written', async () => {
  for (const name of ['t.parquet', 't.jsonl']) {
    const table = await written(name, rows);
    expect(table.columns).toEqual(['id', 'text', 'share', 'kept']);
    expect(table.rows).toEqual(rows);
  }
});

test('CSV gives back texts', async () => {
  const table = await written('t.csv', rows);
  expect(table.rows).toEqual(
    rows.map((row) => ({ id: String(row.id), text: row.text, share: String(row.share), kept: String(row.kept) })),
  );
});

test('what is missing is null, and empty in CSV; nested values of a text are JSON', async () => {
  const row = { text: { a: [1] } };
  for (const name of ['m.parquet', 'm.jsonl']) {
    expect((await written(name, [row])).rows).toEqual([{ id: null, text: '{"a":[1]}', share: null, kept: null }]);
  }
  expect((await written('m.csv', [row])).rows).toEqual([{ id: '', text: '{"a":[1]}', share: '', kept: '' }]);
});

test('a table without rows has its columns, where the format keeps them', async () => {
  expect(await written('e.parquet', [])).toMatchObject({ columns: ['id', 'text', 'share', 'kept'], rows: [] });
  expect(await written('e.csv', [])).toMatchObject({ columns: ['id', 'text', 'share', 'kept'], rows: [] });
  expect(await written('e.jsonl', [])).toMatchObject({ rows: [] });
});

test('in CSV what a spreadsheet would run gets an apostrophe; numbers do not', async () => {
  const texts = ['=1+1', '+1', '-1', '@x', '\tx', 'a=1'];
  const table = await written(
    'f.csv',
    texts.map((text, i) => ({ id: -i, text })),
  );
  expect(table.rows.map((row) => row.text)).toEqual(["'=1+1", "'+1", "'-1", "'@x", "'\tx", 'a=1']);
  expect(table.rows.map((row) => row.id)).toEqual(['0', '-1', '-2', '-3', '-4', '-5']);
});

test('the same rows are the same bytes', async () => {
  const bytesOf = async (name: string) => {
    await written(name, rows);
    return readFileSync(join(folder, name));
  };
  expect(await bytesOf('one.parquet')).toEqual(await bytesOf('two.parquet'));
});

test('nothing stands under the name before it is closed, and nothing at all after giving up', async () => {
  const file = join(folder, 'later.csv');
  const writer = openTableWriter(file, columns);
  for (let i = 0; i < 20_000; i++) await writer.write({ id: i, text: 'a text of some length' });
  expect(existsSync(`${file}.partial`)).toBe(true);
  expect(existsSync(file)).toBe(false);
  await writer.abort();
  expect(existsSync(`${file}.partial`)).toBe(false);
  expect(existsSync(file)).toBe(false);
});

test('values of another type, and other names, are refused', async () => {
  const writer = openTableWriter(join(folder, 'wrong.parquet'), columns);
  await expect(writer.write({ id: 'one' })).rejects.toThrow('column "id" is of type integer, but got "one"');
  await expect(writer.write({ id: 1.5 })).rejects.toThrow(TypeError);
  await expect(writer.write({ share: '1' })).rejects.toThrow(TypeError);
  await expect(writer.write({ kept: 1 })).rejects.toThrow(TypeError);
  expect(() => openTableWriter('t.xlsx', columns)).toThrow(/not the name of a table/);
});
