import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { EvalrunError } from '../../src/contract/problem.js';
import { readTable } from '../../src/tables/read-table.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const csv = (text: string) => readTable('t.csv', bytes(text));

/** Problems of a read, as `line:column CODE message`. */
async function faults(file: string, content: string | Uint8Array): Promise<string[]> {
  const read = readTable(file, typeof content === 'string' ? bytes(content) : content);
  const error: unknown = await read.then(
    () => undefined,
    (caught) => caught,
  );
  const all = error instanceof AggregateError ? error.errors : [error];
  return all.map((one) => {
    if (!(one instanceof EvalrunError)) throw one ?? new Error('there was no problem');
    return `${one.where!.line}:${one.where!.column} ${one.code} ${one.message}`;
  });
}

describe('a CSV', () => {
  test('has texts as they are written, by the names of the first line', async () => {
    const { columns, rows } = await csv('id,text,n\na, x ,1\nb,"he said ""hi"", twice",\n');
    expect(columns).toEqual(['id', 'text', 'n']);
    expect(rows).toEqual([
      { id: 'a', text: ' x ', n: '1' },
      { id: 'b', text: 'he said "hi", twice', n: '' },
    ]);
  });

  test('may have a byte order mark, CRLF, blank lines, line ends in cells and no last line feed', async () => {
    const { columns, rows } = await csv('\uFEFFid,text\r\n\r\na,"one\r\ntwo"\r\n\r\nb,é\u2028😀');
    expect(columns).toEqual(['id', 'text']);
    expect(rows).toEqual([
      { id: 'a', text: 'one\r\ntwo' },
      { id: 'b', text: 'é\u2028😀' },
    ]);
  });

  test('knows where each cell stands, behind quotes and line ends too', async () => {
    const table = await csv('id,text,n\n\na,"one\ntwo, ""x""",1\nbé,y,2\n');
    expect(table.placeOf(0)).toMatchObject({ file: 't.csv', line: 3, column: 1 });
    expect(table.placeOf(0, 'text')).toMatchObject({ line: 3, column: 3 });
    expect(table.placeOf(0, 'n')).toMatchObject({ line: 4, column: 13 });
    expect(table.placeOf(1, 'text')).toMatchObject({ line: 5, column: 4 });
    expect(table.placeOf(1, 'text').frame).toBe('  4 | two, ""x""",1\n> 5 | bé,y,2\n    |    ^');
  });

  test('of a header alone has no rows', async () => {
    expect(await csv('id,text\n')).toMatchObject({ columns: ['id', 'text'], rows: [] });
  });

  test.each([
    ['', ['1:1 BAD_TABLE the table is empty']],
    ['\n\n', ['1:1 BAD_TABLE the table is empty']],
    ['id,,n\n1,2,3\n', ['1:4 BAD_TABLE column 2 of the table has no name']],
    ['id,text,id\n', ['1:9 BAD_TABLE columns 1 and 3 of the table have the same name "id"']],
    ['id,__proto__\n1,2\n', ['1:4 RESERVED_NAME a column must not be called __proto__']],
    [
      'id,text\na\nb,c\nd,e,f\n',
      ['2:1 BAD_TABLE this row has 1 cell, the header 2', '4:1 BAD_TABLE this row has 3 cells, the header 2'],
    ],
    ['id,text\na,"b\nc,d\n', ['2:3 BAD_TABLE the table ends within quotes']],
    ['id,text\na,"b"c\n', ['2:6 BAD_TABLE after the closing quotes of a cell there is more text']],
    ['id,text\na,b"c\n', ['2:4 BAD_TABLE there are quotes within a cell that does not start with quotes']],
    ['id;text\na;b,c\n', ['2:1 BAD_TABLE this row has 2 cells, the header 1']],
    ['id,text\ra,b\r', ['1:4 BAD_TABLE the lines of the table end with CR alone']],
  ])('%j is refused where it is wrong', async (text, expected) => {
    expect(await faults('t.csv', text)).toEqual(expected);
  });

  test('in another encoding is refused at the first wrong sign', async () => {
    const latin = Buffer.from('id,text\na,caf\xe9\n', 'latin1');
    expect(await faults('t.csv', latin)).toEqual(['2:6 NOT_UTF8 the file is not UTF-8 text']);
  });
});

test('a TSV has tabs, and quotes within a cell are signs like others', async () => {
  const { rows } = await readTable('t.TSV', bytes('id\ttext\n1\ta 5" disk, new\n2\t"a\tb"\n'));
  expect(rows).toEqual([
    { id: '1', text: 'a 5" disk, new' },
    { id: '2', text: 'a\tb' },
  ]);
});

describe('JSON Lines', () => {
  test('have all keys that occur as columns; what a row lacks stays away', async () => {
    const table = await readTable('t.jsonl', bytes('{"id": "a", "turns": [{"user": "x"}]}\n\n{"id": "b", "n": 1}\n'));
    expect(table.columns).toEqual(['id', 'turns', 'n']);
    expect(table.rows).toEqual([
      { id: 'a', turns: [{ user: 'x' }] },
      { id: 'b', n: 1 },
    ]);
    expect(table.placeOf(1, 'n')).toMatchObject({ line: 3, column: 18 });
    expect(table.placeOf(1, 'turns')).toMatchObject({ line: 3, column: 1 });
  });

  test('of anything but objects are refused, all at once', async () => {
    expect(await faults('t.jsonl', '[1]\n{"a": 1}\nnull\n')).toEqual([
      '1:1 BAD_TABLE this line is not a JSON object',
      '3:1 BAD_TABLE this line is not a JSON object',
    ]);
    expect(await faults('t.jsonl', '{"a": }\n')).toEqual(['1:7 JSON_SYNTAX this line is not JSON: expected a value']);
  });
});

describe('Parquet', () => {
  const columnData = [
    { name: 'big', data: [1n, 9007199254740993n], type: 'INT64' as const },
    { name: 'text', data: ['a,"b"\n', null], type: 'STRING' as const },
    { name: 'x', data: [0.5, Number.NaN], type: 'DOUBLE' as const },
    { name: 'when', data: [new Date('2024-02-29T12:00:00.250Z'), null], type: 'TIMESTAMP' as const },
    { name: 'nested', data: [{ a: [1, 'b'] }, null], type: 'JSON' as const },
    { name: 'yes', data: [true, false], type: 'BOOLEAN' as const },
  ];
  const schema = [
    { name: 'root', num_children: 2 },
    { name: 'day', type: 'INT32' as const, converted_type: 'DATE' as const },
    { name: 'price', type: 'INT64' as const, converted_type: 'DECIMAL' as const, scale: 2, precision: 18 },
  ];
  const priced = (price: bigint): Uint8Array =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'day', data: [new Date('1999-12-31')] },
          { name: 'price', data: [price] },
        ],
        schema,
      }),
    );
  const file = (): Uint8Array => new Uint8Array(parquetWriteBuffer({ columnData }));

  test('becomes JSON: what is missing null, integers that are not exact texts, instants ISO', async () => {
    const table = await readTable('t.parquet', file());
    expect(table.columns).toEqual(['big', 'text', 'x', 'when', 'nested', 'yes']);
    expect(table.rows).toEqual([
      { big: 1, text: 'a,"b"\n', x: 0.5, when: '2024-02-29T12:00:00.25Z', nested: { a: [1, 'b'] }, yes: true },
      { big: '9007199254740993', text: null, x: null, when: null, nested: null, yes: false },
    ]);
    expect(table.placeOf(1, 'x')).toEqual({ file: 't.parquet', line: 2, column: 1 });
  });

  test('has days as texts, and decimals exactly or not at all', async () => {
    expect((await readTable('t.parquet', priced(30n))).rows).toEqual([{ day: '1999-12-31', price: 0.3 }]);
    expect(await faults('t.parquet', priced(123456789012345678n))).toEqual([
      '1:1 BAD_TABLE the decimal number in column "price" has more digits than can be kept exactly',
    ]);
  });

  test('that is cut short, damaged or something else is one problem', async () => {
    const whole = file();
    const damaged = Uint8Array.from(whole, (byte, at) => (at > 4 && at < 60 ? byte ^ 0x5a : byte));
    for (const content of [
      whole.subarray(0, whole.length - 20),
      whole.subarray(0, 3),
      new Uint8Array(0),
      damaged,
      bytes('id,text\na,b\n'),
      gzipSync('PAR1'),
    ]) {
      const found = await faults('t.parquet', content);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatch(/^1:1 BAD_TABLE the file cannot be read as Parquet: [^\n]+$/);
    }
  });
});

test('a file of another name is refused', async () => {
  expect(await faults('t.xlsx', 'a,b\n')).toEqual(['1:1 BAD_TABLE t.xlsx is not a table']);
});
