import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { main } from '../../src/cli.js';
import type { TruthRow } from '../../src/commands/truth.js';
import type { Report } from '../../src/contract/report.js';
import { registry } from '../../src/registry.js';
import { diskDeps, loadConfig } from '../stages/load/load-files.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), 'evalrun-opinions-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs the program in this process; what it prints to stdout. */
async function evalrun(...argv: string[]): Promise<string> {
  let out = '';
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(((text: string) => {
      out += text;
      return true;
    }) as never),
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true),
  ];
  try {
    expect(await main(argv)).toBe(0);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return out;
}

type Shares = { [label: string]: number };

describe('the questions', () => {
  test('are 64 of eight topics, with ordered options and shares of their labels everywhere', async () => {
    const { config } = await loadConfig('configs/opinions.yaml', diskDeps({ registry }));
    const { items } = config.eval.items;
    expect(items).toHaveLength(64);
    const topics = new Map<unknown, number>();
    for (const item of items) {
      topics.set(item.topic, (topics.get(item.topic) ?? 0) + 1);
      expect(item.planted).toBe(true);
      const labels = Object.keys(item.options as object);
      expect([4, 5]).toContain(labels.length);
      const by = item.shares_by as { [attribute: string]: { [group: string]: Shares } };
      for (const shares of [item.shares as Shares, ...Object.values(by).flatMap((groups) => Object.values(groups))]) {
        expect(Object.keys(shares)).toEqual(labels);
        expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      }
      // The population is its areas, by their weights.
      for (const label of labels) {
        const people = config.eval.personas!.people;
        const mixed = people.reduce((sum, { id, weight }) => sum + weight! * by.area![id]![label]!, 0);
        expect(Math.abs(mixed - (item.shares as Shares)[label]!)).toBeLessThan(0.003);
      }
    }
    expect([...topics.values()]).toEqual(new Array(8).fill(8));
  });
});

describe('the planted shares come back', () => {
  const folder = path.join(scratch, 'run');
  let rows: TruthRow[] = [];

  beforeAll(async () => {
    await evalrun('run', path.join(root, 'configs/opinions.yaml'), '--out', folder, '--no-reuse', '--json');
    const out = await evalrun('truth', folder, '--json', '--level', '0.999');
    rows = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as TruthRow)
      // Differences of whole slices have no planted value.
      .filter(({ contrast }) => contrast === undefined);
  });

  test('in the 99.9 % interval of every metric and arm', () => {
    expect(rows).toHaveLength(10);
    expect(rows.filter(({ inside }) => inside !== true)).toEqual([]);
  });

  test('narrow intervals would miss them', async () => {
    const out = await evalrun('truth', folder, '--json', '--level', '0.01');
    const narrow = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as TruthRow);
    expect(narrow.filter(({ inside }) => inside === true).length).toBeLessThan(5);
  });

  test('giving the area brings the answers nearer to it: the contrast finds what is planted', () => {
    const planted = (arm: string) => rows.find((row) => row.metric === 'area_match' && row.arm === arm)!.planted!;
    const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as Report;
    const [steerability] = report.contrasts;
    expect(planted('area') - planted('base')).toBeGreaterThan(0.02);
    expect(steerability!.low!).toBeGreaterThan(0);
    expect(steerability!.low!).toBeLessThan(planted('area') - planted('base'));
    expect(steerability!.high!).toBeGreaterThan(planted('area') - planted('base'));
  });
});

describe('from logprobs', () => {
  const folder = path.join(scratch, 'logprobs');
  const again = path.join(scratch, 'again');
  type Row = TruthRow & { value: number };
  const truthOf = async (of: string): Promise<Row[]> =>
    (await evalrun('truth', of, '--json'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);

  beforeAll(async () => {
    const config = path.join(scratch, 'config.yaml');
    const text = readFileSync(path.join(root, 'configs/opinions.yaml'), 'utf8')
      .replace('../evals/opinions/eval.yaml', path.join(root, 'evals/opinions/eval.yaml'))
      .replace('    seed: 11\n', '    seed: 11\n    optionLogprobs: true\n')
      .replace('repeats: 12', 'repeats: 1')
      .replace('reports: [terminal, json, html]', 'reports: [json]');
    writeFileSync(config, text);
    await evalrun('run', config, '--out', folder, '--no-reuse', '--json');
    await evalrun('run', config, '--out', again, '--reuse-from', folder, '--json');
  });

  test('one answer a question gives the planted distances, without the noise of drawing', async () => {
    const distances = (await truthOf(folder)).filter(
      ({ metric, contrast }) =>
        contrast === undefined && ['representativeness', 'js_similarity', 'area_match'].includes(metric),
    );
    expect(distances).toHaveLength(6);
    const { estimates } = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as Report;
    for (const { metric, arm, value, planted } of distances) {
      const { method } = estimates.find((one) => one.metric === metric && one.by.arm === arm && !one.by.group)!;
      expect(method).toMatch(/\/logprobs\/missing=0\.020\/noise=0\.000\/debiased$/);
      expect(value).toBeCloseTo(planted!, 6);
    }
  });

  test('a run that takes the replies over takes the probabilities over', async () => {
    expect(await truthOf(again)).toEqual(await truthOf(folder));
  });
});
