import { expect, test } from '@jest/globals';
import {
  binomialCdf,
  normalCdf,
  normalQuantile,
  tCdf,
  tQuantile,
  twoSidedP,
  twoSidedQuantile,
} from '../../../src/lib/stats/distributions.js';

// Printed in every table of the t distribution (two-sided 5 %).
test.each([
  [1, 12.706],
  [2, 4.303],
  [5, 2.571],
  [11, 2.201],
  [30, 2.042],
  [120, 1.98],
])('t quantile with %d degrees of freedom', (df, expected) => {
  expect(tQuantile(0.975, df)).toBeCloseTo(expected, 3);
  expect(tCdf(tQuantile(0.975, df), df)).toBeCloseTo(0.975, 10);
});

test('the normal is the t with infinite degrees of freedom', () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
  expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 12);
  expect(twoSidedQuantile(0.95, Number.POSITIVE_INFINITY)).toBeCloseTo(twoSidedQuantile(0.95, 1e7), 5);
  expect(twoSidedP(-1.959963984540054, Number.POSITIVE_INFINITY)).toBeCloseTo(0.05, 12);
  expect(twoSidedP(0, 5)).toBe(1);
});

test('binomial tail', () => {
  expect(binomialCdf(1, 3, 0.5)).toBeCloseTo(0.5, 12);
});
