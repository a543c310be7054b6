import { describe, expect, test } from '@jest/globals';
import { anyOfK } from '../../../src/kinds/metrics/any-of-k.js';
import { passAtK } from '../../../src/kinds/metrics/pass-at-k.js';
import { passPowK } from '../../../src/kinds/metrics/pass-pow-k.js';
import { KeyedRandom } from '../../../src/lib/rng.js';
import { unitsOf } from '../../lib/stats/units.js';

const kinds = { pass_at_k: passAtK, any_of_k: anyOfK, pass_pow_k: passPowK };

describe('by hand', () => {
  test('pass@k: 2 of 4 succeed: one of two fails with C(2,2)/C(4,2) = 1/6', () => {
    expect(passAtK.ofRepeats!([1, 0, 1, 0], { k: 2 })).toBeCloseTo(5 / 6, 12);
    expect(passAtK.ofRepeats!([1, 0, 1, 0], { k: 1 })).toBe(0.5);
    expect(passAtK.ofRepeats!([1, 0, 1, 0], { k: 3 })).toBe(1);
    expect(passAtK.ofRepeats!([0, 0, 0, 0], { k: 4 })).toBe(0);
  });

  test('pass^k: 3 of 4 succeed: both of two with C(3,2)/C(4,2) = 1/2', () => {
    expect(passPowK.ofRepeats!([1, 1, 0, 1], { k: 2 })).toBeCloseTo(0.5, 12);
    expect(passPowK.ofRepeats!([1, 1, 0, 1], { k: 4 })).toBe(0);
    expect(passPowK.ofRepeats!([1, 1, 1, 1], { k: 4 })).toBe(1);
  });

  test('any of the first k', () => {
    expect(anyOfK.ofRepeats!([0, 0, 1], { k: 2 })).toBe(0);
    expect(anyOfK.ofRepeats!([0, 0, 1], { k: 3 })).toBe(1);
  });
});

test('the unbiased forms have the right mean where a small sample is all there is', () => {
  const random = new KeyedRandom(1, 'answers');
  const [p, n, k] = [0.3, 5, 3];
  let [at, pow] = [0, 0];
  for (let time = 0; time < 40_000; time++) {
    const answers = Array.from({ length: n }, () => (random.chance(p) ? 1 : 0));
    at += passAtK.ofRepeats!(answers, { k })! / 40_000;
    pow += passPowK.ofRepeats!(answers, { k })! / 40_000;
  }
  expect(Math.abs(at - (1 - (1 - p) ** k))).toBeLessThan(0.01);
  expect(Math.abs(pow - p ** k)).toBeLessThan(0.005);
});

describe.each(Object.entries(kinds))('%s', (name, kind) => {
  test('a unit with fewer scored repeats than k is unscored', () => {
    expect(kind.ofRepeats!([1, 1], { k: 3 })).toBeNull();
  });

  test('only 0 and 1 are successes and failures; labels by `is`', () => {
    expect(kind.valueOf({ value: 1 }, { k: 1 })).toBe(1);
    expect(kind.valueOf({ value: 0.5 }, { k: 1 })).toBeNull();
    expect(kind.valueOf({ unscored: 'refused' }, { k: 1 })).toBeNull();
    expect(kind.valueOf({ value: 1, label: 'good' }, { k: 1, is: 'good' })).toBe(1);
    expect(kind.fault!({ k: 1 }, { kind: 'label', labels: ['good'] })).toMatchObject({ path: [] });
  });

  test('asks for k repeats', () => {
    expect(kind.leastRepeats!({ k: 4 })).toEqual({ repeats: 4, path: ['k'] });
  });

  test('stays within 0 and 1, moves with k as it should, and grows with successes', () => {
    const random = new KeyedRandom(2, name);
    for (let time = 0; time < 100; time++) {
      const answers = Array.from({ length: 6 }, () => random.below(2));
      const by = [1, 2, 3, 4, 5, 6].map((k) => kind.ofRepeats!(answers, { k })!);
      for (const value of by) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
      by.slice(1).forEach((value, i) => {
        if (name === 'pass_pow_k') expect(value).toBeLessThanOrEqual(by[i]! + 1e-12);
        else expect(value).toBeGreaterThanOrEqual(by[i]! - 1e-12);
      });
      const better = [...answers];
      better[random.below(6)] = 1;
      expect(kind.ofRepeats!(better, { k: 3 })!).toBeGreaterThanOrEqual(kind.ofRepeats!(answers, { k: 3 })! - 1e-12);
    }
  });

  test('an empty slice has no value', () => {
    expect(kind.estimate(unitsOf([], []), 0.95)).toMatchObject({ value: null, low: null, high: null, n: 0 });
  });
});

test('without a regard for order, but for any_of_k', () => {
  expect(passAtK.ofRepeats!([1, 0, 0, 1], { k: 2 })).toBe(passAtK.ofRepeats!([0, 0, 1, 1], { k: 2 }));
  expect(passPowK.ofRepeats!([1, 0, 0, 1], { k: 2 })).toBe(passPowK.ofRepeats!([0, 0, 1, 1], { k: 2 }));
});
