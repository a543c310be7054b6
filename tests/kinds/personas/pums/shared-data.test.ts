import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../../src/contract/json.js';
import { industryCategory, occupationCategory } from '../../../../src/kinds/personas/census/job-categories.js';
import { readDictionary } from '../../../../src/kinds/personas/pums/read-dictionary.js';
import { pums } from '../../../../src/kinds/personas/pums.js';
import { repoRoot } from './fixture.js';

const folder = path.resolve(repoRoot, '../shared/data/pums');
const isThere = existsSync(folder);
if (!isThere) console.log(`skipped: draws from real census files, as there is no ${folder}`);

const states = ['WY', 'DC'];
const csvFiles = (kind: string) => states.map((state) => `csv/acs2024_1yr_${kind}_${state}.csv`);
const dictionary = 'dictionary/PUMS_Data_Dictionary_2023.csv';
const load = (options: JsonObject) =>
  pums.load({ dictionary, year: 2024, n: 400, seed: 7, ...options }, { folder, shippedFolder: repoRoot });

(isThere ? describe : describe.skip)('real census files', () => {
  test('Wyoming and the District of Columbia: sums, sizes, people without a broken rule of the census', async () => {
    const draw = await load({ person: csvFiles('person'), housing: csvFiles('housing') });
    expect(draw.people).toHaveLength(400);
    expect(draw.facts).toMatchObject({ rows: 6199 + 6547, weightSum: 587_618 + 702_250, states: ['11', '56'] });
    expect(draw.population!.pairs).toHaveLength(12);
    expect(draw.population!.attributes.map(({ attribute }) => attribute)).not.toContain('ancestry');
    const people = new Set(draw.people.map(({ id }) => id));
    expect(people.size).toBe(400);
    const attributes = draw.people.map((one) => Object.keys(one.attributes).join());
    expect(new Set(attributes).size).toBe(1);
  }, 120_000);

  test('CSV with padded codes and Parquet with numbers give the same people and shares', async () => {
    const [text, binary] = [
      await load({ person: [csvFiles('person')[0]!], housing: [csvFiles('housing')[0]!] }),
      await load({ person: 'acs2024_1yr/person/p_56.parquet', housing: 'acs2024_1yr/housing/h_56.parquet' }),
    ];
    expect(binary.people).toEqual(text.people);
    expect(binary.population).toEqual(text.population);
  }, 120_000);

  test('every code’s range gives the category that its label’s prefix gives', async () => {
    const { codesOf, labels } = await readDictionary(path.join(folder, dictionary), dictionary);
    const [industries, occupations] = [[...codesOf('INDP')!], [...codesOf('OCCP')!]];
    expect([industries.length, occupations.length]).toEqual([265, 530]);
    for (const code of industries) expect(industryCategory(code)).toBe(industryCategory(code, labels.industry(code)));
    for (const code of occupations) {
      expect(occupationCategory(code)).toBe(occupationCategory(code, labels.occupation(code)));
    }
  });
});
