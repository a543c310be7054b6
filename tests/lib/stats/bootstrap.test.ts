import { describe, expect, test } from '@jest/globals';
import {
  basicEnds,
  bcaEnds,
  correctionOf,
  jackknifeValues,
  percentileEnds,
  quantileOf,
  resampledValues,
} from '../../../src/lib/stats/bootstrap.js';

/** Sixteen waiting times; the ends for them are those of R's boot package, as SciPy's tests assert them. */
const x = [10, 12, 12.5, 12.5, 13.9, 15, 21, 22, 23, 34, 50, 81, 89, 121, 134, 213];
const meanAt = (counts: Int32Array): number | null => {
  const n = counts.reduce((sum, count) => sum + count, 0);
  return n === 0 ? null : counts.reduce((sum, count, i) => sum + count * x[i]!, 0) / n;
};

describe('the mean of sixteen values', () => {
  const sorted = resampledValues(16, 'reference', meanAt, 100_000);
  const value = x.reduce((sum, one) => sum + one, 0) / 16;
  const near = (ends: { low: number; high: number }, low: number, high: number) => {
    expect(Math.abs(ends.low / low - 1)).toBeLessThan(0.01);
    expect(Math.abs(ends.high / high - 1)).toBeLessThan(0.01);
  };

  test('percentile, basic and BCa ends are those of R', () => {
    near(percentileEnds(sorted, 0.95), 28.86, 84.21);
    near(basicEnds(sorted, value, 0.95), 23.77, 79.12);
    near(bcaEnds(sorted, correctionOf(sorted, value, jackknifeValues(16, meanAt)), 0.95), 32.31, 91.43);
  });

  test('basic ends are twice the value less the percentile ends, not the percentile ends', () => {
    const percentile = percentileEnds(sorted, 0.9);
    const basic = basicEnds(sorted, value, 0.9);
    expect(basic.low).toBeCloseTo(2 * value - percentile.high, 9);
    expect(basic.high).toBeCloseTo(2 * value - percentile.low, 9);
  });
});

test('the same key gives the same resamples, another key others', () => {
  const draw = (key: string) => [...resampledValues(16, key, meanAt, 50)];
  expect(draw('a')).toEqual(draw('a'));
  expect(draw('a')).not.toEqual(draw('b'));
});

test('resamples without a value are left out', () => {
  const some = resampledValues(2, 'halves', (counts) => (counts[0] === 1 ? 1 : null), 1000);
  expect(some.length).toBeGreaterThan(400);
  expect(some.length).toBeLessThan(600);
});

test('quantiles lie on the line between neighbours', () => {
  const sorted = Float64Array.from([1, 2, 4]);
  expect([0, 0.25, 0.5, 0.75, 1].map((p) => quantileOf(sorted, p))).toEqual([1, 1.5, 2, 3, 4]);
});

test('more than 200 clusters are left out in 200 parts', () => {
  expect(jackknifeValues(1000, (counts) => counts.reduce((a, b) => a + b, 0))).toEqual(new Float64Array(200).fill(995));
});
