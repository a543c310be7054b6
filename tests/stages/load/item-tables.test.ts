import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { checkFile } from '../../../src/stages/load/check-file.js';
import { brief, depsOf, loadConfig, problemsOf } from './load-files.js';

const evalOf = (items: string): string => `eval: demo
title: Demo
items: ${items}
arms: {plain: {}}
steps: [{id: reply, messages: [{user: "{{ item.text }}"}]}]
graders: [{id: hello, kind: matches, of: reply, regex: hello}]
metrics: [{id: hello_rate, kind: rate, of: hello, better: higher}]
`;
const CSV = 'cid,opening,lang,n\nc1,"Hi, you",en,1\nc2,Bye,de,2\nc3,Why?,en,3\n';
const MAPPED = 'columns: {id: cid, text: opening}';
type Files = Record<string, string | Uint8Array>;

const depsFor = (items: string, more: Files = {}) =>
  depsOf({
    '/w/demo.yaml': 'run: eval.yaml\nproviders: [{provider: mock, kind: simulated}]\n',
    '/w/eval.yaml': evalOf(items),
    '/w/q.csv': CSV,
    ...more,
  });
const load = (items: string, more: Files = {}) => loadConfig('demo.yaml', depsFor(items, more));
const itemsOf = async (items: string, more: Files = {}) => (await load(items, more)).config.eval.items.items;
const problems = (items: string, more: Files = {}) => problemsOf(load(items, more));
const briefs = async (items: string, more: Files = {}) => (await problems(items, more)).map(brief);

const ITEMS = [
  { id: 'c1', text: 'Hi, you', lang: 'en', n: '1' },
  { id: 'c2', text: 'Bye', lang: 'de', n: '2' },
  { id: 'c3', text: 'Why?', lang: 'en', n: '3' },
];

describe('a table of items with its columns mapped', () => {
  test('is one line of an eval', async () => {
    expect(await itemsOf(`{table: q.csv, ${MAPPED}}`)).toEqual(ITEMS);
  });

  test('is read alike from every format', async () => {
    const rows = CSV.trim().split('\n').slice(1);
    const cells = [
      ['c1', 'Hi, you', 'en', '1'],
      ['c2', 'Bye', 'de', '2'],
      ['c3', 'Why?', 'en', '3'],
    ];
    expect(rows).toHaveLength(cells.length);
    const names = ['cid', 'opening', 'lang', 'n'];
    const columnData = names.map((name, i) => ({ name, data: cells.map((row) => row[i]!), type: 'STRING' as const }));
    const files = {
      '/w/q.tsv': [names, ...cells].map((row) => `${row.join('\t')}\r\n`).join(''),
      '/w/q.jsonl': cells
        .map((row) => `${JSON.stringify(Object.fromEntries(names.map((name, i) => [name, row[i]])))}\n`)
        .join(''),
      '/w/q.parquet': new Uint8Array(parquetWriteBuffer({ columnData })),
    };
    for (const file of ['q.tsv', 'q.jsonl', 'q.parquet']) {
      expect(await itemsOf(`{table: ${file}, ${MAPPED}}`, files)).toEqual(ITEMS);
    }
  });

  test('may belong to a suite, which keeps id, licence and source, beside its table', async () => {
    const suite = `prompts: prism\nlicence: CC-BY-4.0\nsource: somewhere\ntable: ../q.csv\n${MAPPED}\n`;
    const { config, sources } = await load('suites/a.yaml', { '/w/suites/a.yaml': suite });
    expect(config.eval.items).toEqual({ id: 'prism', licence: 'CC-BY-4.0', source: 'somewhere', items: ITEMS });
    expect(sources.get('q.csv')).toBe(createHash('sha256').update(CSV).digest('hex'));
    const checked = await checkFile('suites/a.yaml', depsFor('suites/a.yaml', { '/w/suites/a.yaml': suite }));
    expect([...checked.sources.keys()]).toEqual(['suites/a.yaml', 'q.csv']);
  });

  test('without a mapping has its own columns, and ids by the column id or the row', async () => {
    expect(await itemsOf('q.csv', { '/w/q.csv': 'text,id\na,x\n' })).toEqual([{ text: 'a', id: 'x' }]);
    expect(await itemsOf('{table: q.csv, limit: 2}', { '/w/q.csv': 'text\na\n\nb\nc\n' })).toEqual([
      { id: 'row-1', text: 'a' },
      { id: 'row-2', text: 'b' },
    ]);
    expect(await itemsOf('{items: q.csv, keep: mapped, columns: {text: opening}}')).toEqual([
      { id: 'row-1', text: 'Hi, you' },
      { id: 'row-2', text: 'Bye' },
      { id: 'row-3', text: 'Why?' },
    ]);
  });

  test('takes the rows that are wanted; their numbers stay', async () => {
    expect(await itemsOf('{table: q.csv, columns: {text: opening}, keep: mapped, where: {lang: [en]}}')).toEqual([
      { id: 'row-1', text: 'Hi, you' },
      { id: 'row-3', text: 'Why?' },
    ]);
    const both = `{table: q.csv, ${MAPPED}, keep: mapped, where: {lang: [en, de], n: [2, 3]}, limit: 1}`;
    expect(await itemsOf(both)).toEqual([{ id: 'c2', text: 'Bye' }]);
  });

  test('may exchange names, and a mapped key goes before a column of its name', async () => {
    const files = { '/w/q.csv': 'id,a,text\n1,x,y\n' };
    expect(await itemsOf('{table: q.csv, columns: {a: text, text: a}}', files)).toEqual([
      { id: '1', a: 'y', text: 'x' },
    ]);
    expect(await itemsOf('{table: q.csv, columns: {text: a}}', files)).toEqual([{ id: '1', text: 'x' }]);
  });

  test('makes ids of what is none, always the same, and never one of two', async () => {
    const files = { '/w/q.csv': `id,text\na b,1\na/b,2\n-1,3\né,4\n${'x'.repeat(200)},5\nok.1,6\n` };
    const ids = (await itemsOf('q.csv', files)).map(({ id }) => id);
    const digits = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);
    expect(ids.slice(0, 4)).toEqual([
      `a-b-${digits('a b')}`,
      `a-b-${digits('a/b')}`,
      `1-${digits('-1')}`,
      `id-${digits('é')}`,
    ]);
    expect(ids[4]).toHaveLength(120);
    expect(ids[5]).toBe('ok.1');
  });

  test('leaves rows out where a mapped cell is empty, if told to', async () => {
    const files = { '/w/q.csv': 'cid,opening,x\nc1,Hi,\nc2, ,\n,Why?,\nc4,So,y\n' };
    expect(await briefs(`{table: q.csv, ${MAPPED}}`, files)).toEqual(['q.csv:3:4 EMPTY_CELL', 'q.csv:4:1 EMPTY_CELL']);
    expect(await itemsOf(`{table: q.csv, ${MAPPED}, skipEmpty: true, limit: 2}`, files)).toEqual([
      { id: 'c1', text: 'Hi', x: '' },
      { id: 'c4', text: 'So', x: 'y' },
    ]);
  });
});

describe('a mapping that is wrong', () => {
  test.each([
    [`{table: q.csv, columns: {id: cid, text: openning}}`, ['eval.yaml:3:48 UNKNOWN_COLUMN']],
    ['{table: q.csv, columns: {text: opening}, where: {lng: [en]}}', ['eval.yaml:3:57 UNKNOWN_COLUMN']],
    ['{table: q.csv, columns: {text: opening}, where: {lang: [fr]}}', ['eval.yaml:3:49 EMPTY_DOCUMENT']],
    [`{table: q.csv, ${MAPPED}, keeep: all}`, ['eval.yaml:3:58 UNKNOWN_KEY']],
    [`{table: q.csv, ${MAPPED}, keep: some}`, ['eval.yaml:3:64 WRONG_VALUE']],
    [`{table: q.csv, ${MAPPED}, limit: 0}`, ['eval.yaml:3:65 WRONG_VALUE']],
    ['{table: q.csv, columns: {text: 3}}', ['eval.yaml:3:39 WRONG_TYPE']],
    ['{table: q.xlsx}', ['eval.yaml:3:16 WRONG_VALUE']],
    ['{table: no.csv}', ['eval.yaml:3:16 FILE_NOT_FOUND']],
    ['{table: q.csv, items: q.csv}', ['eval.yaml:3:9 NOT_EXACTLY_ONE']],
    ['{prompts: x}', ['eval.yaml:3:8 NOT_EXACTLY_ONE']],
    ['{items: [{id: a, text: b}], columns: {text: c}}', ['eval.yaml:3:36 BAD_OPTIONS']],
  ])('%s', async (items, expected) => {
    expect(await briefs(items)).toEqual(expected);
  });

  test('is told the nearest column', async () => {
    const [problem] = await problems('{table: q.csv, columns: {text: openning}}');
    expect(problem).toMatchObject({ message: 'the table has no column "openning"', hint: 'did you mean "opening"?' });
  });
});

describe('a table that is wrong is refused where it is wrong', () => {
  test.each([
    ['cid,opening\nc1,Hi\nc1,Bye\n', ['q.csv:3:1 DUPLICATE_ID']],
    ['cid,opening\nconstructor,Hi\n', ['q.csv:2:1 RESERVED_NAME']],
    ['cid,opening\nc1\nc2,a,b\n', ['q.csv:2:1 BAD_TABLE', 'q.csv:3:1 BAD_TABLE']],
    ['cid,opening\nc1,"Hi\n', ['q.csv:2:4 BAD_TABLE']],
    ['cid,opening\n', ['eval.yaml:3:16 EMPTY_DOCUMENT']],
    ['', ['q.csv:1:1 BAD_TABLE']],
    [Buffer.from('cid,opening\nc1,\xe9\n', 'latin1'), ['q.csv:2:4 NOT_UTF8']],
  ])('%j', async (content, expected) => {
    expect(await briefs(`{table: q.csv, ${MAPPED}}`, { '/w/q.csv': content })).toEqual(expected);
  });

  test('a Parquet file that is cut short is one problem', async () => {
    const whole = new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'text', data: ['a'], type: 'STRING' }] }));
    expect(await briefs('q.parquet', { '/w/q.parquet': whole.subarray(0, -9) })).toEqual(['q.parquet:1:1 BAD_TABLE']);
  });

  test('the place of a variable that an item lacks is its row', async () => {
    const files = { '/w/q.jsonl': '{"id": "a", "text": "x"}\n\n{"id": "b"}\n' };
    expect(await briefs('{table: q.jsonl}', files)).toEqual(['eval.yaml:5:43 MISSING_VALUE']);
    expect(await briefs('{table: q.jsonl, columns: {text: text}}', files)).toEqual(['q.jsonl:3:1 EMPTY_CELL']);
  });

  test('checking a table itself says which document to check', async () => {
    expect((await problemsOf(checkFile('q.csv', depsFor('q.csv')))).map(brief)).toEqual(['q.csv:1:1 WRONG_DOCUMENT']);
  });
});
