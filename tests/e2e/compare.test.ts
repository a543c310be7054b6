import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CliResult, jsonLines, runCli } from '../support/cli.js';
import { scratch, writeDocument } from '../support/demo-eval.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const space = scratch();
afterAll(() => space.remove());
const cli = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: space.root });

const elephants = async (out: string, provider: string, sample: string): Promise<void> => {
  const config = path.join(root, 'configs/pink-elephant.yaml');
  const sets = [`sample=${sample}`, 'repeats=1', 'gates=[]', 'reports=[json]'].flatMap((set) => ['--set', set]);
  const made = await cli('run', config, '--provider', provider, ...sets, '--no-reuse', '--quiet', '--out', out);
  expect([made.code, made.stderr]).toEqual([0, expect.any(String)]);
};

describe('the simulated subject before and after training', () => {
  beforeAll(async () => {
    await elephants('before', 'simulated', '{items: 60}');
    await elephants('after', 'simulated-tuned', '{items: 48}');
  });

  test('the instruction works better afterwards, as planted, and the flips say so too', async () => {
    const result = await cli('compare', 'before', 'after', '--json');
    expect([result.code, result.stderr]).toEqual([0, '']);
    const [facts, ...rows] = jsonLines(result);
    expect(facts).toMatchObject({
      type: 'comparison',
      eval: 'pink-elephant',
      providers: [{ a: 'simulated', b: 'simulated-tuned' }],
      pairedBy: 'position',
      a: { folder: 'before', simulated: true },
    });
    const { a, b } = facts!.onlyIn as { a: number; b: number };
    expect([(facts!.matched as number) + a, (facts!.matched as number) + b]).toEqual([60, 48]);
    const prompted = rows.find(
      (row) => row.type === 'difference' && row.metric === 'mention_rate' && row.arm === 'prompted',
    );
    expect(prompted!.difference).toBeLessThan(-0.05);
    const { up, down } = prompted!.flips as { up: number; down: number };
    expect(down).toBeGreaterThan(up);
    const kinds = rows.map(({ type }) => type);
    expect(kinds).toEqual([...Array(20).fill('change'), ...Array(21).fill('difference')]);
    expect((await cli('compare', 'before', 'after', '--json')).stdout).toBe(result.stdout);
  });

  test('as text: flips first, then so many changed cells as asked for, then the differences', async () => {
    const { code, stdout } = await cli('compare', 'before', 'after', '--flips', '3');
    expect(code).toBe(0);
    expect(stdout).toContain('simulated → simulated-tuned  (paired by position');
    const places = ['\nflips ', '\nlargest changes  3 of ', '\ndifferences '].map((text) => stdout.indexOf(text));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(stdout.match(/ (0 → 1|1 → 0)$/gm)).toHaveLength(3);
    expect(stdout).toMatch(/mention_rate +prompted +\d+\.\d% +\d+\.\d% +−\d+\.\d pp +\[/);
  });

  test('a run and itself: paired by id, nothing changed', async () => {
    const rows = jsonLines(await cli('compare', 'after', 'after', '--json'));
    expect(rows[0]).toMatchObject({ pairedBy: 'id', changed: 0, matched: 48 });
    const differences = rows.filter(({ type }) => type === 'difference');
    expect(new Set(differences.map(({ difference }) => difference))).toEqual(new Set([0]));
  });

  test('a plan that differs in more than the provider is said to, on stderr', async () => {
    const file = space.file('after/plan.json');
    const plan = readFileSync(file, 'utf8');
    try {
      writeFileSync(file, plan.replace('Do not talk about', 'Never\\u001b[2J mention'));
      const { code, stdout, stderr } = await cli('compare', 'before', 'after', '--json');
      expect(code).toBe(0);
      expect(stderr).toMatch(/^warning: the plans differ[^\n]*\n {2}arm prompted: instruction\n$/);
      expect(JSON.parse(stdout.split('\n')[0]!).differs).toEqual([{ part: 'arm prompted', names: ['instruction'] }]);
    } finally {
      writeFileSync(file, plan);
    }
  });

  test('bad input is exit code 2, with a code and a hint', async () => {
    const problem = async (...args: string[]) => {
      const result = await cli('compare', ...args, '--json');
      return [result.code, jsonLines(result)[0]?.code];
    };
    expect(await problem('before', 'nowhere')).toEqual([2, 'NOT_A_RUN']);
    expect(await problem('before', 'after', '--provider', 'simulated=openai')).toEqual([2, 'BAD_FLAG']);
    writeDocument(space.file('planned/plan.json'), JSON.parse(readFileSync(space.file('after/plan.json'), 'utf8')));
    expect(await problem('before', 'planned')).toEqual([2, 'NOT_A_RUN']);
    expect((await cli('compare', 'before')).code).toBe(2);
    expect((await cli('compare', 'before', 'after', '--flips', 'all')).code).toBe(2);
  });
});
