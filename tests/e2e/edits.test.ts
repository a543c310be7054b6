import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runCli } from '../support/cli.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), 'evalrun-edits-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const config = 'configs/persona-feedback.yaml';
const sample = ['--set', 'sample={items: 12, personas: 12, perPersona: 4}'];
const people = 'evals/persona/populations/us-1586.jsonl';

type Line = { [key: string]: never };
const lastLine = (stdout: string): Line => JSON.parse(stdout.trim().split('\n').at(-1)!) as Line;

/** A project of its own with the feedback eval, edited by the author. */
function project(name: string, edits: { [file: string]: (text: string) => string }): string {
  const folder = path.join(scratch, name);
  mkdirSync(folder);
  for (const part of ['configs', 'providers', 'evals/persona', 'evals/persona-feedback'])
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  for (const [file, edit] of Object.entries(edits)) {
    const before = readFileSync(path.join(folder, file), 'utf8');
    const after = edit(before);
    expect(after).not.toBe(before);
    writeFileSync(path.join(folder, file), after);
  }
  return folder;
}

/** New calls by step as the plan foretells them, and the calls that the run then makes. */
async function planAndRun(folder: string, earlier: string) {
  const draw = ['--reuse-from', earlier];
  const plan = await runCli(['plan', config, ...sample, ...draw, '--json'], { cwd: folder });
  expect(plan.code).toBe(0);
  const { calls: rows } = lastLine(plan.stdout) as unknown as {
    calls: { step: string; unique: number; known: number }[];
  };
  const run = await runCli(['run', config, ...sample, ...draw, '--json', '--out', 'run'], { cwd: folder });
  expect(run.code).toBe(0);
  const { calls } = lastLine(run.stdout) as unknown as { calls: { sent: number; reused: number } };
  return { news: Object.fromEntries(rows.map((row) => [row.step, row.unique - row.known])), calls };
}

const total = (news: { [step: string]: number }) => Object.values(news).reduce((sum, count) => sum + count, 0);

describe('an author changes one thing: the plan says which calls are new, and the run makes exactly those', () => {
  let first = '';
  let asked: { item: string; persona: string } = { item: '', persona: '' };

  beforeAll(async () => {
    const folder = project('first', {});
    first = path.join(folder, 'run');
    const { code } = await runCli(['run', config, ...sample, '--json', '--no-reuse', '--out', 'run'], { cwd: folder });
    expect(code).toBe(0);
    const { stdout } = await runCli(['export', first, '--format', 'rows'], { cwd: folder });
    asked = JSON.parse(stdout.slice(0, stdout.indexOf('\n'))) as typeof asked;
  });

  test('nothing: no call', async () => {
    const { news, calls } = await planAndRun(project('same', {}), first);
    expect([total(news), calls.sent]).toEqual([0, 0]);
  });

  test('one attribute of one persona: its critiques and revisions, and judgements that show it', async () => {
    const edit = (text: string) =>
      text
        .split('\n')
        .map((line) => {
          if (!line.startsWith(`{"id":"${asked.persona}"`)) return line;
          const person = JSON.parse(line) as { attributes: { religion: string } };
          person.attributes.religion = 'Zoroastrian';
          return JSON.stringify(person);
        })
        .join('\n');
    const { news, calls } = await planAndRun(project('persona', { [people]: edit }), first);
    expect(news).toMatchObject({ base: 0, critique: 4, revision: 4, prefers: 8, prefers_none: 8 });
    // Its own pairs are judged for others anew, and so is it where it stands for the other person.
    expect(news.prefers_other).toBeGreaterThanOrEqual(8);
    expect(calls.sent).toBe(total(news));
  });

  test('one prompt: everything that is asked about it, its base answer once', async () => {
    const edit = (text: string) => {
      const at = text.indexOf('text: ', text.indexOf(`- id: ${asked.item}\n`)) + 'text: '.length;
      const end = text.indexOf('\n', at);
      return `${text.slice(0, end).replace(/([.?!]["']?)$/, ', all told$1')}${text.slice(end)}`;
    };
    const { news, calls } = await planAndRun(project('prompt', { 'evals/persona/prompts.yaml': edit }), first);
    expect(news).toEqual({ base: 1, critique: 4, revision: 4, prefers: 8, prefers_other: 8, prefers_none: 8 });
    expect(calls.sent).toBe(33);
  });

  test('one rubric: the judgements made by it, and no answer', async () => {
    const edit = (text: string) => text.replace('Length, style', 'Length and style');
    const rubric = { 'evals/persona-feedback/rubrics/preference.yaml': edit };
    const { news, calls } = await planAndRun(project('rubric', rubric), first);
    expect(news).toEqual({ base: 0, critique: 0, revision: 0, prefers: 96, prefers_other: 96, prefers_none: 0 });
    expect(calls.sent).toBe(192);
  });
});
