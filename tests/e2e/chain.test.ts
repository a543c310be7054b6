import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { RecordReader } from '../../src/store/record-reader.js';
import { type JsonRecord, runCli, startCli } from '../support/cli.js';

const scratch = mkdtempSync(path.join(tmpdir(), 'evalrun-chain-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const FIRST = `eval: first
title: Lists of words
items: [{id: a, word: tea}, {id: b, word: ink}, {id: c, word: TEA}]
arms: {plain: {}}
steps:
  - {id: said, messages: [{user: "Say something about {{ item.word }}."}]}
graders: [{id: long, kind: matches, of: said, regex: "."}]
metrics: [{id: long_rate, kind: rate, of: long, better: none}]
`;
const SECOND = `eval: second
title: Answers to them
items:
  run: first
  item: {word: item.word, text: steps.said.text, long: scores.long}
  where: {long: [1]}
  unique: [word]
arms: {plain: {}}
steps:
  - {id: again, messages: [{user: "Repeat for {{ item.word }}: {{ item.text }} ({{ item.long }}, {{ item.from }})"}]}
graders: [{id: tea, kind: matches, of: again, contains: e}]
metrics: [{id: tea_rate, kind: rate, of: tea, better: none}]
`;
const CHAIN = `chain: both
providers: [simulated]
reports: [json]
stages:
  one: {run: first.yaml, repeats: 2}
  two: {run: second.yaml}
`;

/** A folder with the three documents, some of them changed. */
function project(name: string, files: { [file: string]: string } = {}): string {
  const folder = path.join(scratch, name);
  mkdirSync(folder);
  const all = { 'first.yaml': FIRST, 'second.yaml': SECOND, 'chain.yaml': CHAIN, ...files };
  for (const [file, text] of Object.entries(all)) writeFileSync(path.join(folder, file), text);
  return folder;
}

const records = (stdout: string): JsonRecord[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonRecord);
const frozenItems = (folder: string) =>
  (JSON.parse(readFileSync(path.join(folder, 'plan.json'), 'utf8')) as { matrix: { eval: { items: never } } }).matrix
    .eval.items as { items: { [key: string]: unknown }[]; source: string };

describe('a chain', () => {
  test('stages in the wrong order, and exports that nothing could be written for, are found before anything runs', async () => {
    const turned = `chain: both
providers: [simulated]
stages:
  two: {run: second.yaml}
  one: {run: first.yaml}
exports:
  - {stage: one, format: trl}
  - {stage: three, format: pairs}
`;
    const pairs = `${SECOND}pairs: {prompt: item.talk, rejected: item.text, chosen: again}\n`;
    const exports = `${CHAIN}exports:
  - {stage: two, format: openai, fileType: csv}
  - {stage: two, format: pairs}
  - {stage: two, format: pairs, fileType: csv}
  - {stage: two, format: trl, keep: preferred}
  - {stage: two, format: persona}
`;
    const cwd = project('wrong', { 'turned.yaml': turned });
    const ordered = await runCli(['check', 'turned.yaml', '--json'], { cwd });
    const found = (stdout: string) =>
      records(stdout).flatMap(({ code, file, line, column }) => (code ? [`${file}:${line}:${column} ${code}`] : []));
    expect([ordered.code, found(ordered.stdout)]).toEqual([
      2,
      ['turned.yaml:7:13 NO_PAIRS', 'turned.yaml:8:13 UNKNOWN_STAGE', 'second.yaml:4:8 NO_SOURCE_RUN'],
    ]);
    const other = project('exports', { 'chain.yaml': exports, 'second.yaml': pairs });
    const written = await runCli(['check', 'chain.yaml', '--json'], { cwd: other });
    expect([written.code, found(written.stdout)]).toEqual([
      2,
      [
        'chain.yaml:8:44 BAD_OPTIONS',
        'chain.yaml:10:26 DUPLICATE_ID',
        'chain.yaml:11:37 BAD_OPTIONS',
        'chain.yaml:12:26 BAD_OPTIONS',
      ],
    ]);
  });

  test('makes the items of a stage from the run of an earlier one', async () => {
    const cwd = project('items');
    const { code, stderr } = await runCli(['chain.yaml', '--out', 'runs'], { cwd });
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const { items, source } = frozenItems(path.join(cwd, 'runs/two'));
    expect(items.map(({ id, word, long }) => ({ id, word, long }))).toEqual([
      { id: 'a-1', word: 'tea', long: 1 },
      { id: 'b-1', word: 'ink', long: 1 },
    ]);
    for (const { text, from } of items) {
      expect(typeof text).toBe('string');
      expect(from).toMatch(/^[0-9a-f]{12}\/\d+$/);
    }
    expect(source).toMatch(/^2 items of run [0-9a-f]{12} of first; left out: 4 \(the same word\)$/);
  });

  test('passes over what is complete, and runs one stage alone', async () => {
    const cwd = project('resume');
    const first = await runCli(['chain.yaml', '--stage', 'two'], { cwd });
    expect(first).toMatchObject({ code: 2, stderr: expect.stringContaining('STAGE_WAITS') });
    expect((await runCli(['chain.yaml', '--stage', 'one', '--json'], { cwd })).code).toBe(0);
    const all = await runCli(['chain.yaml', '--json'], { cwd });
    const done = records(all.stdout).filter(({ type }) => type === 'done');
    expect(done.map(({ calls }) => (calls as { sent: number }).sent)).toEqual([0, 2]);
    const again = await runCli(['chain.yaml', '--json'], { cwd });
    expect(
      records(again.stdout)
        .filter(({ type }) => type === 'done')
        .map(({ calls }) => (calls as { sent: number }).sent),
    ).toEqual([0, 0]);
  });

  test('is planned as far as it is known', async () => {
    const cwd = project('plan');
    const before = records((await runCli(['plan', 'chain.yaml', '--json'], { cwd })).stdout);
    expect(before.map(({ type }) => type)).toEqual(['plan', 'waiting']);
    await runCli(['chain.yaml', '--stage', 'one'], { cwd });
    const after = records((await runCli(['plan', 'chain.yaml', '--json'], { cwd })).stdout);
    expect(after.map(({ type, cells }) => [type, cells])).toEqual([
      ['plan', 6],
      ['plan', 2],
    ]);
  });

  test('stops at a stage that misses a gate', async () => {
    const gate = 'gates: [{metric: long_rate, value: {below: 0.5}}]';
    const cwd = project('gate', { 'chain.yaml': CHAIN.replace('repeats: 2', gate) });
    const { code, stdout } = await runCli(['chain.yaml', '--json'], { cwd });
    expect(code).toBe(4);
    expect(records(stdout).filter(({ type }) => type === 'done')).toHaveLength(1);
  });

  test('goes on where it was killed, without asking anything twice', async () => {
    const slow = '{provider: slow, kind: simulated, latency: {medianMs: 40, logSd: 0}, limits: {concurrency: 2}}';
    const items = Array.from({ length: 40 }, (_, i) => `{id: i${i}, word: word ${i}}`).join(', ');
    const cwd = project('killed', {
      'first.yaml': FIRST.replace(/items: .*/, `items: [${items}]`),
      'chain.yaml': CHAIN.replace('[simulated]', `[${slow}]`).replace(', repeats: 2', ''),
    });
    expect((await runCli(['chain.yaml', '--stage', 'one'], { cwd })).code).toBe(0);
    const cli = startCli(['chain.yaml', '--out', 'runs'], { cwd });
    await cli.says('stage two');
    await sleep(400);
    cli.process.kill('SIGKILL');
    expect((await cli.ended).signal).toBe('SIGKILL');
    const record = new RecordReader(path.join(cwd, 'runs/two/record.ndjson.zst'));
    const before = [...record.replies()].length;
    record.close();
    expect(before).toBeGreaterThan(0);
    const { code, stdout } = await runCli(['chain.yaml', '--out', 'runs', '--json'], { cwd });
    expect(code).toBe(0);
    const [one, two] = records(stdout).filter(({ type }) => type === 'done');
    expect(one!.calls).toMatchObject({ sent: 0 });
    expect(two!.calls).toMatchObject({ sent: 40 - before });
  });
});

describe('mistakes in a chain, and in items from a run', () => {
  const problems = async (name: string, files: { [file: string]: string }, ...args: string[]) => {
    const { code, stderr } = await runCli(['chain.yaml', ...args], { cwd: project(name, files) });
    return {
      code,
      found: [...stderr.matchAll(/^(\S+:\d+:\d+) {2}([A-Z_]+)/gm)].map(([, at, what]) => `${at} ${what}`),
    };
  };

  test('stages, roles and exports are checked before anything runs', async () => {
    const chain = `${CHAIN}roles: {jugde: simulated}\nexports: [{stage: tow, format: trl}]\n`.replace(
      'two: {',
      'two: {sampl: 1, ',
    );
    expect(await problems('keys', { 'chain.yaml': chain })).toEqual({
      code: 2,
      found: ['chain.yaml:6:9 UNKNOWN_KEY', 'chain.yaml:7:9 UNKNOWN_ROLE', 'chain.yaml:8:19 UNKNOWN_STAGE'],
    });
  });

  test('paths into a run are checked once it is there', async () => {
    const second = SECOND.replace('steps.said.text', 'steps.sad.text')
      .replace('{long: [1]}', '{lnog: [1]}')
      .replace('[word]', '[wrod]');
    expect(await problems('paths', { 'second.yaml': second })).toEqual({
      code: 2,
      found: ['second.yaml:5:33 UNKNOWN_STEP', 'second.yaml:6:11 UNKNOWN_GRADER', 'second.yaml:7:12 UNKNOWN_KEY'],
    });
    const none = SECOND.replace('{long: [1]}', '{long: [0]}');
    expect(await problems('none', { 'second.yaml': none })).toEqual({
      code: 2,
      found: ['second.yaml:4:8 EMPTY_DOCUMENT'],
    });
  });

  test('a run that is not there, and keys that do not go with a list', async () => {
    expect(await problems('absent', { 'second.yaml': SECOND.replace('run: first', 'run: frist') })).toEqual({
      code: 2,
      found: ['second.yaml:4:8 NO_SOURCE_RUN'],
    });
    const list = FIRST.replace(/items: (.*)/, 'items: {items: $1, each: steps.x.y}');
    expect(await problems('list', { 'first.yaml': list })).toMatchObject({ found: ['first.yaml:3:78 BAD_OPTIONS'] });
  });

  test('--stage and --limit', async () => {
    const cwd = project('flags');
    expect((await runCli(['chain.yaml', '--stage', 'tow'], { cwd })).stderr).toContain('UNKNOWN_STAGE');
    expect((await runCli(['chain.yaml', '--limit', '3'], { cwd })).stderr).toContain('stages.one.sample.cells=3');
    writeFileSync(path.join(cwd, 'c.yaml'), 'run: first.yaml\nproviders: [simulated]\n');
    expect(await runCli(['c.yaml', '--stage', 'one'], { cwd })).toMatchObject({ code: 2 });
  });
});
