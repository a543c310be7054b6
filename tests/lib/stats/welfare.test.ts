import { describe, expect, test } from '@jest/globals';
import { KeyedRandom } from '../../../src/lib/rng.js';
import { gini, powerMean, shrunkenMeans } from '../../../src/lib/stats/welfare.js';

const column = (...values: number[]) => Float64Array.from(values);
const ones = column(1, 1, 1);

describe('power means, by hand', () => {
  const values = column(0.2, 0.4, 0.9);
  test.each([
    [1, 0.5],
    [0, 0.416017],
    [-1, 0.348387],
    [Number.NEGATIVE_INFINITY, 0.2],
    [Number.POSITIVE_INFINITY, 0.9],
  ])('p = %d', (p, expected) => {
    expect(powerMean(values, ones, p)).toBeCloseTo(expected, 5);
  });

  test('grow with p, and equal values have themselves as mean', () => {
    const ps = [Number.NEGATIVE_INFINITY, -5, -1, 0, 0.5, 1, 3, Number.POSITIVE_INFINITY];
    const means = ps.map((p) => powerMean(values, ones, p));
    means.slice(1).forEach((mean, i) => {
      expect(mean).toBeGreaterThan(means[i]!);
    });
    for (const p of ps) expect(powerMean(column(0.3, 0.3, 0.3), ones, p)).toBeCloseTo(0.3, 12);
  });

  test('somebody with nothing makes means with p ≤ 0 nothing; who has no weight does not count', () => {
    expect(powerMean(column(0, 0.5, 1), ones, 0)).toBe(0);
    expect(powerMean(column(0, 0.5, 1), ones, -1)).toBe(0);
    expect(powerMean(column(0, 0.5, 1), column(0, 1, 1), Number.NEGATIVE_INFINITY)).toBe(0.5);
  });

  test('a weight of two is somebody twice', () => {
    expect(powerMean(column(0.2, 0.4), column(2, 1), 0)).toBeCloseTo(powerMean(column(0.2, 0.2, 0.4), ones, 0), 12);
  });
});

describe('Gini', () => {
  test('by hand: mean difference over twice the mean', () => {
    // Differences of all nine pairs: 2(.2 + .7 + .5) = 2.8; 2.8/9 / (2 · .5) = .3111
    expect(gini(column(0.2, 0.4, 0.9), ones)).toBeCloseTo(2.8 / 9, 12);
  });

  test('equal: 0; one has all of three: ⅔; nobody anything: none; weights as people', () => {
    expect(gini(column(0.4, 0.4, 0.4), ones)).toBeCloseTo(0, 12);
    expect(gini(column(0, 0, 1), ones)).toBeCloseTo(2 / 3, 12);
    expect(gini(column(0, 0, 0), ones)).toBeNull();
    expect(gini(column(0, 1), column(2, 1))).toBeCloseTo(2 / 3, 12);
  });
});

test('shrinking brings the smallest of noisy means near the smallest true one', () => {
  const random = new KeyedRandom(3, 'jurors');
  const smallest = (values: Iterable<number>) => Math.min(...values);
  let [plain, shrunken, truth] = [0, 0, 0];
  for (let time = 0; time < 300; time++) {
    const trueMeans = Array.from({ length: 20 }, () => 0.5 + 0.05 * random.normal());
    const jurors = trueMeans.map((mean) => {
      const scores = Array.from({ length: 10 }, () => mean + 0.3 * random.normal());
      const own = scores.reduce((sum, one) => sum + one, 0) / 10;
      return { mean: own, n: 10, squares: scores.reduce((sum, one) => sum + (one - own) ** 2, 0), df: 9, weight: 1 };
    });
    plain += smallest(jurors.map(({ mean }) => mean)) / 300;
    shrunken += smallest(shrunkenMeans(jurors)) / 300;
    truth += smallest(trueMeans) / 300;
  }
  expect(Math.abs(shrunken - truth)).toBeLessThan(0.4 * Math.abs(plain - truth));
});

test('jurors that differ by chance alone are drawn to the same mean; without noise nobody moves', () => {
  const noisy = [0.4, 0.6].map((mean) => ({ mean, n: 2, squares: 10, df: 1, weight: 1 }));
  expect([...shrunkenMeans(noisy)]).toEqual([0.5, 0.5]);
  const sure = [0.4, 0.6].map((mean) => ({ mean, n: 2, squares: 0, df: 1, weight: 1 }));
  expect([...shrunkenMeans(sure)].map((mean) => Number(mean.toFixed(9)))).toEqual([0.4, 0.6]);
});
