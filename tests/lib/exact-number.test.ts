import { expect, test } from '@jest/globals';
import { isExact } from '../../src/lib/exact-number.js';

test.each([0, -0, 0.1, -1.5, 1e-300, 2 ** 53 - 1, -(2 ** 53) + 1])('%p is exact', (value) => {
  expect(isExact(value)).toBe(true);
});

test.each([2 ** 53, -(2 ** 53), 1e21, Number.NaN, Number.POSITIVE_INFINITY])('%p is not', (value) => {
  expect(isExact(value)).toBe(false);
});
