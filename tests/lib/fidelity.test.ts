import { describe, expect, test } from '@jest/globals';
import type { Persona } from '../../src/contract/persona.js';
import type { Population } from '../../src/contract/population.js';
import { categorizer, firstNumber } from '../../src/lib/category-of.js';
import { fidelityOf } from '../../src/lib/fidelity.js';
import { KeyedRandom } from '../../src/lib/rng.js';
import { samplingNoise } from '../../src/lib/stats/sampling-noise.js';

const key = (...categories: string[]): string => JSON.stringify(categories);

const population: Population = {
  title: 'a planted town',
  attributes: [
    { attribute: 'sex', category: { kind: 'value' }, shares: { Female: 0.5, Male: 0.5 }, source: 'planted' },
    {
      attribute: 'age',
      category: { kind: 'bands', bands: [18, 65] },
      shares: { '65+': 0.25, '<18': 0.25, '18–64': 0.5 },
      source: 'planted',
    },
    {
      attribute: 'education',
      category: { kind: 'map', of: { 'High school': 'school', College: 'more', Doctorate: 'more' } },
      shares: { school: 0.6, more: 0.4 },
      among: { attribute: 'age', from: 25 },
      source: 'planted',
    },
  ],
  pairs: [
    {
      attributes: ['sex', 'education'],
      shares: {
        [key('Female', 'school')]: 0.25,
        [key('Female', 'more')]: 0.25,
        [key('Male', 'school')]: 0.35,
        [key('Male', 'more')]: 0.15,
      },
      association: 0.2,
      source: 'planted',
    },
  ],
};

const person = (id: string, attributes: Persona['attributes'], weight?: number): Persona => ({
  id,
  attributes,
  ...(weight === undefined ? {} : { weight }),
});

describe('categories', () => {
  test.each([
    ['34', 34],
    ['$49,500', 49_500],
    ['-$4,500', -4500],
    ['−12.5 hours', -12.5],
    ['18-34', 18],
    [7, 7],
    ['none', null],
    [Number.NaN, null],
  ])('the first number of %j is %j', (text, expected) => expect(firstNumber(text)).toBe(expected));

  test('are the value, a band, or what a map says', () => {
    expect(categorizer({ kind: 'value' })(34)).toBe('34');
    const band = categorizer({ kind: 'bands', bands: [18, 35] });
    expect(['17', '18 years', '34.9', 'thirty'].map(band)).toEqual(['<18', '18–34', '18–34', '(no number)']);
    const mapped = categorizer({ kind: 'map', of: { a: 'x' } });
    expect(['a', 'b', 'constructor'].map(mapped)).toEqual(['x', '(other)', '(other)']);
  });
});

describe('fidelity', () => {
  const four = [
    person('a', { sex: 'Female', age: 10, education: 'Doctorate' }),
    person('b', { sex: 'Female', age: 30, education: 'Doctorate' }),
    person('c', { sex: 'Female', age: 40 }),
    person('d', { sex: 'Male', age: 70, education: 'High school' }),
  ];

  test('counts, distances and what is counted among whom, by hand', () => {
    const { attributes, pairs } = fidelityOf(four, population);
    const [sex, age, education] = attributes;
    expect(sex).toMatchObject({ n: 4, distance: 0.25 });
    expect(sex!.categories).toEqual([
      { category: 'Female', population: 0.5, drawn: 0.75 },
      { category: 'Male', population: 0.5, drawn: 0.25 },
    ]);
    expect(age).toMatchObject({ n: 4, distance: 0, worth: 4 });
    expect(age!.categories.map(({ category }) => category)).toEqual(['<18', '18–64', '65+']);
    // The child does not count; one of the three adults has no education, which is nobody in the population.
    expect(education!.n).toBe(3);
    expect(education!.distance).toBeCloseTo(1 / 3, 12);
    expect(education!.categories.at(-1)).toEqual({ category: '(missing)', population: 0, drawn: 1 / 3 });
    expect(pairs[0]!.n).toBe(3);
    expect(pairs[0]!.distance).toBeCloseTo((1 / 12 + 0.25 + 1 / 60 + 0.15 + 1 / 3) / 2, 12);
    expect(sex!.noise).toBe(samplingNoise({ Female: 0.5, Male: 0.5 }, 4));
  });

  test('a pair may have categories of its own, and counts everyone then', () => {
    const own = { ...population.pairs[0]!, categories: [{ kind: 'value' }, { kind: 'value' }] as [never, never] };
    const shares = { [key('Female', 'High school')]: 0.5, [key('Male', 'High school')]: 0.5 };
    const [pair] = fidelityOf(four, {
      ...population,
      pairs: [{ ...own, attributes: ['sex', 'education'], shares }],
    }).pairs;
    expect(pair!.n).toBe(4);
    expect(pair!.cells.map(({ categories }) => categories[1])).toContain('High school');
  });

  test('weights count, and the noise is that of the people they are worth', () => {
    const weighted = four.map((one, i) => ({ ...one, weight: i === 3 ? 3 : 1 }));
    const [sex] = fidelityOf(weighted, population).attributes;
    expect(sex).toMatchObject({ n: 4, distance: 0, noise: samplingNoise({ Female: 0.5, Male: 0.5 }, 3) });
    const alike = four.map((one) => ({ ...one, weight: 0.5 }));
    expect(fidelityOf(alike, population)).toEqual(fidelityOf(four, population));
  });

  test('shares that are counts of a sample add their own error', () => {
    const sampled = { ...population, attributes: [{ ...population.attributes[0]!, n: 4 }], pairs: [] };
    const [sex] = fidelityOf(four, sampled).attributes;
    expect(sex!.noise).toBe(samplingNoise({ Female: 0.5, Male: 0.5 }, 2));
  });

  test('where nobody is counted there is no distance, and no zero', () => {
    const [, , education] = fidelityOf([four[0]!], population).attributes;
    expect(education).toMatchObject({ n: 0, distance: null, noise: null });
    expect(fidelityOf([], population).attributes[0]).toMatchObject({ n: 0, distance: null, noise: null });
  });

  test('a true draw stays within the noise about 99 times of 100, a skewed one does not', () => {
    const bySex = { ...population, attributes: population.attributes.slice(0, 1), pairs: [] };
    const draw = (seed: number, female: number) => {
      const random = new KeyedRandom(seed, 'draw');
      return Array.from({ length: 400 }, (_, i) =>
        person(`p${i}`, { sex: random.uniform() < female ? 'Female' : 'Male' }),
      );
    };
    const beyond = (female: number) =>
      Array.from({ length: 100 }, (_, seed) => fidelityOf(draw(seed, female), bySex).attributes[0]!).filter(
        ({ distance, noise }) => distance! > noise!,
      ).length;
    // More than 5 of 100 that are each beyond it with probability 0.01: about once in 2,000.
    expect(beyond(0.5)).toBeLessThanOrEqual(5);
    expect(beyond(0.62)).toBeGreaterThan(95);
  });
});
