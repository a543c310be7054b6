import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { main } from '../../src/cli.js';
import type { TruthRow } from '../../src/commands/truth.js';
import type { Report } from '../../src/contract/report.js';

const config = fileURLToPath(new URL('../../configs/pink-elephant.yaml', import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), 'evalrun-relations-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs the program in this process and keeps what it prints. */
async function evalrun(...argv: string[]): Promise<string> {
  let out = '';
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(((text: unknown) => {
      out += String(text);
      return true;
    }) as never),
    jest.spyOn(process.stderr, 'write').mockImplementation((() => true) as never),
  ];
  try {
    await main(argv);
    return out;
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const run = async (repeats: number): Promise<string> => {
  const folder = path.join(scratch, String(repeats));
  const sets = [`repeats=${repeats}`, 'gates=[]', 'reports=[json]'].flatMap((set) => ['--set', set]);
  await evalrun('run', config, '--out', folder, ...sets, '--no-reuse', '--json');
  return folder;
};
const truthOf = async (folder: string, ...flags: string[]): Promise<TruthRow[]> =>
  (await evalrun('truth', folder, '--json', ...flags))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TruthRow)
    .filter(({ relation }) => relation !== undefined);

describe.each([3, 20])('configs/pink-elephant.yaml with %d repeats', (repeats) => {
  let folder = '';

  test('what is planted of its relations lies inside their intervals', async () => {
    folder = await run(repeats);
    const rows = await truthOf(folder);
    expect(rows.map(({ relation, inside }) => [relation, inside])).toEqual([
      ['relative reduction', true],
      ['rebound', true],
      ['difficulty', true],
    ]);
    const [reduction, rebound, slope] = rows.map(({ planted }) => planted!) as [number, number, number];
    // Planted: logits fall by 1.8, and rise by .8 in about one conversation of eight; refusals take a little off.
    expect([reduction > 0.5 && reduction < 0.75, rebound > 0.04 && rebound < 0.2]).toEqual([true, true]);
    expect([slope > 0.6 && slope < 1.3]).toEqual([true]);
  });

  test('the comparison can fail: intervals of next to no width miss', async () => {
    const rows = await truthOf(folder, '--level', '0.01');
    expect(rows.filter(({ inside }) => inside === false).length).toBeGreaterThan(0);
  });

  test('the report says what the repeats allow', () => {
    const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as Report;
    const [reduction, rebound, slope] = report.relations!;
    expect(new Set([reduction!.n, rebound!.n, slope!.n]).size).toBe(1);
    expect(slope!.n).toBeGreaterThanOrEqual(72);
    expect(rebound!.notes.some((note) => note.includes('no item can be significant'))).toBe(repeats === 3);
    const plain = slope!.parts.find(({ id }) => id === 'plainB')!.value!;
    // Noise in p̂₀ flattens the plain regression: with 3 repeats by more than with 20.
    expect(plain).toBeLessThan(repeats === 3 ? 2.2 : 4);
    expect(plain).toBeGreaterThan(repeats === 3 ? 0.8 : 2);
  });
});
