import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../src/contract/json.js';
import { RecordDraw } from '../../../src/kinds/personas/census/draw-records.js';
import { readNetwork } from '../../../src/kinds/personas/census/network.js';
import { brokenRule, readRules } from '../../../src/kinds/personas/census/rules.js';
import { census } from '../../../src/kinds/personas/census.js';
import { fidelityOf } from '../../../src/lib/fidelity.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const shippedFile = path.join(root, 'evals/shared/census/us-2024.json');
let folder: string;

const load = (options: JsonObject) => census.load(options, { folder, shippedFolder: root });

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'evalrun-census-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a set of 1,586', () => {
  test('is the same bytes for the same seed, and others for another', async () => {
    const [one, again, other] = [
      await load({ n: 1586, seed: 7 }),
      await load({ n: 1586, seed: 7 }),
      await load({ n: 1586, seed: 8 }),
    ];
    expect(JSON.stringify(again)).toBe(JSON.stringify(one));
    expect(JSON.stringify(other.people)).not.toBe(JSON.stringify(one.people));
    expect(one.people).toHaveLength(1586);
    expect(one.people[0]!.id).toBe('us-00001');
    expect(new Set(one.people.map(({ id }) => id)).size).toBe(1586);
  });

  test('breaks no rule, says how often each rejected a draw, and that is seldom', async () => {
    const rules = readRules(readFileSync(path.join(root, 'evals/shared/personas/rules.yaml'), 'utf8'));
    const { people, rejected } = await load({ n: 1586, seed: 7 });
    expect(people.filter(({ attributes }) => brokenRule(rules, attributes) !== null)).toEqual([]);
    expect(Object.keys(rejected)).toEqual(expect.arrayContaining(rules.map(({ id }) => id)));
    expect(Object.values(rejected).reduce((sum, count) => sum + count, 0)).toBeLessThan(0.02 * 1586);
  });

  test.each([1, 2, 3, 4, 5])('lies within the sampling noise of its size in every attribute, seed %p', async (seed) => {
    const { people, population } = await load({ n: 1586, seed, psychographics: 'none' });
    const { attributes } = fidelityOf(people, population!);
    expect(attributes.length).toBeGreaterThanOrEqual(20);
    expect(attributes.filter(({ distance, noise }) => distance! > noise!)).toEqual([]);
  });
});

test('50,000 people: every attribute within .02, the twelve most associated pairs within .05', async () => {
  const { people, population } = await load({ n: 50_000, seed: 7, psychographics: 'none' });
  const { attributes, pairs } = fidelityOf(people, population!);
  expect(attributes.filter(({ distance }) => distance! > 0.02)).toEqual([]);
  expect(pairs).toHaveLength(12);
  expect(pairs.filter(({ distance }) => distance! > 0.05)).toEqual([]);
}, 120_000);

describe('options', () => {
  test('adultsOnly leaves people of 18 and more, held against the adult population', async () => {
    const { people, population } = await load({ n: 5000, seed: 3, adultsOnly: true, psychographics: 'none' });
    expect(Math.min(...people.map(({ attributes }) => Number(attributes.age)))).toBe(18);
    const { attributes } = fidelityOf(people, population!);
    expect(attributes.filter(({ distance, noise }) => distance! > noise!)).toEqual([]);
  });

  test('states draws from some of them only, of which no shares are kept', async () => {
    const { people, population, facts } = await load({ n: 2000, seed: 3, states: ['06'], psychographics: 'none' });
    expect(population).toBeNull();
    expect(facts.states).toEqual(['6']);
    // B03002 of California: 15.8 of 39.3 million are Hispanic or Latino.
    const hispanic = people.filter(({ attributes }) => attributes.race === 'Hispanic or Latino').length / people.length;
    expect(Math.abs(hispanic - 0.402)).toBeLessThan(0.01);
    await expect(load({ n: 5, seed: 3, states: ['72'] })).rejects.toMatchObject({ code: 'WRONG_VALUE' });
  });

  test('psychographics: none leaves them out and says so', async () => {
    const { people, absent } = await load({ n: 20, seed: 1, psychographics: 'none' });
    expect(people.some(({ attributes }) => attributes.religion !== undefined)).toBe(false);
    expect(absent.religion).toContain('psychographics: none');
    const sampled = await load({ n: 200, seed: 1 });
    expect(sampled.absent.religion).toBeUndefined();
    expect(sampled.people.some(({ attributes }) => attributes.religion !== undefined)).toBe(true);
  });

  test('bad numbers are told as such', async () => {
    await expect(load({ n: 0, seed: 1 })).rejects.toMatchObject({ code: 'WRONG_VALUE' });
    await expect(load({ n: 1, seed: -1 })).rejects.toMatchObject({ code: 'WRONG_VALUE' });
  });

  test.each([
    ['no JSON', '{"id": ', 'it is not JSON'],
    ['not tables', '{"id": "x"}', 'it has no version'],
    [
      'weights of 0',
      (text: string) => text.replace(/"contexts":\{"":\[0,\d+/, '"contexts":{"":[0,0'),
      'no distribution',
    ],
    [
      'an unknown parent',
      (text: string) => text.replace('"parents":["state"', '"parents":["planet"'),
      'no recode planet',
    ],
  ])('tables with %s', async (_, change, message) => {
    const text = typeof change === 'string' ? change : change(readFileSync(shippedFile, 'utf8'));
    await writeFile(path.join(folder, 'bad.json'), text);
    const loading = load({ n: 5, seed: 1, tables: 'bad.json' });
    await expect(loading).rejects.toMatchObject({ code: 'BAD_CENSUS_TABLES', where: { file: 'bad.json' } });
    await expect(loading).rejects.toThrow(message);
  });
});

test('facts name the seed and the very tables', async () => {
  const { facts } = await load({ n: 5, seed: 9 });
  expect(facts).toMatchObject({ seed: 9, tables: { id: 'us-census-2024', file: 'us-2024.json' } });
  expect((facts.tables as JsonObject).sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('codes keep what the census makes impossible apart', () => {
  const n = 20_000;
  const network = readNetwork(readFileSync(shippedFile, 'utf8'), 'us-2024.json');
  const draw = new RecordDraw(network, { n, seed: 4, filter: { adultsOnly: false, states: null } });
  const wrong: string[] = [];
  for (let person = 0; person < n; person++) {
    const record = draw.record(person);
    if (record === null) continue;
    const age = Number(record.AGEP);
    const home = record.TYPEHUGQ === '1';
    const alone = record.HHT === '4' || record.HHT === '6';
    const holds: { [what: string]: boolean } = {
      schooling: (record.SCHL === '') === age < 3,
      language: (record.LANX === '') === age < 5 && (record.ENG === '') === (record.LANX !== '1'),
      work: (record.ESR === '') === age < 16 && (age >= 16 || record.COW === ''),
      job: (record.COW === '') === (record.INDP === '') && (record.COW === '') === (record.OCCP === ''),
      noRecentJob:
        (record.COW === '9') === (record.INDP === '9920') && (record.COW === '9') === (record.OCCP === '9920'),
      employed: !['1', '2', '4', '5'].includes(record.ESR!) || (record.COW !== '' && record.COW !== '9'),
      income: (record.PINCP === '') === age < 15,
      births: (record.FER === '') === !(record.SEX === '2' && age >= 15 && age <= 50),
      service: (record.MIL === '') === age < 17,
      home: home === (record.HHT !== '') && home === (record.HHL !== '') && (home || record.NP === '1'),
      alone: alone === (home && record.NP === '1'),
      sex: (record.HHT !== '4' || record.SEX === '1') && (record.HHT !== '6' || record.SEX === '2'),
      children: !home || age >= 6 || record.HUPAC === '1' || record.HUPAC === '3',
      englishOnlyHome: record.HHL !== '1' || record.LANX !== '1',
      disability: !['DREM', 'DEYE', 'DEAR', 'DPHY'].some((field) => record[field] === '1') || record.DIS === '1',
      insurance: (record.HICOV === '2') === (record.PRIVCOV === '2' && record.PUBCOV === '2'),
      married: age >= 15 || record.MAR === '5',
    };
    for (const [what, isRight] of Object.entries(holds)) if (!isRight) wrong.push(`${what}: ${JSON.stringify(record)}`);
  }
  expect(wrong).toEqual([]);
});
