import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { Attributes } from '../../../src/kinds/personas/census/condition.js';
import { brokenRule, readRules } from '../../../src/kinds/personas/census/rules.js';
import { parseYaml } from '../../../src/lib/yaml-source.js';
import { startCli } from '../../support/cli.js';
import { repoRoot, sharedText } from '../../support/shared-personas.js';

const out = mkdtempSync(path.join(tmpdir(), 'evalrun-persona-writing-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

test('the people that a model completes have no psychographics, and break no rule', () => {
  const file = path.join(repoRoot, 'evals/persona-writing/people.yaml');
  const { people } = parseYaml(file, readFileSync(file, 'utf8')).value as { people: { attributes: Attributes }[] };
  const rules = readRules(sharedText('rules.yaml'));
  for (const { attributes } of people) {
    expect(Object.keys(attributes)).toHaveLength(25);
    expect(brokenRule(rules, attributes)).toBeNull();
  }
});

test('persona-writing runs offline: every person is written in both arms, and checked', async () => {
  const config = path.join(repoRoot, 'configs/persona-writing.yaml');
  const { code, stderr } = await startCli([config, '--out', out, '--json'], { cwd: out }).ended;
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  const written = await startCli(['export', out, '--format', 'transcripts'], { cwd: out }).ended;
  const cells = written.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(cells).toHaveLength(24);
  const answered = cells.filter(({ outcome }) => outcome.kind === 'answered');
  expect(answered.length).toBeGreaterThanOrEqual(22);
  for (const { steps, scores } of answered) {
    const reply = JSON.parse(/\{[\s\S]*\}/.exec(steps[0].reply)![0]);
    expect(Object.keys(reply)).toHaveLength(8);
    expect(steps[0].messages.at(-1).content).toContain('marital status: ');
    expect(['scored', 'unscored']).toContain(scores[0].score.kind);
  }
}, 60_000);
