import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dealtSuccesses, fisherGreater, riseByChance, smallestP } from '../../../src/lib/stats/hypergeometric.js';
import { risenChance, successChances } from '../../../src/lib/stats/risen-chance.js';

const of = (successes: number, trials: number) => ({ successes, trials });

describe('Fisher’s exact test, one-sided', () => {
  test('worked by hand: the lady who tastes tea, 4 of 4 against 0 of 4 and 3 against 1', () => {
    expect(fisherGreater(of(4, 4), of(0, 4))).toBeCloseTo(1 / 70, 14);
    expect(fisherGreater(of(3, 4), of(1, 4))).toBeCloseTo(17 / 70, 14);
    expect(fisherGreater(of(0, 4), of(0, 4))).toBe(1);
  });

  test('the smallest p of r answers in each arm is 1/C(2r, r)', () => {
    expect([1, 2, 3, 4].map((r) => smallestP(r, r))).toEqual(
      [2, 6, 20, 70].map((ways) => expect.closeTo(1 / ways, 14)),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), (n, m) => {
        expect(smallestP(n, m)).toBeCloseTo(fisherGreater(of(n, n), of(0, m)), 12);
      }),
    );
  });

  test('chances add up to 1 and have the hypergeometric mean', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, m, u) => {
          const total = Math.round(u * (n + m));
          const first = Math.min(n, total);
          const { from, chances } = dealtSuccesses(of(first, n), of(total - first, m));
          const mean = chances.reduce((sum, chance, i) => sum + chance * (from + i), 0);
          expect(chances.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 10);
          expect(mean).toBeCloseTo((total * n) / (n + m), 8);
        },
      ),
    );
  });
});

describe('how often a rate rises by chance', () => {
  test('worked by hand: one success among one answer in each arm rises half the time', () => {
    expect(riseByChance(of(1, 1), of(0, 1))).toBeCloseTo(0.5, 14);
    expect(riseByChance(of(0, 3), of(0, 3))).toBe(0);
    // Two successes among 2 + 2: both in the first of C(4, 2) = 6 ways.
    expect(riseByChance(of(1, 2), of(1, 2))).toBeCloseTo(1 / 6, 14);
  });

  test('rising, falling and staying are all there is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 24 }), (n, both) => {
        const total = Math.min(both, 2 * n);
        const [a, b] = [of(Math.min(n, total), n), of(total - Math.min(n, total), n)];
        const tie = total % 2 === 0 ? dealtSuccesses(a, b).chances[total / 2 - Math.max(0, total - n)]! : 0;
        expect(riseByChance(a, b) + riseByChance(b, a) + tie).toBeCloseTo(1, 10);
      }),
    );
  });
});

describe('how often the first of two lots has the higher share', () => {
  test('worked by hand: .5 against .5, one answer each: a quarter', () => {
    const half = { chances: [0.5], times: [1] };
    expect(risenChance(half, half)).toBeCloseTo(0.25, 14);
  });

  test('trials of unlike chances are folded one by one', () => {
    expect([...successChances({ chances: [0.2, 0.7], times: [1, 1] })]).toEqual(
      [0.8 * 0.3, 0.2 * 0.3 + 0.8 * 0.7, 0.2 * 0.7].map((chance) => expect.closeTo(chance, 14)),
    );
  });

  test('is the sum over all outcomes', () => {
    const trials = fc.record({
      chance: fc.double({ min: 0, max: 1, noNaN: true }),
      times: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(trials, trials, (a, b) => {
        const pmf = ({ chance, times }: typeof a, k: number) => {
          const choose = [[1], [1, 1], [1, 2, 1], [1, 3, 3, 1], [1, 4, 6, 4, 1]][times]![k]!;
          return choose * chance ** k * (1 - chance) ** (times - k);
        };
        let sum = 0;
        for (let k = 0; k <= a.times; k++)
          for (let l = 0; l <= b.times; l++) if (k / a.times > l / b.times + 1e-12) sum += pmf(a, k) * pmf(b, l);
        expect(
          risenChance({ chances: [a.chance], times: [a.times] }, { chances: [b.chance], times: [b.times] }),
        ).toBeCloseTo(sum, 10);
      }),
    );
  });
});
