import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { EvalrunError } from '../../src/contract/problem.js';
import { CsvScanner } from '../../src/tables/csv-scanner.js';
import { readTable } from '../../src/tables/read-table.js';
import { streamTable, tableColumns } from '../../src/tables/stream-table.js';
import { openTableWriter } from '../../src/tables/write-table.js';

const folder = mkdtempSync(join(tmpdir(), 'evalrun-stream-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** All rows of the wanted columns, and the number of batches that they came in. */
async function streamed(file: string, columns: string[]): Promise<{ rows: string[][]; batches: number }> {
  const rows: string[][] = [];
  let batches = 0;
  for await (const batch of streamTable(file, columns)) {
    expect(batch.first).toBe(rows.length);
    for (let i = 0; i < batch.length; i++) rows.push(batch.columns.map((one) => one[i]!));
    batches++;
  }
  return { rows, batches };
}

async function fault(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof EvalrunError)) throw error;
    const { line, column } = error.where ?? {};
    return `${line}:${column} ${error.code} ${error.message}`;
  }
  throw new Error('there was no problem');
}

/** Feeds bytes to a scanner, so many at a time. */
function scanned(content: Buffer, { delimiter, step }: { delimiter: ',' | '\t'; step: number }): string[][] {
  const scanner = new CsvScanner('t', delimiter);
  const rows: string[][] = [];
  let used = 0;
  for (let to = step, last = false; !last; to += step) {
    last = to >= content.length + step;
    const piece = { buffer: content.subarray(used), length: Math.min(to, content.length) - used, last };
    let from = 0;
    if (rows.length === 0) {
      const head = scanner.header(piece);
      if (head === undefined) continue;
      scanner.want(Int32Array.from(head.names.keys()), head.names.length);
      from = head.end;
      rows.push(head.names);
    }
    const found = scanner.rows(piece, from);
    for (let i = 0; i < found.rows; i++) rows.push(found.cells.map((one) => one[i]!));
    used += found.end;
  }
  return rows;
}

describe('the scanner', () => {
  const cell = fc.oneof(
    fc.constantFrom('', 'a', '12', '-', "'", '.', ' x '),
    fc.string({ unit: fc.constantFrom('a', 'é', '😀', '"', ',', '\t', '\n', '\r', ' ', ';', 'z'), maxLength: 20 }),
  );
  const table = fc
    .integer({ min: 2, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));

  test.each([[',' as const], ['\t' as const]])(
    'reads back what was written with %j, however it is cut',
    (delimiter) => {
      fc.assert(
        fc.property(
          table,
          fc.constantFrom('\n' as const, '\r\n' as const),
          fc.nat(30),
          fc.boolean(),
          (rows, end, step, open) => {
            const text = stringify(rows, { delimiter, record_delimiter: end, quoted_match: /[\r\n"]/ });
            const content = Buffer.from(open ? text.slice(0, -end.length) : text);
            expect(scanned(content, { delimiter, step: step + 1 })).toEqual(rows);
            const how = { delimiter, record_delimiter: ['\r\n', '\n'], skip_empty_lines: true };
            expect(parse(content, { ...how, relax_quotes: delimiter === '\t' })).toEqual(rows);
          },
        ),
        { numRuns: 400, seed: 5 },
      );
    },
  );
});

describe('a CSV in pieces', () => {
  const row = (i: number): string[] => [
    `id${i}`,
    i % 7 === 0 ? `"quoted" ${i},\nnext é` : `plain text number ${i}`,
    String(i),
    '',
    'ж'.repeat(i % 5),
  ];
  const rows = Array.from({ length: 60_000 }, (_, i) => row(i));
  const big = (): string => fileOf('big.csv', `\uFEFF${stringify([['id', 'text', 'n', 'none', 'ж'], ...rows])}`);

  test('of several megabytes gives the wanted columns in the order asked for', async () => {
    const file = big();
    expect(await tableColumns(file)).toEqual(['id', 'text', 'n', 'none', 'ж']);
    const { rows: found, batches } = await streamed(file, ['ж', 'id', 'text', 'id']);
    expect(batches).toBeGreaterThan(1);
    expect(found).toEqual(rows.map(([id, text, , , last]) => [last, id, text, id]));
  });

  test('with a row longer than a piece, without a last line feed, with CRLF', async () => {
    const long = 'x'.repeat(2_500_000);
    const file = fileOf('long.csv', `a,b\r\n1,"${long}\r\n${long}"\r\n2,y`);
    expect((await streamed(file, ['b', 'a'])).rows).toEqual([
      [`${long}\r\n${long}`, '1'],
      ['y', '2'],
    ]);
  });

  test('is a header alone, or a TSV', async () => {
    expect((await streamed(fileOf('head.csv', 'a,b'), ['b'])).rows).toEqual([]);
    expect((await streamed(fileOf('tabs.tsv', 'a\tb\n1\t5" x\n'), ['b'])).rows).toEqual([['5" x']]);
  });

  test.each([
    ['empty.csv', '', '1:1 BAD_TABLE the table is empty'],
    ['ragged.csv', 'a,b\n1,2\n3\n', '3:1 BAD_TABLE this row has 1 cell, the header 2'],
    ['open.csv', 'a,b\n1,2\n3,"x\n', '3:3 BAD_TABLE the table ends within quotes'],
    ['behind.csv', 'a,b\n1,"2\n"x\n', '3:2 BAD_TABLE after the closing quotes of a cell there is more text'],
    ['bare.csv', 'a,b\n1,2"\n', '2:4 BAD_TABLE there are quotes within a cell that does not start with quotes'],
    ['twice.csv', 'a,a\n', '1:1 BAD_TABLE columns 1 and 2 of the table have the same name "a"'],
    ['other.csv', 'a,c\n', '1:1 UNKNOWN_COLUMN the table has no column "b"'],
    ['latin.csv', Buffer.from('a,b\n1,x\n2,\xe9\n', 'latin1'), '3:3 NOT_UTF8 the file is not UTF-8 text'],
    ['t.xlsx', 'a,b\n', expect.stringMatching(/^1:1 BAD_TABLE .*is not a table that is read in pieces$/)],
  ])('%s is refused where it is wrong', async (name, content, expected) => {
    const file = fileOf(name, content);
    expect(await fault(() => streamed(file, ['a', 'b']))).toEqual(expected);
  });

  test('names the line of a mistake far into the file', async () => {
    const file = fileOf('far.csv', `a,b\n${'1,2\n'.repeat(500_000)}3\n`);
    expect(await fault(() => streamed(file, ['b']))).toBe('500002:1 BAD_TABLE this row has 1 cell, the header 2');
  });

  test('that is not there, or a folder, is said so', async () => {
    expect(await fault(() => tableColumns(join(folder, 'no.csv')))).toMatch(/FILE_NOT_FOUND/);
    expect(await fault(() => tableColumns(folder))).toMatch(/BAD_TABLE/);
  });
});

describe('Parquet in pieces', () => {
  test('gives texts, row group by row group', async () => {
    const file = join(folder, 'p.parquet');
    const writer = openTableWriter(file, [
      { name: 'id', type: 'integer' },
      { name: 'text', type: 'string' },
      { name: 'x', type: 'number' },
    ]);
    const filler = 'long '.repeat(300);
    for (let i = 0; i < 6000; i++) {
      await writer.write({ id: i, text: i % 3 === 0 ? null : `${filler}${i}`, x: i / 4 });
    }
    await writer.close();
    const { rows, batches } = await streamed(file, ['x', 'text']);
    expect(batches).toBeGreaterThan(1);
    expect(rows).toEqual(Array.from({ length: 6000 }, (_, i) => [String(i / 4), i % 3 === 0 ? '' : `${filler}${i}`]));
    expect(await fault(() => streamed(file, ['X']))).toBe('1:1 UNKNOWN_COLUMN the table has no column "X"');
  });

  test('that is cut short is refused', async () => {
    const file = fileOf('cut.parquet', 'PAR1 and then nothing');
    expect(await fault(() => tableColumns(file))).toMatch(/^1:1 BAD_TABLE the file cannot be read as Parquet: /);
  });
});

test('pieces and the whole read the same', async () => {
  const text = 'a,b\r\n"x ""y""",\r\n\r\n ü ,"1\n2"\r\n';
  const file = fileOf('same.csv', text);
  const { rows } = await readTable('same.csv', Buffer.from(text));
  expect((await streamed(file, ['a', 'b'])).rows).toEqual(rows.map(({ a, b }) => [a, b]));
});
