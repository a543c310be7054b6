import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { child, csv, PumsFolder, person, type Row } from './fixture.js';

const files = new PumsFolder();
afterAll(() => rmSync(files.folder, { recursive: true, force: true }));

const serial = (number: number) => `2024HU${String(number).padStart(7, '0')}`;

describe('one person', () => {
  test('every census attribute, in the paper’s names and order', async () => {
    files.write('rich.csv', csv([{ ...person, ANC1P: '032', POBP: '056' }]));
    files.households('rich-h.csv', [{}]);
    const draw = await files.load({ person: 'rich.csv', housing: 'rich-h.csv', n: 1 });
    expect(draw.people).toEqual([
      {
        id: 'pums-2024-00001',
        attributes: {
          age: '44',
          sex: 'Female',
          race: 'White alone',
          ancestry: 'German',
          'household language': 'English only',
          education: "Bachelor's degree",
          'employment status': 'Employed',
          'class of worker': 'Local government',
          'industry category': 'Education',
          'occupation category': 'Education, training and library',
          'detailed job description':
            'Elementary and middle school teachers (industry: elementary and secondary schools)',
          income: '$61,500',
          'marital status': 'Married',
          'household type': 'Married couple household',
          'family presence and age': 'No children',
          'place of birth': 'Wyoming',
          citizenship: 'Born in the United States',
          'veteran status': 'Not a veteran',
          disability: 'None',
          'health insurance': 'Private',
          'cognitive difficulty': 'No',
          'ability to speak english': 'Speaks only English',
          'vision difficulty': 'No',
          fertility: 'No birth in the last year',
          'hearing difficulty': 'No',
        },
      },
    ]);
    expect(Object.keys(draw.people[0]!.attributes)).toHaveLength(25);
    expect(Object.keys(draw.absent)).toHaveLength(8);
  });

  test('psychographics are added from the shipped rates unless they are left out', async () => {
    files.persons('adult.csv', [{}]);
    const draw = await files.load({ person: 'adult.csv', n: 3, psychographics: 'sampled' });
    for (const { attributes } of draw.people) {
      expect(attributes['big five scores']).toMatch(/^Openness: /);
      expect(Object.keys(attributes).slice(-1)).toEqual(['religion']);
    }
  });
});

describe('the household', () => {
  const rows: Row[] = [
    { SERIALNO: serial(1), SPORDER: '01', AGEP: '40' },
    { ...child, SERIALNO: serial(1), SPORDER: '02', AGEP: '05', SCHL: '03' },
    { SERIALNO: serial(2), SPORDER: '01', AGEP: '50' },
    { SERIALNO: '2024GQ0000003', SPORDER: '01', AGEP: '60', FER: '' },
  ];
  const homes: Row[] = [
    { SERIALNO: '2024GQ0000003', HHT: '', HHL: '', NP: '01', TYPEHUGQ: '2' },
    { SERIALNO: serial(2), HHT: '6', HHL: '3', NP: '01' },
    { SERIALNO: serial(1), HHT: '1', HHL: '2', NP: '02' },
    { SERIALNO: serial(9), HHT: '', HHL: '', NP: '00' },
  ];

  test('is joined by SERIALNO for everybody; children are found from the ages in it', async () => {
    files.persons('join.csv', rows);
    files.households('join-h.csv', homes);
    const draw = await files.load({ person: 'join.csv', housing: 'join-h.csv', n: 60 });
    const seen = new Map(draw.people.map(({ attributes }) => [attributes.age, attributes]));
    const show = (age: string) =>
      ['household type', 'household language', 'family presence and age'].map((name) => seen.get(age)?.[name]);
    expect(show('40')).toEqual(['Married couple household', 'Spanish', 'With children under 6 only']);
    expect(show('5')).toEqual(['Married couple household', 'Spanish', 'With children under 6 only']);
    expect(show('50')).toEqual(['Lives alone', 'Other Indo-European language', 'No children']);
    expect(show('60')).toEqual(['Institutional group quarters', 'Not Applicable', 'Not Applicable']);
    expect(draw.facts.derived).toEqual({ 'family presence and age': expect.any(String) });
    const shares = draw.population!.attributes.find(({ attribute }) => attribute === 'household type')!.shares;
    expect(shares).toEqual({
      'Married couple household': 0.5,
      'Institutional group quarters': 0.25,
      'Lives alone': 0.25,
    });
  });

  test('children are not guessed when somebody of a household was not read', async () => {
    files.persons('part.csv', [rows[0]!]);
    files.households('part-h.csv', [homes[2]!]);
    const draw = await files.load({ person: 'part.csv', housing: 'part-h.csv', n: 1 });
    expect(draw.people[0]!.attributes).not.toHaveProperty('family presence and age');
    expect(draw.absent['family presence and age']).toBe('the housing files have no column HUPAC');
  });

  test('without housing files its attributes are absent', async () => {
    files.persons('alone.csv', [rows[0]!]);
    const draw = await files.load({ person: 'alone.csv', n: 1 });
    expect(draw.absent['household type']).toBe('no housing files were given, which have the field HHT');
    expect(draw.people[0]!.attributes).not.toHaveProperty('household type');
  });
});

describe('forms of files', () => {
  const rows: Row[] = Array.from({ length: 40 }, (_, i) => ({
    SERIALNO: serial(i + 1),
    PWGTP: String(5 + ((i * 7) % 30)),
    AGEP: String(20 + i).padStart(2, '0'),
    SCHL: String(1 + (i % 24)).padStart(2, '0'),
    HISP: i % 5 === 0 ? '02' : '01',
    FER: '',
    SEX: '1',
  }));
  const full = rows.map((row) => ({ ...person, ...row }));

  test('padded and unpadded codes, ST and STATE, small letters, no RT column: the same people', async () => {
    const { STATE, RT, ...others } = person;
    expect([STATE, RT]).toEqual(['56', 'P']);
    files.write('padded.csv', csv(full));
    const plain = full.map((row) => {
      const own: Row = { ...others, ...row };
      delete own.RT;
      delete own.STATE;
      for (const field of ['SPORDER', 'SCHL', 'HISP']) own[field] = String(Number(own[field]));
      return Object.fromEntries(Object.entries({ ...own, ST: '56' }).map(([key, value]) => [key.toLowerCase(), value]));
    });
    files.write('plain.csv', csv(plain));
    const [a, b] = [
      await files.load({ person: 'padded.csv', n: 50 }),
      await files.load({ person: 'plain.csv', n: 50 }),
    ];
    expect(b.people).toEqual(a.people);
    expect(b.population).toEqual(a.population);
    expect([a.facts.states, b.facts.states]).toEqual([['56'], ['56']]);
  });

  test('the same seed gives the same bytes, another seed other people', async () => {
    files.write('seed.csv', csv(full));
    const draw = async (seed: number) => JSON.stringify(await files.load({ person: 'seed.csv', n: 50, seed }));
    const first = await draw(7);
    expect(await draw(7)).toBe(first);
    expect(JSON.stringify(JSON.parse(await draw(8)).people)).not.toBe(JSON.stringify(JSON.parse(first).people));
  });

  test('in a folder, housing files are passed over; a column that one file lacks makes its attribute absent', async () => {
    const { mkdirSync } = await import('node:fs');
    mkdirSync(`${files.folder}/all`, { recursive: true });
    files.write('all/p2.csv', csv(full.slice(20)));
    files.write(
      'all/p1.csv',
      csv(
        full.slice(0, 20),
        Object.keys(person).filter((column) => column !== 'DIS'),
      ),
    );
    files.households('all/h1.csv', [{}]);
    const draw = await files.load({ person: 'all', n: 10 });
    expect((draw.facts.files as { file: string; rows: number }[]).map(({ file, rows }) => [file, rows])).toEqual([
      ['p1.csv', 20],
      ['p2.csv', 20],
    ]);
    expect(draw.absent.disability).toBe('1 of 2 person files have no column DIS, such as all/p1.csv');
  });

  test('without a dictionary the job’s categories come from its codes, the description is absent', async () => {
    files.write('nodict.csv', csv(full));
    const draw = await files.load({ person: 'nodict.csv', n: 5, dictionary: null });
    expect(draw.people[0]!.attributes['occupation category']).toBe('Education, training and library');
    expect(draw.people[0]!.attributes['industry category']).toBe('Education');
    expect(draw.absent['detailed job description']).toBe(
      "its codes need the year's data dictionary (option dictionary)",
    );
  });

  test('files of 2012: seven digits of serial number, ST, TYPE, five codes of military service, labels in capitals', async () => {
    const { STATE, ...own } = person;
    const old = { ...own, SERIALNO: '0000042', ST: STATE, MIL: '3', FER: '8', OCCP: '0430', INDP: '7860' };
    files.write('old.csv', csv([old]));
    files.write('old-h.csv', csv([{ RT: 'H', SERIALNO: '42', HHT: '1', HHL: '1', NP: '1', TYPE: '1' }]));
    const lines = ['NAME,RT', 'VAL,INDP,C,4,7860,7860,EDU-SCHOOLS', 'VAL,OCCP,C,4,0430,0430,MGR-OTHER MANAGERS', ''];
    files.write('old-dictionary.csv', lines.join('\n'));
    const options = { person: 'old.csv', housing: 'old-h.csv', dictionary: 'old-dictionary.csv', year: 2012, n: 1 };
    const { attributes } = (await files.load(options)).people[0]!;
    expect(attributes).toMatchObject({
      'veteran status': 'Veteran',
      fertility: 'Not published',
      'household type': 'Married couple household',
      'occupation category': 'Management',
      'detailed job description': 'Other managers (industry: schools)',
    });
    expect((await files.problems({ ...options, year: 2013 }))[0]).toBeUndefined();
    files.write('older.csv', csv([{ ...old, MIL: '5' }]));
    const [late] = await files.problems({ ...options, person: 'older.csv', year: 2013 });
    expect(late).toMatch(/UNKNOWN_CODES MIL .* since 2013 four; the option year says 2013/);
  });

  test('adults only: minors are neither drawn nor counted', async () => {
    files.persons('ages.csv', [
      { AGEP: '30', PWGTP: '1' },
      { ...child, SPORDER: '2', PWGTP: '99' },
    ]);
    const draw = await files.load({ person: 'ages.csv', n: 50, adultsOnly: true });
    expect(new Set(draw.people.map(({ attributes }) => attributes.age))).toEqual(new Set(['30']));
    expect(draw.facts.weightSum).toBe(1);
    expect(draw.population!.attributes.find(({ attribute }) => attribute === 'age')!.shares).toEqual({ '25–34': 1 });
  });
});

describe('the population', () => {
  test('shares, joint shares and Cramér’s V of a table that was worked out by hand', async () => {
    // Sex × health insurance: men 30 insured privately, 10 publicly; women 20 and 40.
    const cells: [string, string, string, number][] = [
      ['1', '1', '2', 30],
      ['1', '2', '1', 10],
      ['2', '1', '2', 20],
      ['2', '2', '1', 40],
    ];
    files.persons(
      'table.csv',
      cells.map(([SEX, PRIVCOV, PUBCOV, weight], i) => ({
        ...{ SEX, PRIVCOV, PUBCOV, PWGTP: String(weight), SERIALNO: serial(i + 1), FER: '', AGEP: '60' },
      })),
    );
    const { population, facts } = await files.load({ person: 'table.csv', n: 1 });
    const pair = population!.pairs.find(({ attributes }) => attributes.join() === 'sex,health insurance')!;
    expect(pair.shares).toEqual({
      '["Female","Public"]': 0.4,
      '["Male","Private"]': 0.3,
      '["Female","Private"]': 0.2,
      '["Male","Public"]': 0.1,
    });
    // Margins .4/.6 and .5/.5: φ² = (.09 + .01)/.2 + (.04 + .16)/.3 − 1 = 1/6.
    expect(pair.association).toBeCloseTo(Math.sqrt(1 / 6), 12);
    expect(facts.weightSum).toBe(100);
    // Kish: 100² / (900 + 100 + 400 + 1600).
    expect(population!.attributes[0]!.n).toBeCloseTo(10_000 / 3000, 12);
    expect(facts.effectiveSize).toBeCloseTo(10_000 / 3000, 12);
  });

  test('people are drawn in proportion to their weights', async () => {
    const weights = [1, 2, 3, 10, 34, 50];
    const rows = weights.map((weight, i) => ({ PWGTP: String(weight), SERIALNO: serial(i + 1), AGEP: String(20 + i) }));
    files.persons('drawn.csv', rows);
    const n = 20_000;
    const { people } = await files.load({ person: 'drawn.csv', n, seed: 11 });
    const counts = weights.map((_, i) => people.filter(({ attributes }) => attributes.age === String(20 + i)).length);
    const square = weights.reduce(
      (sum, weight, i) => sum + (counts[i]! - (n * weight) / 100) ** 2 / ((n * weight) / 100),
      0,
    );
    // The 99.9 % point of χ² with 5 degrees of freedom is 20.5.
    expect(square).toBeLessThan(20.5);
    expect(counts.reduce((sum, count) => sum + count)).toBe(n);
  });

  test('ages fall into bands, incomes too, and their shares add up to 1', async () => {
    files.persons(
      'bands.csv',
      ['20', '34', '35', '75', '44'].map((AGEP, i) => ({
        AGEP,
        SERIALNO: serial(i + 1),
        FER: '',
        PINCP: String(i * 10_000 - 1),
      })),
    );
    const { population } = await files.load({ person: 'bands.csv', n: 1 });
    const of = (name: string) => population!.attributes.find(({ attribute }) => attribute === name)!.shares;
    expect(of('age')).toEqual({ '35–44': 0.4, '18–24': 0.2, '25–34': 0.2, '75+': 0.2 });
    expect(of('income')).toEqual({ '<1': 0.2, '1–9999': 0.2, '10000–24999': 0.2, '25000–49999': 0.4 });
    for (const { shares } of population!.attributes) {
      expect(Object.values(shares).reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
    }
  });
});
