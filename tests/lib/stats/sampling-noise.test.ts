import { describe, expect, test } from '@jest/globals';
import { KeyedRandom } from '../../../src/lib/rng.js';
import { BinomialSampler } from '../../../src/lib/stats/binomial-sampler.js';
import { binomialCdf, normalQuantile } from '../../../src/lib/stats/distributions.js';
import { samplingNoise } from '../../../src/lib/stats/sampling-noise.js';
import { totalVariation } from '../../../src/lib/stats/total-variation.js';

describe('total variation', () => {
  test('is half the absolute differences, with categories that one side lacks', () => {
    expect(totalVariation({ a: 0.5, b: 0.5 }, { a: 0.5, b: 0.5 })).toBe(0);
    expect(totalVariation({ a: 1 }, { b: 1 })).toBe(1);
    expect(totalVariation({ a: 0.5, b: 0.5 }, { a: 0.2, b: 0.5, c: 0.3 })).toBeCloseTo(0.3, 12);
    expect(totalVariation({ a: 0.2, b: 0.5, c: 0.3 }, { a: 0.5, b: 0.5 })).toBeCloseTo(0.3, 12);
  });

  test('does not take what every object has for a category', () => {
    expect(totalVariation({ constructor: 1 }, { a: 1 })).toBe(1);
  });
});

describe('binomial counts', () => {
  test.each([
    [10, 0.3],
    [1586, 0.002],
    [1586, 0.5],
    [5000, 0.97],
  ])('of n = %p and p = %p follow the exact distribution', (trials, p) => {
    const sampler = new BinomialSampler(trials);
    const random = new KeyedRandom(3, 'binomial', String(trials));
    const size = 20_000;
    const counts = new Array<number>(trials + 1).fill(0);
    for (let i = 0; i < size; i++) counts[sampler.draw(trials, p, random)]!++;
    let below = 0;
    let worst = 0;
    counts.forEach((count, k) => {
      below += count / size;
      worst = Math.max(worst, Math.abs(below - binomialCdf(k, trials, p)));
    });
    // Kolmogorov's bound at .0001.
    expect(worst).toBeLessThan(2.23 / Math.sqrt(size));
  });

  test('of impossible and certain events need no luck', () => {
    const random = new KeyedRandom(1);
    expect(new BinomialSampler(9).draw(9, 0, random)).toBe(0);
    expect(new BinomialSampler(9).draw(9, 1, random)).toBe(9);
    expect(new BinomialSampler(9).draw(0, 0.5, random)).toBe(0);
  });
});

describe('sampling noise', () => {
  test('of two categories is the quantile of |k/n − p|', () => {
    const n = 1586;
    const p = 0.4;
    // For two categories the distance is |k/n − p|, whose law is nearly normal at this n.
    const expected = normalQuantile(0.995) * Math.sqrt((p * (1 - p)) / n);
    expect(samplingNoise({ a: p, b: 1 - p }, n)).toBeGreaterThan(expected * 0.94);
    expect(samplingNoise({ a: p, b: 1 - p }, n)).toBeLessThan(expected * 1.06);
  });

  test('falls with n, grows with categories, and is the same every time', () => {
    const even = (k: number) => Object.fromEntries(Array.from({ length: k }, (_, i) => [`c${i}`, 1 / k]));
    expect(samplingNoise(even(10), 1000)).toBeGreaterThan(samplingNoise(even(10), 4000) * 1.8);
    expect(samplingNoise(even(50), 1000)).toBeGreaterThan(samplingNoise(even(10), 1000) * 1.5);
    expect(samplingNoise(even(10), 1000)).toBe(samplingNoise(even(10), 1000));
    expect(samplingNoise({ only: 1 }, 1000)).toBe(0);
  });

  test('is exceeded by about one sample in a hundred', () => {
    const shares = { a: 0.5, b: 0.3, c: 0.15, d: 0.05 };
    const n = 800;
    const bound = samplingNoise(shares, n);
    const ends = [0.5, 0.8, 0.95, 1];
    let beyond = 0;
    for (let sample = 0; sample < 2000; sample++) {
      const random = new KeyedRandom(11, 'check', String(sample));
      const counts: { [category: string]: number } = { a: 0, b: 0, c: 0, d: 0 };
      for (let i = 0; i < n; i++) {
        const u = random.uniform();
        counts['abcd'[ends.findIndex((end) => u < end)]!]! += 1 / n;
      }
      if (totalVariation(shares, counts) > bound) beyond++;
    }
    expect(beyond).toBeGreaterThan(5);
    expect(beyond).toBeLessThan(40);
  });
});
