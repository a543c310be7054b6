import { expect, test } from '@jest/globals';
import { mean } from '../../../src/kinds/metrics/mean.js';
import { unitsOf } from '../../lib/stats/units.js';

test('the unit value is the score', () => {
  expect(mean.valueOf({ value: 3.5, label: 'good' }, {})).toBe(3.5);
  expect(mean.valueOf({ unscored: 'failed' }, {})).toBeNull();
  expect(mean.valueOf({ value: Number.POSITIVE_INFINITY }, {})).toBeNull();
});

test('the range is that of the scale', () => {
  expect(mean.range({ kind: 'number', min: 1, max: 7 }, {})).toEqual({ min: 1, max: 7 });
  expect(mean.range({ kind: 'binary' }, {})).toEqual({ min: 0, max: 1 });
});

test('worked by hand: 1, 2, 3, 4 on an open scale', () => {
  const estimate = mean.estimate(
    { ...unitsOf([1, 2, 3, 4], []), range: { min: 0, max: Number.POSITIVE_INFINITY } },
    0.95,
  );
  // Σ(y − 2.5)² = 5, SE = sqrt(5/3/4) = 0.6455, t with 3 degrees of freedom 3.182446.
  expect(estimate).toMatchObject({ value: 2.5, n: 4, method: 't/independent' });
  expect(estimate.low).toBeCloseTo(2.5 - 3.182446 * 0.6454972, 5);
  expect(estimate.high).toBeCloseTo(2.5 + 3.182446 * 0.6454972, 5);
});

test('on a scale of 1 to 5 the ends stay on it', () => {
  const units = { ...unitsOf([5, 5, 5, 4, 5, 5], [[0, 1, 2, 3, 4, 5]]), range: { min: 1, max: 5 } };
  const { value, low, high } = mean.estimate(units, 0.99);
  expect(value).toBeCloseTo(29 / 6, 12);
  expect(low).toBeGreaterThan(1);
  expect(high).toBeLessThanOrEqual(5);
});
