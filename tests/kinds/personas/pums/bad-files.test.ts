import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openTableWriter } from '../../../../src/tables/write-table.js';
import { csv, PumsFolder, person } from './fixture.js';

const files = new PumsFolder();
afterAll(() => rmSync(files.folder, { recursive: true, force: true }));

const { PWGTP: _, ...unweighted } = person;

describe('columns and kinds of files', () => {
  test('a renamed required column is named with the nearest one', async () => {
    files.write('renamed.csv', csv([{ ...unweighted, PWGT: '10' }]));
    const [only, ...more] = await files.problems({ person: 'renamed.csv' });
    expect(only).toBe('renamed.csv:1 MISSING_COLUMN the person file has no column PWGTP | is it "PWGT"? rename it');
    expect(more).toEqual([]);
  });

  test('all required columns that are missing are named at once', async () => {
    files.write('few.csv', csv([{ SERIALNO: '1', PWGTP: '3', NOTES: 'x' }]));
    const problems = await files.problems({ person: 'few.csv' });
    expect(problems.map((one) => /column (\w+)/.exec(one)?.[1])).toEqual(['SPORDER', 'AGEP', 'SEX']);
  });

  test('a person file given as housing, and the other way round', async () => {
    files.persons('p.csv', [{}]);
    files.households('h.csv', [{}]);
    const [asHousing] = await files.problems({ person: 'p.csv', housing: 'p.csv' });
    expect(asHousing).toMatch(/^p\.csv:1 WRONG_RECORDS this is a file of person records, and is given as housing/);
    const [asPerson] = await files.problems({ person: 'h.csv' });
    expect(asPerson).toMatch(/^h\.csv:1 WRONG_RECORDS this is a file of housing records, and is given as person/);
  });

  test('an empty file, a file with a header only, a path without a file, a file named twice', async () => {
    files.write('empty.csv', '');
    expect(await files.problems({ person: 'empty.csv' })).toEqual([expect.stringMatching(/^empty\.csv:1 BAD_TABLE/)]);
    files.write('header.csv', `${Object.keys(person).join(',')}\n`);
    expect(await files.problems({ person: 'header.csv' })).toEqual([
      'header.csv:1 EMPTY_DOCUMENT the file has no persons | ',
    ]);
    expect(await files.problems({ person: 'nowhere.csv' })).toEqual([expect.stringMatching(/^FILE_NOT_FOUND/)]);
    files.persons('once.csv', [{}]);
    expect(await files.problems({ person: ['once.csv', 'once.csv'] })).toEqual([
      expect.stringMatching(/^DUPLICATE_RECORD the file .*once\.csv is named twice/),
    ]);
  });

  test('a Parquet file that is cut short', async () => {
    const whole = path.join(files.folder, 'whole.parquet');
    const columns = Object.keys(person).map((name) => ({ name, type: 'string' as const }));
    const writer = openTableWriter(whole, columns);
    for (let i = 1; i <= 50; i++) await writer.write({ ...person, SERIALNO: `2024HU${String(i).padStart(7, '0')}` });
    await writer.close();
    expect((await files.load({ person: 'whole.parquet', n: 3 })).people).toHaveLength(3);
    const bytes = readFileSync(whole);
    files.write('cut.parquet', bytes.subarray(0, bytes.length - 20));
    expect(await files.problems({ person: 'cut.parquet' })).toEqual([
      expect.stringMatching(/^cut\.parquet:1 BAD_TABLE/),
    ]);
  });
});

describe('rows', () => {
  test('weights that are negative or no numbers, with the line of each', async () => {
    files.persons('weights.csv', [
      {},
      { SPORDER: '02', PWGTP: '-3' },
      { SPORDER: '03', PWGTP: 'many' },
      { SPORDER: '04', PWGTP: '' },
    ]);
    expect((await files.problems({ person: 'weights.csv' })).map((one) => one.split(' | ')[0])).toEqual([
      'weights.csv:3 BAD_WEIGHT the person weight PWGTP is negative (-3)',
      'weights.csv:4 BAD_WEIGHT the person weight PWGTP is "many", which is no number',
      'weights.csv:5 BAD_WEIGHT the person weight PWGTP is "", which is no number',
    ]);
  });

  test('weights of 0 are counted and never drawn; all 0 is a problem', async () => {
    files.persons('zeros.csv', [
      { PWGTP: '0', AGEP: '99' },
      { SPORDER: '2', AGEP: '30' },
      { SPORDER: '3', PWGTP: '0' },
    ]);
    const draw = await files.load({ person: 'zeros.csv', n: 200 });
    expect(draw.facts.zeroWeights).toBe(2);
    expect(new Set(draw.people.map((one) => one.attributes.age))).toEqual(new Set(['30']));
    files.persons('nobody.csv', [{ PWGTP: '0' }]);
    expect(await files.problems({ person: 'nobody.csv' })).toEqual([
      'BAD_WEIGHT the weights of all people in the files add up to 0 | ',
    ]);
  });

  test('a person who is there twice, padded or not, in one file or in two', async () => {
    files.persons('twice.csv', [{ SPORDER: '01' }, { SPORDER: '02' }, { SPORDER: '1' }]);
    expect(await files.problems({ person: 'twice.csv' })).toEqual([
      'twice.csv:4 DUPLICATE_RECORD person 1 of household 2024HU0000001 is there twice | are two files of the same state named?',
    ]);
    files.persons('again.csv', [{ SPORDER: '02' }]);
    files.persons('first.csv', [{ SPORDER: '02' }]);
    const [only] = await files.problems({ person: ['first.csv', 'again.csv'] });
    expect(only).toMatch(/^again\.csv:2 DUPLICATE_RECORD/);
  });

  test('persons whose household is missing, and a household that is there twice', async () => {
    files.persons('pp.csv', [{}, { SERIALNO: '2024HU0000002' }]);
    files.households('hh.csv', [{}]);
    expect(await files.problems({ person: 'pp.csv', housing: 'hh.csv' })).toEqual([
      expect.stringMatching(/^pp\.csv:3 MISSING_HOUSEHOLD the housing files do not have the household 2024HU0000002/),
    ]);
    files.households('double.csv', [{}, { SERIALNO: '2024HU0000002' }, {}]);
    expect(await files.problems({ person: 'pp.csv', housing: 'double.csv' })).toEqual([
      'double.csv:4 DUPLICATE_RECORD the household 2024HU0000001 is there twice | ',
    ]);
  });

  test('serial numbers of another year, ages and person numbers that are none', async () => {
    files.persons('old.csv', [{}]);
    expect(await files.problems({ person: 'old.csv', year: 2019 })).toEqual([
      expect.stringMatching(/^old\.csv:2 WRONG_YEAR .* interviewed in 2024, but the option year says 2019/),
    ]);
    files.persons('ages.csv', [{ AGEP: 'old' }, { SPORDER: '0' }, { SPORDER: '2', AGEP: '44.5' }]);
    expect((await files.problems({ person: 'ages.csv' })).map((one) => one.slice(0, 22))).toEqual([
      'ages.csv:2 WRONG_VALUE',
      'ages.csv:3 WRONG_VALUE',
      'ages.csv:4 WRONG_VALUE',
    ]);
  });

  test('of very many bad rows the first twenty are shown, and how many more there are', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => ({ SPORDER: String(i + 1), PWGTP: 'x' }));
    files.persons('many.csv', rows);
    const problems = await files.problems({ person: 'many.csv' });
    expect(problems).toHaveLength(21);
    expect(problems[20]).toBe('BAD_WEIGHT and 10 more rows with the same problem | ');
  });
});

describe('codes', () => {
  test("another year's dictionary: the codes it does not know, and in how many rows", async () => {
    files.persons('jobs.csv', [
      {},
      { SPORDER: '2', OCCP: '4444' },
      { SPORDER: '3', OCCP: '4444' },
      { SPORDER: '4', OCCP: '1' },
    ]);
    const problems = await files.problems({ person: 'jobs.csv' });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(
      'UNKNOWN_CODES OCCP has 2 codes in 3 rows that the dictionary dictionary.csv does not know: 4444 (2), 1 (1) | ',
    );
    expect(problems[0]).toContain('it is of 2023');
  });

  test('codes that no PUMS has, in every field that has them; blanks where there is no blank', async () => {
    files.persons('codes.csv', [
      { SEX: '3', MAR: '' },
      { SPORDER: '2', MIL: '5' },
    ]);
    expect((await files.problems({ person: 'codes.csv' })).map((one) => one.split(' | ')[0])).toEqual([
      'UNKNOWN_CODES SEX has 1 codes in 1 rows that the PUMS does not have: 3 (1)',
      'UNKNOWN_CODES MAR has 1 codes in 1 rows that the PUMS does not have: (blank) (1)',
      'UNKNOWN_CODES MIL has 1 codes in 1 rows that the PUMS does not have: 5 (1)',
    ]);
  });

  test('a file that is no dictionary', async () => {
    files.persons('one.csv', [{}]);
    expect(await files.problems({ person: 'one.csv', dictionary: 'one.csv' })).toEqual([
      expect.stringMatching(/^one\.csv:1 BAD_DICTIONARY .* it has no lines NAME and VAL/),
    ]);
    files.write('half.csv', 'NAME,SEX,C,1,Sex,,\nVAL,SEX,C,1,1,1,Male\n');
    expect(await files.problems({ person: 'one.csv', dictionary: 'half.csv' })).toEqual([
      expect.stringMatching(/BAD_DICTIONARY .* it gives no codes of INDP/),
    ]);
  });
});

test.each([
  [{ n: 0 }, 'n is 0'],
  [{ n: 2.5 }, 'n is 2.5'],
  [{ seed: -1 }, 'seed is -1'],
  [{ year: 2010 }, 'year is 2010'],
])('options out of range: %j', async (options, said) => {
  files.persons('fine.csv', [{}]);
  expect(await files.problems({ person: 'fine.csv', ...options })).toEqual([
    expect.stringContaining(`WRONG_VALUE ${said}`),
  ]);
});
