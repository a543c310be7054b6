import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Network, readNetwork } from '../../../src/kinds/personas/census/network.js';
import { census } from '../../../src/kinds/personas/census.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const shippedFile = path.join(root, 'evals/shared/census/us-2024.json');
const shared = path.resolve(root, '../shared/data');
const hasShared = existsSync(path.join(shared, 'pums/csv'));

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

describe('the shipped tables', () => {
  const text = readFileSync(shippedFile, 'utf8');
  const network = readNetwork(text, 'us-2024.json');

  test('are sound, small, and say what they are', () => {
    expect(text.length).toBeLessThan(3_000_000);
    expect(network.nodes.length).toBeGreaterThan(30);
    expect(network.licence).toContain('Public domain');
    expect((JSON.parse(text) as { fewestPersonsInCell: number }).fewestPersonsInCell).toBeGreaterThanOrEqual(5);
  });

  test('have shares that add up to 1', () => {
    for (const { attributes, pairs } of [network.population, network.adults]) {
      for (const { attribute, shares } of attributes)
        expect([attribute, sum(Object.values(shares)).toFixed(6)]).toEqual([attribute, '1.000000']);
      expect(pairs).toHaveLength(12);
      for (const { shares } of pairs) expect(sum(Object.values(shares))).toBeCloseTo(1, 6);
      const strengths = pairs.map(({ association }) => association);
      expect(strengths).toEqual(strengths.toSorted((a, b) => b - a));
    }
  });

  test('have every state, with California and Texas the largest', () => {
    const states = network.nodes.find(({ field }) => field === 'STATE')!;
    const numbers = states.contexts['']!;
    expect(states.values).toHaveLength(51);
    // B01003, 2020-2024: 39,287,377 and 30,188,424 of 334,922,499.
    const numberOf = (code: string) => {
      for (let at = 0; at < numbers.length - 1; at += 2)
        if (states.values[numbers[at]!] === code) return numbers[at + 1]!;
      return 0;
    };
    const total = sum(states.values.map(numberOf));
    expect(numberOf('6') / total).toBeCloseTo(39_287_377 / 334_922_499, 3);
    expect(numberOf('48') / total).toBeCloseTo(30_188_424 / 334_922_499, 3);
  });
});

describe('tables of two states, made by the script', () => {
  let folder: string;
  let network: Network;
  let report: {
    raking: { [state: string]: { people: number; borrowed: boolean; persons: number; households: number } };
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'evalrun-census-tables-'));
    if (!hasShared) return;
    await build('tables.json');
    network = readNetwork(readFileSync(path.join(folder, 'tables.json'), 'utf8'), 'tables.json');
    report = JSON.parse(readFileSync(path.join(folder, 'tables.json.report'), 'utf8')) as typeof report;
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const files = (kind: string) =>
    ['DC', 'WY'].map((state) => path.join(shared, `pums/csv/acs2024_1yr_${kind}_${state}.csv`));

  async function build(name: string) {
    const out = path.join(folder, name);
    const options = {
      person: files('person').join(','),
      housing: files('housing').join(','),
      published: path.join(shared, 'marginals/acs_2020_2024_5yr_published_state_us.json'),
      dictionary: path.join(shared, 'pums/dictionary/PUMS_Data_Dictionary_2023.csv'),
      states: '11,56',
      id: 'two-states',
      out,
      report: `${out}.report`,
    };
    const flags = Object.entries(options).flatMap(([option, value]) => [`--${option}`, value]);
    await promisify(execFile)(process.execPath, [path.join(root, 'scripts/census/build-tables.mjs'), ...flags]);
    return readFileSync(out, 'utf8');
  }

  const withData = (title: string, body: () => Promise<void> | void) =>
    test(title, async () => {
      if (hasShared) await body();
      else process.stdout.write(`skipped, there is no ../shared/data: ${title}\n`);
    }, 120_000);

  withData('meet the published margins of each state', () => {
    expect(Object.keys(report.raking).sort()).toEqual(['11', '56']);
    expect(report.raking['56']).toMatchObject({ people: 6199, borrowed: false });
    for (const { persons, households } of Object.values(report.raking))
      expect(Math.max(persons, households)).toBeLessThan(1e-4);
    const states = network.nodes[0]!;
    const [, columbia, , wyoming] = states.contexts['']!;
    // B01003 of the published tables.
    expect(columbia! / (columbia! + wyoming!)).toBeCloseTo(681_294 / (681_294 + 582_397), 2);
  });

  withData('name no cell of fewer than five persons', () => {
    const people = recordsOf(files('person'), files('housing'));
    let checked = 0;
    for (const node of network.nodes) {
      const ofs = node.parents.map((name) => network.recodes[name]!);
      if (![node.field, ...ofs.map(({ of }) => of)].every((field) => field in people[0]!)) continue;
      const indexes = ofs.map(
        ({ of }) => new Map(network.nodes.find(({ field }) => field === of)!.values.map((value, at) => [value, at])),
      );
      const counts = new Map<string, number>();
      for (const person of people) {
        const path = ofs.map(({ of, classes }, at) => classes[indexes[at]!.get(person[of]!)!]);
        for (let depth = 0; depth <= path.length; depth++) {
          const key = `${path.slice(0, depth).join('.')}|${person[node.field]}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
      }
      for (const [context, numbers] of Object.entries(node.contexts)) {
        for (let at = 0; at + 1 < numbers.length; at += 2) {
          checked++;
          const cell = `${context}|${node.values[numbers[at]!]}`;
          if ((counts.get(cell) ?? 0) < 5) throw new Error(`${node.field} ${cell} rests on ${counts.get(cell) ?? 0}`);
        }
      }
    }
    expect(checked).toBeGreaterThan(100);
  });

  withData('are the same bytes when they are made again', async () => {
    expect(await build('again.json')).toBe(readFileSync(path.join(folder, 'tables.json'), 'utf8'));
  });

  withData('give people of these states', async () => {
    const { people } = await census.load({ n: 300, seed: 2, tables: 'tables.json' }, { folder, shippedFolder: root });
    expect(people).toHaveLength(300);
  });
});

/** Person and household fields as codes without padding. */
function recordsOf(persons: string[], housing: string[]): { [field: string]: string }[] {
  const rows = (file: string) => {
    const [head, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
    const names = head!.split(',');
    return lines.map((line) =>
      Object.fromEntries(line.split(',').map((cell, at) => [names[at]!, cell.replace(/^0+(?=\d)/, '')])),
    );
  };
  const homes = new Map(housing.flatMap(rows).map((home) => [home.SERIALNO!, home]));
  return persons
    .flatMap(rows)
    .map((person) => ({ ...homes.get(person.SERIALNO!), ...person }) as { [field: string]: string });
}
