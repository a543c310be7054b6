import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { registry } from '../../src/registry.js';
import { checkFile } from '../../src/stages/load/check-file.js';
import { readTable } from '../../src/tables/read-table.js';
import { depsOf, diskDeps, loadConfig, problemsOf, root } from '../stages/load/load-files.js';

const onDisk = diskDeps({ registry });
const folder = join(root, 'evals/prompt-filter');

describe('the filter of prompts', () => {
  test('has forty labelled prompts of its own, half of each label', async () => {
    const { config, sources } = await loadConfig('configs/prompt-filter.yaml', onDisk);
    const { items } = config.eval.items;
    expect(items).toHaveLength(40);
    expect(items.filter(({ label }) => label === '1')).toHaveLength(20);
    expect(items.filter(({ label }) => label === '0')).toHaveLength(20);
    expect(new Set(items.map(({ text }) => String(text).toLowerCase())).size).toBe(40);
    expect([...sources.keys()]).toContain('evals/prompt-filter/sample.csv');
  });

  test('gives no label away: neither the model nor the judge sees it', async () => {
    const { config } = await loadConfig('configs/prompt-filter.yaml', onDisk);
    const [grader] = config.eval.graders;
    expect(JSON.stringify([config.eval.steps, grader])).not.toMatch(/item\.(label|kind|id)/);
    expect(grader).toMatchObject({ kind: 'judge', options: { verdicts: { disagree: 1, agree: 0 } } });
  });

  test('takes any list without labels, as its README shows', async () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    const [, example] = /```yaml\n(eval: [\s\S]+?)```/.exec(readme)!;
    const files: Record<string, string> = {
      '/w/mine/filter.yaml': example!.replace('../evals/prompt-filter', folder),
      '/w/data/opening_prompts.csv': 'conversation_id,user_id,opening_prompt\nc1,u1,Is it wrong to eat meat?\n',
    };
    const inMemory = depsOf(files);
    const deps = { ...onDisk, read: (path: string) => (path in files ? inMemory.read(path) : onDisk.read(path)) };
    expect((await problemsOf(checkFile('/w/mine/filter.yaml', deps))).map(String)).toEqual([]);
  });

  test('is labelled in the table as its README says', async () => {
    const { columns, rows } = await readTable('sample.csv', readFileSync(join(folder, 'sample.csv')));
    expect(columns).toEqual(['id', 'prompt', 'kind', 'label']);
    const kinds = Map.groupBy(rows, ({ kind }) => kind);
    for (const list of kinds.values()) expect(new Set(list.map(({ label }) => label)).size).toBe(1);
  });
});
