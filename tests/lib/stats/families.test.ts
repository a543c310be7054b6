import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { benjaminiHochberg } from '../../../src/lib/stats/benjamini-hochberg.js';
import { exactMcNemar } from '../../../src/lib/stats/exact-mcnemar.js';
import { holm } from '../../../src/lib/stats/holm.js';

const rounded = (ps: (number | null)[]) => ps.map((p) => (p === null ? null : Number(p.toFixed(10))));
const pValues = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 20 });

describe('holm', () => {
  test('worked by hand', () => {
    // Ascending .01, .02, .03, .04 times 4, 3, 2, 1, never falling.
    expect(rounded(holm([0.04, 0.01, 0.03, 0.02]))).toEqual([0.06, 0.04, 0.06, 0.06]);
  });

  test('missing tests do not count', () => {
    expect(rounded(holm([null, 0.02, null, 0.5]))).toEqual([null, 0.04, null, 0.5]);
    expect(holm([])).toEqual([]);
  });

  test('never lowers a p, never exceeds 1, keeps the order', () => {
    fc.assert(
      fc.property(pValues, (ps) => {
        const adjusted = holm(ps);
        ps.forEach((p, i) => {
          if (p === null) {
            expect(adjusted[i]).toBeNull();
            return;
          }
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          ps.forEach((q, j) => {
            if (q !== null && q <= p) expect(adjusted[j]!).toBeLessThanOrEqual(adjusted[i]!);
          });
        });
      }),
    );
  });
});

describe('benjaminiHochberg', () => {
  test('worked by hand', () => {
    // Ascending .01, .02, .03, .5 times 4/1, 4/2, 4/3, 4/4, never falling from the right.
    expect(rounded(benjaminiHochberg([0.5, 0.01, null, 0.03, 0.02]))).toEqual([0.5, 0.04, null, 0.04, 0.04]);
  });

  test('never above Holm', () => {
    fc.assert(
      fc.property(pValues, (ps) => {
        const strict = holm(ps);
        benjaminiHochberg(ps).forEach((q, i) => {
          if (q !== null) expect(q).toBeLessThanOrEqual(strict[i]! + 1e-12);
        });
      }),
    );
  });
});

describe('exactMcNemar', () => {
  // [[a, b], [c, d]] as asserted in statsmodels' test suite; only b and c matter.
  test.each([
    [121, 59, 0.000004, 6],
    [70, 59, 0.378688, 6],
    [30, 60, 0.00206, 5],
    [10, 30, 0.002221, 6],
    [10, 10, 1, 12],
    [10, 3, 0.09228515625, 12],
  ])('%d against %d', (b, c, p, digits) => {
    expect(exactMcNemar(b, c)).toBeCloseTo(p, digits);
    expect(exactMcNemar(c, b)).toBe(exactMcNemar(b, c));
  });

  test('nothing flipped', () => {
    expect(exactMcNemar(0, 0)).toBe(1);
  });
});
