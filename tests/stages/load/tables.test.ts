import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { sourceBytes } from '../../../src/lib/source-text.js';
import { checkFile } from '../../../src/stages/load/check-file.js';
import { brief, depsOf, loadConfig, problemsOf } from './load-files.js';

const evalOf = (items: string, more = ''): string => `eval: demo
title: Demo
items: ${items}
${more}arms: {plain: {}}
steps: [{id: reply, messages: [{user: "{{ item.text }}"}]}]
graders: [{id: hello, kind: matches, of: reply, regex: hello}]
metrics: [{id: hello_rate, kind: rate, of: hello, better: higher}]
`;
const ITEMS = [
  { id: 'one', text: 'Hello', turns: [{ user: 'a: "b"' }], size: 1.5, ok: true, none: null },
  { id: 'two', text: 'Bye: é\n', turns: [], size: -2, ok: false, none: null },
];
const PEOPLE = [
  { id: 'ann', attributes: { age: 40, town: 'X' }, weight: 2 },
  { id: 'bob', attributes: { age: 50, town: 'Y' } },
];
const lines = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const FILES = {
  '/w/demo.yaml': 'run: eval.yaml\nproviders: [{provider: mock, kind: simulated}]\n',
  '/w/eval.yaml': evalOf('items.jsonl'),
  '/w/items.jsonl': lines(ITEMS),
};
type Files = Record<string, string | Uint8Array>;

const depsFor = (changes: Files) => depsOf({ ...FILES, ...changes });
const load = (changes: Files = {}) => loadConfig('demo.yaml', depsFor(changes));
const briefs = async (changes: Files) => (await problemsOf(load(changes))).map(brief);
const ofTable = (table: string | Uint8Array) => briefs({ '/w/items.jsonl': table });
const GOOD = '{"id": "one", "text": "a"}';

describe('tables of items', () => {
  test('load the same as YAML, named by the eval, by a suite in place and by a suite in a file', async () => {
    const yaml = (await load({ '/w/eval.yaml': evalOf(JSON.stringify(ITEMS)) })).config.eval.items;
    expect(yaml.items).toEqual(ITEMS);
    expect((await load()).config.eval.items).toEqual(yaml);
    const head = { prompts: 'suite', licence: 'MIT', items: 'items.jsonl' };
    const inPlace = await load({ '/w/eval.yaml': evalOf(JSON.stringify(head)) });
    expect(inPlace.config.eval.items).toEqual({ id: 'suite', licence: 'MIT', items: ITEMS });
    const suite = { '/w/suites/a.yaml': stringify(head), '/w/suites/items.jsonl': FILES['/w/items.jsonl'] };
    const inFile = await load({ ...suite, '/w/items.jsonl': 'broken', '/w/eval.yaml': evalOf('suites/a.yaml') });
    expect(inFile.config.eval.items).toEqual(inPlace.config.eval.items);
  });

  test('are among the sources, by the digest of their bytes without a byte order mark', async () => {
    const digest = createHash('sha256').update(FILES['/w/items.jsonl']).digest('hex');
    expect((await load()).sources.get('items.jsonl')).toBe(digest);
    expect((await load({ '/w/items.jsonl': `\uFEFF${FILES['/w/items.jsonl']}` })).sources.get('items.jsonl')).toBe(
      digest,
    );
  });

  test('may have blank lines, CRLF, a byte order mark and no last line feed', async () => {
    const { config } = await load({
      '/w/items.jsonl': `\uFEFF\r\n${lines(ITEMS).trim().replaceAll('\n', '\r\n \r\n')}`,
    });
    expect(config.eval.items.items).toEqual(ITEMS);
  });

  test.each([
    [`${GOOD}\n{"id": "two", "text": }\n`, ['items.jsonl:2:23 JSON_SYNTAX']],
    [`${GOOD}\n\n{"id": "one", "text": "b"}\n`, ['items.jsonl:3:8 DUPLICATE_ID']],
    [`${GOOD}\r\n\r\n{"text": "b"}\r\n`, ['items.jsonl:3:1 MISSING_KEY']],
    [`${GOOD}\n{"id": 2, "text": "b"}\n`, ['items.jsonl:2:8 WRONG_TYPE']],
    [`${GOOD}\n{"id": "a b", "text": "b"}\n`, ['items.jsonl:2:8 BAD_ID']],
    [`${GOOD}\n["two"]\n`, ['items.jsonl:2:1 WRONG_TYPE']],
    [`${GOOD}\n{"id": "two", "txt": "b"}\n`, ['eval.yaml:5:43 MISSING_VALUE']],
    [`\uFEFF{"id": "one", "text": "a", "__proto__": {}}\n`, ['items.jsonl:1:28 RESERVED_NAME']],
    [`{"id": "constructor", "text": "a"}\n`, ['items.jsonl:1:8 RESERVED_NAME']],
    [`{"id": "one", "text": "a", "text": "b"}\n`, ['items.jsonl:1:28 DUPLICATE_KEY']],
    [Buffer.from(`${GOOD}\n{"id": "two", "text": "\xe9"}\n`, 'latin1'), ['items.jsonl:2:24 NOT_UTF8']],
    ['', ['items.jsonl:1:1 EMPTY_DOCUMENT']],
    ['\n\n', ['items.jsonl:1:1 EMPTY_DOCUMENT']],
    [
      `{"id": 1, "text": "b"}\n${GOOD}\nnot json\n${GOOD}\n`,
      ['items.jsonl:1:8 WRONG_TYPE', 'items.jsonl:3:1 JSON_SYNTAX', 'items.jsonl:4:8 DUPLICATE_ID'],
    ],
  ])('%j', async (table, expected) => {
    expect(await ofTable(table)).toEqual(expected);
  });

  test('rows obey the schema that entries of a list obey, with the same words', async () => {
    const words = async (changes: Files) =>
      (await problemsOf(load(changes))).map(({ code, message, hint, where }) => [code, message, hint, where!.path]);
    const bad = [{ id: 'a b' }, { id: 2, text: 'x' }, { text: 'x' }, 'row'];
    const inTable = await words({ '/w/items.jsonl': lines(bad) });
    const inYaml = await words({ '/w/eval.yaml': evalOf(JSON.stringify(bad)) });
    expect(inTable.filter(([code]) => code !== 'MISSING_VALUE').sort()).toEqual(
      inYaml.filter(([code]) => code !== 'MISSING_VALUE').sort(),
    );
    expect(inTable.map(([, , , path]) => path)).toContain('items[1].id');
  });

  test('a table that is not there is a problem where it is named, with the nearest name', async () => {
    const [problem, ...more] = await problemsOf(load({ '/w/eval.yaml': evalOf('itmes.jsonl') }));
    expect(more).toEqual([]);
    expect(brief(problem!)).toBe('eval.yaml:3:8 FILE_NOT_FOUND');
    expect(problem!.hint).toBe('did you mean "items.jsonl"?');
  });

  test('a suite names only tables where its list belongs', async () => {
    const named = evalOf('{prompts: suite, items: items.json}');
    expect(await briefs({ '/w/eval.yaml': named })).toEqual(['eval.yaml:3:32 WRONG_VALUE']);
  });

  test('a table of more than 500 MB is not read', async () => {
    const tooLarge = { byteLength: 500_000_001 } as Uint8Array;
    await expect(ofTable(tooLarge)).resolves.toEqual(['items.jsonl:1:1 FILE_TOO_LARGE']);
    expect(() => sourceBytes('f', Buffer.alloc(101), 100)).toThrow(/at most/);
    expect(sourceBytes('f', Buffer.alloc(100), 100)).toHaveLength(100);
  });

  test('thousands of wrong rows end after a thousand problems', async () => {
    const problems = await ofTable('{"id": 1, "text": "a"}\n'.repeat(3000));
    expect(problems).toHaveLength(1000);
    expect(problems.at(-1)).toBe('items.jsonl:1000:8 WRONG_TYPE');
  });

  test('check names the document to check instead of a table, and finds problems of a suite', async () => {
    const suite = { '/w/suite.yaml': 'prompts: suite\nitems: items.jsonl\n' };
    expect([...(await checkFile('suite.yaml', depsFor(suite))).sources.keys()]).toEqual(['suite.yaml', 'items.jsonl']);
    const broken = { ...suite, '/w/items.jsonl': `${GOOD}\n${GOOD}\n` };
    expect((await problemsOf(checkFile('suite.yaml', depsFor(broken)))).map(brief)).toEqual([
      'items.jsonl:2:8 DUPLICATE_ID',
    ]);
    expect((await problemsOf(checkFile('items.jsonl', depsFor({})))).map(brief)).toEqual([
      'items.jsonl:1:1 WRONG_DOCUMENT',
    ]);
  });
});

describe('tables of personas', () => {
  const peopled = (personas: string, table: string): Files => ({
    '/w/eval.yaml': evalOf('items.jsonl', `personas: ${personas}\n`),
    '/w/people.jsonl': table,
  });

  test('load the same as YAML, named by the eval or by a set', async () => {
    const yaml = (await load(peopled(JSON.stringify(PEOPLE), ''))).config.eval.personas;
    expect(yaml!.people).toEqual(PEOPLE);
    const table = await load(peopled('people.jsonl', lines(PEOPLE)));
    expect(table.config.eval.personas).toEqual(yaml);
    expect([...table.sources.keys()]).toContain('people.jsonl');
    const set = await load(peopled('{personas: two, people: people.jsonl}', lines(PEOPLE)));
    expect(set.config.eval.personas).toEqual({ ...yaml, id: 'two' });
  });

  test.each([
    ['{"id": "ann"}\n', ['people.jsonl:1:1 MISSING_KEY']],
    ['{"id": "ann", "attributes": {}}\n', ['people.jsonl:1:29 WRONG_VALUE']],
    ['{"id": "ann", "attributes": {"age": 1}, "wieght": 2}\n', ['people.jsonl:1:41 UNKNOWN_KEY']],
    ['{"id": "ann", "attributes": {"age": 1}, "weight": 0}\n', ['people.jsonl:1:51 WRONG_VALUE']],
    ['{"id": "ann", "attributes": {"age": 1, "profile": 2}}\n', ['people.jsonl:1:40 RESERVED_NAME']],
    [
      '{"id": "ann", "attributes": {"age": 1}}\n\n{"id": "ann", "attributes": {"age": 2}}\n',
      ['people.jsonl:3:8 DUPLICATE_ID'],
    ],
    ['7\n', ['people.jsonl:1:1 WRONG_TYPE']],
  ])('%j', async (table, expected) => {
    expect(await briefs(peopled('people.jsonl', table))).toEqual(expected);
  });
});
