import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Item } from '../../src/contract/prompt-suite.js';
import { findMentions } from '../../src/lib/mentions.js';
import { compileParser } from '../../src/stages/run/parse-reply.js';
import { type CliResult, jsonLines, runCli } from '../support/cli.js';
import { readReport, recordedTexts } from '../support/run-folder.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = path.join(root, 'evals/pink-elephant/dpf');
const chain = path.join(root, 'configs/pink-elephant-dpf.yaml');
const scratch = mkdtempSync(path.join(tmpdir(), 'evalrun-dpf-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const stages = ['topics', 'pairs', 'plans', 'dialogues', 'critiques', 'revisions'];
const document = (name: string) => parse(readFileSync(path.join(folder, `${name}.yaml`), 'utf8'));

test('there are at least 29 domains, all different', () => {
  const domains = (document('domains').items as { domain: string }[]).map(({ domain }) => domain);
  expect(new Set(domains).size).toBe(domains.length);
  expect(domains.length).toBeGreaterThanOrEqual(29);
});

describe('a dialogue is read only if user and assistant take turns', () => {
  const [step] = document('dialogues').steps as { parse: { json: never } }[];
  const read = compileParser({ kind: 'json', fields: step!.parse.json });
  const problem = (speakers: string) => {
    const dialogue = [...speakers].map((who) => ({ [who === 'u' ? 'user' : 'assistant']: 'Something.' }));
    return read({ text: JSON.stringify({ dialogue }), finish: 'stop', tokens: null }).parseError;
  };

  test.each(['uau', 'uauau', 'uauauau', 'uauauauau'])('%s is', (speakers) => expect(problem(speakers)).toBeUndefined());

  test.each(['', 'u', 'ua', 'uaua', 'uuu', 'uua', 'aua', 'uuau', 'uauauauauau'])('%s is not', (speakers) =>
    expect(problem(speakers)).toContain('dialogue'),
  );

  test.each([
    ['an empty turn', [{ user: 'a' }, { assistant: '' }, { user: 'b' }]],
    ['a turn with two speakers', [{ user: 'a' }, { assistant: 'b', user: 'c' }, { user: 'd' }]],
    ['a system message', [{ system: 'a' }, { assistant: 'b' }, { user: 'd' }]],
  ])('nor is one with %s', (_, dialogue) => {
    expect(read({ text: JSON.stringify({ dialogue }), finish: 'stop', tokens: null }).parseError).toContain('dialogue');
  });
});

describe('the whole chain, offline', () => {
  const out = path.join(scratch, 'out');
  const sizes = { topics: 4, pairs: 12, plans: 24, dialogues: 400 };
  const run = (): Promise<CliResult> => {
    const sets = Object.entries(sizes).flatMap(([stage, n]) => ['--set', `stages.${stage}.sample.items=${n}`]);
    const args = ['run', chain, '--out', out, '--set', 'reports=[json]', '--json', ...sets];
    return runCli(args, { cwd: scratch, timeoutMs: 240_000 });
  };
  const estimate = (stage: string, metric: string, group?: { [field: string]: string }) => {
    const found = readReport(path.join(out, stage)).estimates.find(
      (one) => one.metric === metric && JSON.stringify(one.by.group) === JSON.stringify(group),
    );
    return found!.value!;
  };
  const itemsOf = (stage: string): (Item & { [key: string]: never })[] =>
    JSON.parse(readFileSync(path.join(out, stage, 'plan.json'), 'utf8')).matrix.eval.items.items;
  let first: CliResult;

  beforeAll(async () => {
    first = await run();
  }, 300_000);

  test('goes through, and each report says how good its stage is', () => {
    expect([first.code, first.code === 0 ? '' : first.stdout]).toEqual([0, '']);
    for (const stage of stages.slice(0, 5)) expect(estimate(stage, 'well_formed_rate')).toBeGreaterThan(0.9);
    expect(estimate('plans', 'real_rate')).toBeGreaterThan(0.6);
    expect(estimate('dialogues', 'raised_rate')).toBeGreaterThan(0.93);
    expect(estimate('dialogues', 'starts_grey_rate')).toBe(1);
    expect(estimate('dialogues', 'mention_rate')).toBeGreaterThan(0.25);
    expect(estimate('critiques', 'found_rate', { 'item.mentioned': '1' })).toBeGreaterThan(0.85);
    expect(estimate('critiques', 'found_rate', { 'item.mentioned': '0' })).toBeLessThan(0.4);
    expect(estimate('revisions', 'mention_rate')).toBeLessThan(0.15);
    expect(estimate('revisions', 'grey_rate')).toBeGreaterThan(0.75);
  });

  test('takes only dialogues whose last turn is the first to name the Pink Elephant', () => {
    const items = itemsOf('critiques');
    expect(items.length).toBeGreaterThan(100);
    for (const { dialogue, pink } of items) {
      const named = (dialogue as unknown as { [who: string]: string }[]).map(
        (turn) =>
          findMentions(Object.values(turn)[0]!, { name: (pink as unknown as { name: string }).name }).length > 0,
      );
      expect(named.indexOf(true)).toBe(named.length - 1);
    }
    expect(new Set(items.map(({ pair }) => pair)).size).toBeGreaterThan(5);
  });

  test('revises three times at most, and goes on only while a reference is found', () => {
    const plan = JSON.parse(readFileSync(path.join(out, 'revisions', 'plan.json'), 'utf8'));
    expect(plan.matrix.eval.steps.map(({ id }: { id: string }) => id)).toEqual(
      [1, 2, 3].flatMap((round) => [`revision_${round}`, `check_${round}`]),
    );
    const asked = recordedTexts(path.join(out, 'revisions')).filter((text) => text.includes('"refers"')).length;
    const cells = itemsOf('revisions').length;
    expect(asked).toBeGreaterThan(cells);
    expect(asked).toBeLessThan(1.6 * cells);
  });

  test('ends in pairs whose chosen text leaves out what the rejected one names', () => {
    const pairs = path.join(out, 'revisions', 'pairs', 'trl');
    const rows = readdirSync(pairs)
      .filter((name) => name.endsWith('.jsonl'))
      .flatMap((name) => readFileSync(path.join(pairs, name), 'utf8').trim().split('\n'))
      .filter((line) => line !== '')
      .map(
        (line) =>
          JSON.parse(line) as {
            prompt: { content: string }[];
            chosen: { content: string }[];
            rejected: { content: string }[];
          },
      );
    expect(rows.length).toBeGreaterThan(40);
    for (const { prompt, chosen, rejected } of rows) {
      const name = /Do not talk about (.+)\. Talk about/.exec(prompt[0]!.content)![1]!;
      expect(chosen[0]!.content).not.toContain(name);
      expect(chosen[0]!.content).not.toBe(rejected[0]!.content);
    }
  });

  test('measures what is planted for the critics', async () => {
    for (const [stage, metric] of [
      ['plans', 'real_rate'],
      ['critiques', 'found_rate'],
    ] as const) {
      const result = await runCli(['truth', path.join(out, stage), '--json', '--level', '0.9999'], { cwd: scratch });
      const rows = jsonLines(result).filter((row) => row.metric === metric && row.group === undefined);
      expect(rows.map(({ inside }) => inside)).toEqual([true]);
    }
  });

  test('asks nothing a second time', async () => {
    const before = stages.map((stage) => recordedTexts(path.join(out, stage)).length);
    expect((await run()).code).toBe(0);
    expect(stages.map((stage) => recordedTexts(path.join(out, stage)).length)).toEqual(before);
  }, 240_000);

  test('a stage alone says which run it needs', async () => {
    const config = `run: ${path.join(folder, 'critiques.yaml')}\nproviders: [simulated]\nroles: {critic: simulated-author}\n`;
    const file = path.join(scratch, 'alone.yaml');
    writeFileSync(file, config);
    const { code, stderr } = await runCli(['run', file], { cwd: scratch });
    expect(code).toBe(2);
    expect(stderr).toContain('NO_SOURCE_RUN');
  });
});
