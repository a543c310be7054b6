import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../src/contract/json.js';
import { openaiRowFault, trlRowFault } from '../../src/lib/preference-rows.js';
import { readTable } from '../../src/tables/read-table.js';
import { type ChatServer, startChatServer } from '../support/chat-server.js';
import { type CliResult, jsonLines, runCli } from '../support/cli.js';
import {
  conversationsConfig,
  dialoguesEach,
  entityPairs,
  heldOutSuite,
  reviseReply,
} from '../support/conversations-eval.js';
import { scratch, writeDocument } from '../support/demo-eval.js';

type Row = { [column: string]: Json };

const space = scratch();
let server: ChatServer;
const cli = (...args: string[]): Promise<CliResult> =>
  runCli(args, { cwd: space.root, env: { EVALRUN_TEST_URL: server.baseUrl } });

const read = async (...parts: string[]): Promise<Row[]> =>
  (await readTable(parts.at(-1)!, readFileSync(space.file(...parts)))).rows;

async function exported(...flags: string[]): Promise<Row> {
  const result = await cli('export', 'run', '--json', ...flags);
  expect([result.code, result.stderr]).toEqual([0, '']);
  return jsonLines(result)[0] as Row;
}

async function readAll(folder: string): Promise<Row[]> {
  const names = readdirSync(space.file(folder)).filter((name) => !['README.md', 'dpo.yaml'].includes(name));
  return (await Promise.all(names.sort().map((name) => read(folder, name)))).flat();
}

beforeAll(async () => {
  server = await startChatServer(reviseReply);
  writeDocument(space.file('suite.yaml'), heldOutSuite);
  writeDocument(space.file('run.yaml'), conversationsConfig());
  const run = await cli('run.yaml', '--out', 'run', '--quiet');
  expect([run.code, run.stdout]).toEqual([0, '']);
});
afterAll(async () => {
  await server.close();
  space.remove();
});

const cells = entityPairs * dialoguesEach;
/** What the eval of the test plants. */
const filtered = {
  turns: { 'roles do not alternate': 1, 'a turn is empty': 1 },
  mention_removed: { 'the rejected text does not name it': 1, 'the chosen text still names it': 1 },
  edit_distance: { 'too many words were changed': 2 },
  similarity: {},
  length: {},
  near_duplicates: { 'nearly the same as an earlier pair': 1 },
  held_out: { 'item.pink is an entity of the evaluation': 3 },
  score: { 'the score of bad is another': 1 },
};
const leftOut = { refused: 1, 'a reply was cut': 1, 'the chosen text is empty or missing': 1 };

test('every cell is a pair, or is counted by why it is none, or by the first filter that left it out', async () => {
  const summary = await exported('--format', 'pairs', '--out', 'all.jsonl', '--rejected', 'left.jsonl');
  const dropped = Object.values(filtered).flatMap((reasons) => Object.values(reasons));
  const kept = cells - 3 - dropped.reduce((all, one) => all + one, 0);
  expect(summary).toMatchObject({ cells, pairs: cells - 3, kept, checked: kept, leftOut, filtered, verdicts: {} });
  const left = await read('left.jsonl');
  const counted: { [filter: string]: { [reason: string]: number } } = {};
  for (const { filter, reason } of left as { filter: string; reason: string }[]) {
    counted[filter] ??= {};
    counted[filter][reason] = (counted[filter][reason] ?? 0) + 1;
  }
  expect(counted).toEqual(
    Object.fromEntries(Object.entries(filtered).filter(([, one]) => Object.keys(one).length > 0)),
  );
  expect(left.find(({ item }) => item === 'd15')).toMatchObject({ chosen: expect.stringContaining('Pinkfix') });
  expect(left.filter(({ filter }) => filter === 'near_duplicates')).toEqual([
    expect.objectContaining({ item: expect.stringMatching(/^d(9|10)$/) }),
  ]);
});

test('trl, openai and pairs hold the same conversations; nothing is lost on the way', async () => {
  await exported('--format', 'trl', '--out', 'trl');
  await exported('--format', 'openai', '--out', 'openai');
  for (const type of ['jsonl', 'parquet', 'csv'])
    await exported('--format', 'pairs', '--out', type, '--file-type', type);
  const trl = await readAll('trl');
  const openai = await readAll('openai');
  const pairs = await readAll('jsonl');
  expect(trl.map((row) => trlRowFault(row as JsonObject))).toEqual(trl.map(() => null));
  expect(openai.map((row) => openaiRowFault(row as JsonObject))).toEqual(openai.map(() => null));
  expect(trl).toHaveLength(pairs.length);
  for (const row of trl) {
    const [system, ...turns] = row.prompt as { role: string; content: string }[];
    expect(system).toEqual({ role: 'system', content: expect.stringMatching(/^Sprich nicht über Pink\wix\.$/) });
    expect(turns.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    const same = pairs.find(({ pair }) => pair === row.pair)!;
    expect(JSON.parse(same.prompt as string)).toEqual(turns);
    expect(row.chosen).toEqual([{ role: 'assistant', content: same.chosen }]);
    expect(same).toMatchObject({
      group: row.group!,
      model_rejected: null,
      model_chosen: 'mock: mock',
      filters: 'turns, mention_removed, edit_distance, similarity, length, near_duplicates, held_out, score',
    });
    expect(row).not.toHaveProperty('preferred');
  }
  expect(openai.map(({ input }) => (input as JsonObject).messages)).toEqual(trl.map(({ prompt }) => prompt));
  for (const type of ['parquet', 'csv'])
    expect(await readAll(type)).toEqual(
      pairs.map((row) =>
        expect.objectContaining({ pair: row.pair, prompt: row.prompt, chosen: row.chosen, domain: row.domain }),
      ),
    );
});

test('all pairs of one entity pair are in one split, in every file', async () => {
  await exported('--format', 'pairs', '--out', 'split');
  const places = new Map<Json, Json>();
  for (const row of await readAll('split')) {
    expect(places.get(row.group!) ?? row.split).toBe(row.split);
    places.set(row.group!, row.split!);
    expect(['train', 'validation', 'test']).toContain(row.split);
  }
  expect(new Set(places.values()).size).toBe(3);
});

test('the card has the filters with options and counts, and the splits with entities and domains', async () => {
  await exported('--format', 'trl', '--out', 'carded');
  const card = readFileSync(space.file('carded', 'README.md'), 'utf8');
  expect(card).toContain(
    '| `mention_removed` | the rejected text names the entity, the chosen one does not | entity: item.pink, other: item.grey, language: de | 2 |',
  );
  expect(card).toContain(
    '| `held_out` | no entity of the evaluation | entities: suite.yaml, split: held_out, fields: item.pink, item.grey, names: 1 | 3 |',
  );
  expect(card).toContain('| `turns` | roles do not alternate | 1 |');
  expect(card).toContain('| split | pairs | values of `item.pair` | entities | domains |');
  expect(card).toMatch(/\| `train` \| \d+ \| \d+ \| \d+ \| 2 \|/);
  expect(card).toContain('about 20% of the values in `validation`, 20% in `test`');
  expect(card).not.toMatch(/persona|undefined|NaN/i);
});

test('the terminal lists the filters in their order, also those that left out nothing', async () => {
  const { code, stdout } = await cli('export', 'run', '--format', 'trl', '--out', 'told');
  expect(code).toBe(0);
  expect(stdout).toContain('Pairs left out, by the first filter that did');
  expect(stdout).toMatch(/ 0 {2}similarity\n/);
  expect(stdout.indexOf('turns')).toBeLessThan(stdout.indexOf('held_out'));
  expect(stdout).toMatch(/train, \d+ groups, \d+ entities, 2 domains/);
  expect(stdout).not.toContain('Verdicts');
});

test('the same run and flags give the same bytes', async () => {
  for (const folder of ['one', 'two'])
    await exported('--format', 'trl', '--out', folder, '--rejected', `${folder}.csv`);
  // dpo.yaml names its folder.
  const content = (folder: string, name: string) =>
    readFileSync(space.file(folder, name), 'latin1').replaceAll(`../${folder}`, '../folder');
  for (const name of readdirSync(space.file('one'))) expect(content('two', name)).toBe(content('one', name));
  expect(readFileSync(space.file('one.csv'), 'utf8')).toBe(readFileSync(space.file('two.csv'), 'utf8'));
});

describe('what cannot be exported', () => {
  const problem = async (...args: string[]): Promise<Row> => {
    const result = await cli('export', ...args, '--json');
    expect(result.code).toBe(2);
    return jsonLines(result).find(({ type }) => type === 'problem') as Row;
  };

  test('a file over the limit: named with its size and the limit; nothing is left', async () => {
    const found = await problem(
      'run',
      '--format',
      'openai',
      '--out',
      'large',
      '--max-bytes',
      '2000',
      '--rejected',
      'large.jsonl',
    );
    expect(found).toMatchObject({ code: 'FILE_TOO_LARGE', hint: expect.stringContaining('--max-bytes') });
    expect(found.message).toMatch(/train\.jsonl would have \d{4,} bytes .* takes 2000 /);
    expect(readdirSync(space.file('large'))).toEqual([]);
    expect(existsSync(space.file('large.jsonl'))).toBe(false);
  });

  test.each([
    ['a choice by a judge that is not there', ['--format', 'trl', '--keep', 'preferred']],
    ['a conversation in the columns of questions', ['--format', 'persona']],
    ['splits by persona beside splits by a field', ['--format', 'trl', '--unseen', '0.2']],
    ['a limit where there is none', ['--format', 'trl', '--max-bytes', '2000']],
    ['a file of rejected pairs for rows', ['--rejected', 'x.jsonl']],
    [
      'rejected pairs in a file of those that are kept',
      ['--format', 'trl', '--out', 'one', '--rejected', 'one/test.jsonl'],
    ],
    ['both in one file', ['--format', 'pairs', '--out', 'one.jsonl', '--rejected', './one.jsonl']],
  ])('%s', async (_name, flags) => {
    expect(await problem('run', ...flags)).toMatchObject({ code: 'BAD_FLAG' });
  });

  test('a file of rejected pairs with a name that is no table’s', async () => {
    expect(await problem('run', '--format', 'trl', '--rejected', 'left.txt')).toMatchObject({ code: 'BAD_TABLE' });
  });
});

test('without the filter of turns such conversations are problems, each with its place', async () => {
  writeDocument(space.file('unfiltered.yaml'), conversationsConfig({ pairs: { filters: [] } }));
  const { code, stdout } = await cli('check', 'unfiltered.yaml', '--json');
  const problems = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
  expect(code).toBe(2);
  expect(problems.filter(({ type }) => type === 'problem').map(({ code }) => code)).toEqual(['TURNS_ORDER']);
});
