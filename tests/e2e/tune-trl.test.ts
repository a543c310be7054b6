import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { parseYaml } from '../../src/lib/yaml-source.js';
import { type CliResult, jsonLines, runCli } from '../support/cli.js';
import { demoEval, scratch, writeDocument } from '../support/demo-eval.js';
import { pairLines, trlPair, writePairs } from '../support/preference-pairs.js';

let space: ReturnType<typeof scratch>;
beforeEach(() => {
  space?.remove();
  space = scratch();
  writePairs(space.file('pairs'), {
    'train.jsonl': pairLines(5, trlPair),
    'validation.jsonl': pairLines(2, trlPair),
    'unseen_personas.jsonl': pairLines(2, trlPair),
  });
  write();
});
afterAll(() => space.remove());

const write = (more: object = {}): void => {
  writeDocument(space.file('tune.yaml'), {
    tune: 'calmer',
    kind: 'trl',
    pairs: 'pairs',
    base: 'vllm',
    model: 'some/model',
    provider: 'providers/calmer.yaml',
    seed: 7,
    hyperparameters: { beta: 0.2, learningRate: 5e-7 },
    ...more,
  });
};
const tune = (...args: string[]): Promise<CliResult> => runCli(['tune', 'tune.yaml', ...args], { cwd: space.root });
const text = (...parts: string[]): string => readFileSync(space.file(...parts), 'utf8');
const yaml = (...parts: string[]): unknown => parseYaml(parts.at(-1)!, text(...parts)).value;

test('the folder has data, config and commands; the provider serves in a config; the same again is the same', async () => {
  const result = await tune('--out', 'out');
  expect(result).toMatchObject({ code: 0 });
  expect(result.stdout).toContain('train: cd out && trl dpo --config dpo.yaml\n');
  expect(readdirSync(space.file('out')).sort()).toEqual(['README.md', 'data', 'dpo.yaml']);
  expect(readdirSync(space.file('out', 'data')).sort()).toEqual(['train.jsonl', 'validation.jsonl']);
  const rows = text('out', 'data', 'train.jsonl').trimEnd().split('\n');
  expect(rows.map((row) => JSON.parse(row))).toEqual(
    Array.from({ length: 5 }, (_unused, index) => {
      const { pair: _, ...row } = trlPair(index) as { [key: string]: unknown };
      return row;
    }),
  );
  expect(yaml('out', 'dpo.yaml')).toEqual({
    model_name_or_path: 'some/model',
    dataset_name: 'data',
    dataset_train_split: 'train',
    dataset_test_split: 'validation',
    eval_strategy: 'epoch',
    output_dir: 'model',
    beta: 0.2,
    learning_rate: 5e-7,
    seed: 7,
    report_to: 'none',
  });
  expect(text('out', 'README.md')).toContain('vllm serve ./model --served-model-name calmer');
  expect(yaml('providers', 'calmer.yaml')).toMatchObject({ provider: 'calmer', kind: 'openai', model: 'calmer' });
  writeDocument(space.file('run.yaml'), { run: demoEval(), providers: ['vllm', 'calmer'] });
  const checked = await runCli(['check', 'run.yaml'], { cwd: space.root });
  expect([checked.code, checked.stderr]).toEqual([0, '']);

  const before = ['dpo.yaml', 'README.md', 'data/train.jsonl'].map((name) => text('out', name));
  expect((await tune('--out', 'out', '--quiet')).code).toBe(0);
  expect(['dpo.yaml', 'README.md', 'data/train.jsonl'].map((name) => text('out', name))).toEqual(before);
});

test('an adapter: how it is trained and served; one file of pairs has no validation', async () => {
  write({ lora: { rank: 20, alpha: 40 }, pairs: 'pairs/train.jsonl' });
  const result = await tune('--json');
  expect(result.code).toBe(0);
  expect(jsonLines(result).at(-1)).toMatchObject({ type: 'done', status: 'written', model: 'calmer', exitCode: 0 });
  const folder = ['reports', 'tune', 'calmer'];
  expect(yaml(...folder, 'dpo.yaml')).toMatchObject({ use_peft: true, lora_r: 20, lora_alpha: 40 });
  expect(yaml(...folder, 'dpo.yaml')).not.toHaveProperty('eval_strategy');
  expect(existsSync(space.file(...folder, 'data', 'validation.jsonl'))).toBe(false);
  expect(text(...folder, 'README.md')).toContain(
    'vllm serve some/model --enable-lora --max-lora-rank 32 --lora-modules calmer=./model',
  );
});

test('bad pairs are named by line, and nothing is written; nor over files of somebody else', async () => {
  writeFileSync(space.file('pairs', 'train.jsonl'), `${pairLines(2, trlPair)}{"prompt": []}\n`);
  const bad = await tune('--out', 'out');
  expect([bad.code, existsSync(space.file('out'))]).toEqual([2, false]);
  expect(bad.stderr).toContain('pairs/train.jsonl:3:1  BAD_PAIRS');
  writePairs(space.file('pairs'), { 'train.jsonl': pairLines(2, trlPair) });
  writePairs(space.file('out'), { 'README.md': '# mine\n' });
  const taken = await tune('--out', 'out', '--json');
  expect([taken.code, jsonLines(taken).at(-1)!.code]).toEqual([2, 'FILE_EXISTS']);
  expect(readdirSync(space.file('out'))).toEqual(['README.md']);
});

test('there is no job to cancel', async () => {
  const result = await tune('--cancel', '--json');
  expect([result.code, jsonLines(result)[0]!.code]).toEqual([2, 'BAD_FLAG']);
});
