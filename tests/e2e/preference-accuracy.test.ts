import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { openTableWriter } from '../../src/tables/write-table.js';
import { runCli } from '../support/cli.js';
import { scratch } from '../support/demo-eval.js';
import { readReport } from '../support/run-folder.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const shipped = path.join(root, 'evals/preference-accuracy');
const space = scratch();
afterAll(() => space.remove());

interface Sample {
  [column: string]: string;
}
const sample = readFileSync(path.join(shipped, 'sample.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Sample);

async function run(config: string, out: string, ...flags: string[]) {
  const result = await runCli([config, '--out', out, '--quiet', ...flags], { cwd: space.root });
  expect([result.code, result.stdout]).toEqual([0, '']);
  const { estimates } = readReport(space.file(out));
  return (metric: string, arm: string) =>
    estimates.find((one) => one.metric === metric && one.by.arm === arm && one.by.group === undefined)!;
}

/** The persona block of every step of every cell, by arm, beside the person that the item brings along. */
async function personasShown(out: string): Promise<{ arm: string; own: string; shown: (string | undefined)[] }[]> {
  const { stdout } = await runCli(['export', out, '--format', 'transcripts'], { cwd: space.root });
  const transcripts = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return transcripts.map(({ arm, item, steps }) => ({
    arm,
    own: item.persona,
    shown: steps.map(({ messages }: { messages: { content: string }[] }) =>
      messages.map(({ content }) => /<persona>\n([\s\S]*)\n<\/persona>/.exec(content)?.[1]).find(Boolean),
    ),
  }));
}

describe('the shipped pairs', () => {
  test('there are enough of them, each with two answers of its own', () => {
    expect(sample.length).toBeGreaterThanOrEqual(24);
    for (const column of ['id', 'instruction', 'original', 'data', 'persona'])
      expect(new Set(sample.map((row) => row[column])).size).toBe(sample.length);
    for (const { original, data } of sample) expect(data).not.toBe(original);
  });

  test('the simulated judge knows them by the person, and not without', async () => {
    const estimate = await run(path.join(root, 'configs/preference-accuracy.yaml'), 'shipped');
    expect(estimate('accuracy', 'own')).toMatchObject({ n: sample.length });
    expect(estimate('accuracy', 'own').low).toBeGreaterThan(0.7);
    for (const arm of ['shuffled', 'nobody'])
      expect(Math.abs(estimate('accuracy', arm).value! - 0.5)).toBeLessThan(0.15);
    for (const { arm, own, shown } of await personasShown('shipped')) {
      expect(shown).toHaveLength(2);
      if (arm === 'own') expect(shown).toEqual([own, own]);
      else if (arm === 'nobody') expect(shown).toEqual([undefined, undefined]);
      else expect(sample.map(({ persona }) => persona).filter((persona) => persona !== own)).toContain(shown[0]);
    }
  });
});

test('a Parquet file with the released columns, no ids and several rows a person', async () => {
  const file = space.file('released.parquet');
  const columns = ['instruction', 'original', 'data', 'persona'];
  const writer = openTableWriter(
    file,
    columns.map((name) => ({ name, type: 'string' })),
  );
  const people = sample.slice(0, 4).map(({ persona }) => persona!);
  for (const [index, row] of sample.slice(0, 12).entries())
    await writer.write({ ...row, persona: people[index % people.length]! });
  await writer.close();
  const document = parse(readFileSync(path.join(shipped, 'eval.yaml'), 'utf8'));
  document.items.table = 'released.parquet';
  document.personas.path = 'released.parquet';
  writeFileSync(space.file('eval.yaml'), stringify(document));
  const config = parse(readFileSync(path.join(root, 'configs/preference-accuracy.yaml'), 'utf8'));
  writeFileSync(space.file('config.yaml'), stringify({ ...config, run: './eval.yaml', sample: { perPersona: 3 } }));
  const estimate = await run('config.yaml', 'released');
  expect(estimate('accuracy', 'own')).toMatchObject({ n: 12, clusters: { 'item.persona': 4 } });
  const shown = (await personasShown('released')).filter(({ arm }) => arm === 'shuffled');
  expect(shown).toHaveLength(12);
  for (const { own, shown: texts } of shown) {
    expect(texts[0]).not.toBe(own);
    expect(people).toContain(texts[0]);
  }
});
