import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { naturalOrder, numberOf } from '../../src/lib/natural-order.js';

test('numbers by size, before words; digits inside words as numbers', () => {
  const texts = ['item 10', 'banana', '9', 'item 9', '-3', '10', '2.5', 'Apple', 'item'];
  expect(texts.sort(naturalOrder)).toEqual(['-3', '2.5', '9', '10', 'Apple', 'banana', 'item', 'item 9', 'item 10']);
});

test('is a total order', () => {
  const text = fc.oneof(fc.string(), fc.integer().map(String), fc.constantFrom('1', '1.0', '01', 'a1', 'a01', ''));
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      expect(naturalOrder(a, b) === 0).toBe(a === b);
      expect(Math.sign(naturalOrder(a, b))).toBe(-Math.sign(naturalOrder(b, a)) || 0);
      if (naturalOrder(a, b) < 0 && naturalOrder(b, c) < 0) expect(naturalOrder(a, c)).toBeLessThan(0);
    }),
  );
});

test('what a number is', () => {
  expect(['34', ' 3.5 ', '-1', '', '  ', '3 years', 'Infinity'].map(numberOf)).toEqual([
    34,
    3.5,
    -1,
    null,
    null,
    null,
    null,
  ]);
});
