import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KeyedRandom } from '../../src/lib/rng.js';

/** Chi-square of counts against equal shares. */
const chiSquare = (counts: number[], total: number): number => {
  const expected = total / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
};

describe('KeyedRandom', () => {
  test('first draws of many keys are uniform', () => {
    const counts = new Array<number>(64).fill(0);
    for (let index = 0; index < 64_000; index++)
      counts[Math.floor(new KeyedRandom(7, 'cell', String(index)).uniform() * 64)]!++;
    // 63 degrees of freedom: 99.99 % of draws lie between 28 and 111.
    expect(chiSquare(counts, 64_000)).toBeGreaterThan(28);
    expect(chiSquare(counts, 64_000)).toBeLessThan(111);
  });

  test('successive draws of one key are uniform and do not depend on each other', () => {
    const counts = new Array<number>(64).fill(0);
    const random = new KeyedRandom(7, 'stream');
    for (let index = 0; index < 64_000; index++)
      counts[Math.floor(random.uniform() * 8) * 8 + Math.floor(random.uniform() * 8)]!++;
    expect(chiSquare(counts, 64_000)).toBeLessThan(111);
  });

  test('neighbouring seeds and keys are unrelated', () => {
    let sum = 0;
    for (let seed = 0; seed < 20_000; seed++)
      sum += (new KeyedRandom(seed, 'x').uniform() - 0.5) * (new KeyedRandom(seed + 1, 'x').uniform() - 0.5);
    // Correlation has sd 1/√n; the product of two uniforms has sd 1/12.
    expect(Math.abs((sum / 20_000) * 12)).toBeLessThan(4 / Math.sqrt(20_000));
  });

  test('normal draws have mean 0, sd 1 and normal tails', () => {
    const draws = Array.from({ length: 40_000 }, (_, index) => new KeyedRandom(3, 'normal', String(index)).normal());
    const mean = draws.reduce((sum, z) => sum + z, 0) / draws.length;
    const variance = draws.reduce((sum, z) => sum + z * z, 0) / draws.length;
    const beyond = draws.filter((z) => Math.abs(z) > 1.959964).length / draws.length;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(40_000));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 40_000));
    expect(Math.abs(beyond - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / 40_000));
  });

  test('no two of 200,000 keys give the same draw', () => {
    const seen = new Set<number>();
    for (let index = 0; index < 200_000; index++) seen.add(new KeyedRandom(0, `key ${index}`).uniform());
    expect(seen.size).toBe(200_000);
  });

  test('boundaries between keys count', () => {
    const draws = [['ab', 'c'], ['a', 'bc'], ['abc'], ['abc', ''], ['', 'abc'], ['cab']].map((keys) =>
      new KeyedRandom(1, ...keys).uniform(),
    );
    expect(new Set(draws).size).toBe(draws.length);
  });

  test('the same seed and keys give the same stream, and stay within range', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.string(), { maxLength: 3 }),
        fc.integer({ min: 1, max: 1000 }),
        (seed, keys, n) => {
          const [one, other] = [new KeyedRandom(seed, ...keys), new KeyedRandom(seed, ...keys)];
          for (let draw = 0; draw < 5; draw++) {
            const value = one.uniform();
            expect(value).toBe(other.uniform());
            expect(value >= 0 && value < 1).toBe(true);
            const index = one.below(n);
            expect(index).toBe(other.below(n));
            expect(Number.isInteger(index) && index >= 0 && index < n).toBe(true);
          }
        },
      ),
    );
  });
});
