import { describe, expect, test } from '@jest/globals';
import type { DataNode } from '../../../src/kinds/personas/census/data-node.js';
import { fitTotals } from '../../../src/kinds/personas/census/fit-totals.js';
import { RateTable } from '../../../src/kinds/personas/census/rate-table.js';
import { PersonalTime, PoliticalViews } from '../../../src/kinds/personas/census/written-texts.js';
import { KeyedRandom } from '../../../src/lib/rng.js';
import { adult, problemsOf, readNode, sharedText } from '../../support/shared-personas.js';

const shippedTables = (): { name: string; table: RateTable }[] => {
  const list = (root: DataNode) =>
    root
      .required('tables')!
      .items()
      .map((node) => new RateTable(node));
  const rates = readNode(sharedText('rates.yaml'), list);
  const issues = readNode(sharedText('political-views.yaml'), (root) => new PoliticalViews(root)).issues;
  const time = readNode(sharedText('personal-time.yaml'), (root) => new PersonalTime(root)).activities;
  return [...rates, ...issues, time].map((table, i) => ({ name: `${i} ${table.attribute}`, table }));
};
const tables = shippedTables();

const head = 'attribute: x\nsource: s\nlicence: l\nasOf: "2024"\n';
const small = (text: string): RateTable => readNode(head + text, (root) => new RateTable(root));
const sum = (shares: Iterable<number>): number => [...shares].reduce((total, share) => total + share, 0);

describe('the shipped tables', () => {
  test.each(tables)('$name: source, licence, date, shares that add up', ({ table }) => {
    const { source, licence, asOf } = table.provenance;
    for (const text of [source, licence, asOf]) expect(text).not.toBe('');
    expect(asOf).toMatch(/\d{4}|stored/);
    expect(sum(table.overall)).toBeCloseTo(1, 12);
    expect(Math.min(...table.overall)).toBeGreaterThan(0);
    expect(new Set(table.values).size).toBe(table.values.length);
  });

  test.each(tables)('$name: probabilities of people of all sorts add up', ({ table }) => {
    for (const race of ['White alone', 'Black or African American alone', 'Asian alone', 'Hispanic or Latino', '?']) {
      for (const [age, citizenship] of [
        ['15', 'Not a citizen'],
        ['40', 'Born in the United States'],
        ['80', ''],
      ]) {
        const shares = table.probabilities({ ...adult, race, age, citizenship, party: 'Democrat', religion: 'Hindu' });
        expect(sum(shares)).toBeCloseTo(1, 12);
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      }
    }
  });

  test.each(tables)('$name: 20,000 draws are within their noise of the rates', ({ table }) => {
    const person = [
      { ...adult, party: 'Independent', religion: 'Catholic' },
      { ...adult, age: '16' },
      { ...adult, citizenship: 'Naturalized citizen' },
      { ...adult, citizenship: 'Born in a U.S. territory' },
      { ...adult, citizenship: 'Born abroad to American parents' },
    ].find((one) => table.covers(one))!;
    const n = 20_000;
    const counts = new Map<string, number>();
    for (let i = 0; i < n; i++) {
      const value = table.draw(person, new KeyedRandom(5, table.attribute, String(i)))!;
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const shares = table.probabilities(person);
    for (const [v, value] of table.values.entries()) {
      const noise = 4.5 * Math.sqrt((shares[v]! * (1 - shares[v]!)) / n);
      expect(Math.abs((counts.get(value) ?? 0) / n - shares[v]!)).toBeLessThanOrEqual(noise);
    }
    expect(sum(counts.values())).toBe(n);
  });

  test('give the figures that were published', () => {
    const share = (attribute: string, value: string, person: object): number => {
      const table = tables.find(
        ({ table: one }) => one.attribute === attribute && one.covers({ ...adult, ...person }),
      )!;
      return table.table.probabilities({ ...adult, ...person })[table.table.values.indexOf(value)]!;
    };
    expect(share('ancestry', 'Mexican', { race: 'Hispanic or Latino' })).toBeCloseTo(37_145_956 / 60_755_866, 4);
    expect(share('ancestry', 'African American', { race: 'Black or African American alone' })).toBeCloseTo(0.537, 3);
    expect(share('place of birth', 'Mexico', { race: 'Hispanic or Latino', citizenship: 'Not a citizen' })).toBeCloseTo(
      24.8 / 50,
      4,
    );
    expect(share('abortion', 'wants abortion legal in most or all cases', { party: 'Democrat' })).toBeCloseTo(0.86, 6);
    expect(share('party', 'Democrat', { race: '?' })).toBeCloseTo(32 / 94, 6);
    const television = share('personal time', 'television', { age: '70', sex: '?' });
    expect(television).toBeCloseTo(4.2 / (0.34 + 0.55 + 4.2 + 0.46 + 0.49 + 0.43 + 0.43), 6);
  });

  test('put the differences between ages and races where the surveys found them', () => {
    const religion = tables.find(({ table }) => table.attribute === 'religion' && table.covers(adult))!.table;
    const of = (value: string, person: object) =>
      religion.probabilities({ ...adult, ...person })[religion.values.indexOf(value)]!;
    expect(of('Historically Black Protestant', { race: 'Black or African American alone' })).toBeGreaterThan(0.35);
    expect(of('Historically Black Protestant', {})).toBeLessThan(0.02);
    expect(of('Hindu', { race: 'Asian alone' })).toBeGreaterThan(0.08);
    expect(of('No religion in particular', { age: '22' })).toBeGreaterThan(
      of('No religion in particular', { age: '75' }),
    );
  });
});

describe('a rate table', () => {
  test('with one set of groups gives their shares; who is in none gets the overall ones', () => {
    const table = small(
      'overall: {a: 60, b: 40}\ngiven:\n  - {by: sex, groups: [{when: {sex: F}, shares: {a: 30, b: 70}}]}',
    );
    expect([...table.probabilities({ sex: 'F' })]).toEqual([0.3, 0.7]);
    expect([...table.probabilities({ sex: 'M' })]).toEqual([0.6, 0.4]);
    expect([...table.probabilities({})]).toEqual([0.6, 0.4]);
  });

  test('divides what is left among the values that a group does not name', () => {
    const table = small(
      'overall: {a: 20, b: 60, c: 20}\ngiven:\n  - {by: sex, groups: [{when: {sex: F}, shares: {a: 40}}]}',
    );
    const [a, b, c] = table.probabilities({ sex: 'F' });
    expect([a, b, c].map((share) => share!.toFixed(6))).toEqual(['0.400000', '0.450000', '0.150000']);
  });

  test('multiplies independent groups, and uses a baseline where the figures have another total', () => {
    const table = small(
      'overall: {a: 50, b: 25, c: 25}\ngiven:\n' +
        '  - {by: sex, merge: {bc: [b, c]}, groups: [{when: {sex: F}, shares: {a: 25, bc: 75}}]}\n' +
        '  - {by: age, baseline: {a: 80, b: 10, c: 10}, groups: [{when: {age: {from: 65}}, shares: {a: 40, b: 30, c: 30}}]}',
    );
    const both = table.probabilities({ sex: 'F', age: 70 });
    // .5 × ½ × ½ = .125; .25 × 1.5 × 3 = 1.125, twice
    for (const [i, share] of [0.125, 1.125, 1.125].entries()) expect(both[i]).toBeCloseTo(share / 2.375, 12);
  });

  test('with keepTotals, a population keeps the overall shares, and groups their odds', () => {
    const text =
      'keepTotals: true\noverall: {a: 50, b: 50}\ngiven:\n' +
      '  - {by: sex, groups: [{when: {sex: F}, shares: {a: 80, b: 20}}, {when: {sex: M}, shares: {a: 40, b: 60}}]}';
    const table = small(text);
    const population = [
      { weight: 3, person: { sex: 'F' } },
      { weight: 1, person: { sex: 'M' } },
    ];
    const odds = (sex: string) => table.probabilities({ sex })[0]! / table.probabilities({ sex })[1]!;
    const before = odds('F') / odds('M');
    fitTotals([table], population);
    expect((3 * table.probabilities({ sex: 'F' })[0]! + table.probabilities({ sex: 'M' })[0]!) / 4).toBeCloseTo(0.5, 5);
    expect(odds('F') / odds('M')).toBeCloseTo(before, 9);
    const left = small(text.replace('true', 'false'));
    fitTotals([left], population);
    expect([...left.probabilities({ sex: 'F' })]).toEqual([0.8, 0.2]);
  });

  test('leaves out, or names otherwise, whom the figures do not cover', () => {
    const random = new KeyedRandom(1, 'x');
    expect(small('among: {age: {from: 18}}\noverall: {a: 100}').draw({ age: 3 }, random)).toBeUndefined();
    expect(small('among: {age: {from: 18}}\notherwise: none\noverall: {a: 100}').draw({ age: 3 }, random)).toBe('none');
  });

  test('draws several different values, also when there are too few', () => {
    const table = small('unit: count\noverall: {a: 8, b: 1, c: 1}');
    const drawn = table.drawSeveral({}, new KeyedRandom(3, 'x'), 3);
    expect(drawn.toSorted()).toEqual(['a', 'b', 'c']);
    expect(table.drawSeveral({}, new KeyedRandom(3, 'x'), 9)).toHaveLength(3);
    const firsts = Array.from({ length: 4000 }, (_, i) => table.drawSeveral({}, new KeyedRandom(i, 'y'), 1)[0]);
    expect(firsts.filter((value) => value === 'a').length / 4000).toBeCloseTo(0.8, 1);
  });

  test.each([
    ['overall: {a: 60, b: 50}', 'WRONG_VALUE the numbers add up to 110, outside 90 to 102'],
    ['overall: {a: 60, b: 20}', 'WRONG_VALUE the numbers add up to 80, outside 90 to 102'],
    ['overall: {a: 60, b: -1}', 'WRONG_VALUE b is -1, outside 0 to Infinity'],
    ['unit: promille\noverall: {a: 100}', 'WRONG_VALUE unknown unit promille'],
    ['overall: {a: 100}\nrates: {}', 'UNKNOWN_KEY unknown key rates'],
    ['overall: {a: 100}\ngiven:\n  - {by: x, groups: [{when: {s: F}, shares: {b: 10}}]}', 'UNKNOWN_KEY unknown key b'],
    [
      'overall: {a: 100}\ngiven:\n  - {by: x, merge: {m: [b]}, groups: []}',
      'WRONG_VALUE "b" is no value of this table',
    ],
  ])('is refused with a place: %s', (text, problem) => {
    const [first] = problemsOf(() => small(text));
    expect(first).toContain(problem);
    expect(first).toMatch(/^\d+:\d+ /);
  });

  test('is refused without a source', () => {
    const without = () =>
      readNode('attribute: x\nlicence: l\nasOf: "2024"\noverall: {a: 100}', (root) => new RateTable(root));
    expect(problemsOf(without)[0]).toContain('MISSING_KEY the document needs the key source');
  });
});
