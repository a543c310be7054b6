import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { twoSidedQuantile } from '../../../src/lib/stats/distributions.js';
import { wilsonEnds } from '../../../src/lib/stats/wilson.js';

const z = twoSidedQuantile(0.95, Number.POSITIVE_INFINITY);

describe('wilsonEnds', () => {
  // R binom.confint(method = "wilson"), asserted in statsmodels' test suite.
  test.each([
    [18, 20, 0.6989663548, 0.9721335188],
    [4, 20, 0.0806576626, 0.4160174323],
    [190, 200, 0.9104218519, 0.9726173544],
    [1, 30, 0.00590859, 0.16670391],
    [0, 30, 0, 0.11351339],
    [30, 30, 0.8864866, 1],
    [19, 38, 0.348499283643951, 0.651500716356049],
  ])('%d of %d agrees with R', (k, n, low, high) => {
    const ends = wilsonEnds(k / n, n, z);
    expect(ends.low).toBeCloseTo(low, 7);
    expect(ends.high).toBeCloseTo(high, 7);
  });

  test('reaches the ends of the range exactly, never beyond', () => {
    expect(wilsonEnds(1, 38, z).high).toBe(1);
    expect(wilsonEnds(0, 77, z).low).toBe(0);
  });

  test('holds the share and stays within [0, 1]', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.5, max: 1e7, noNaN: true }),
        fc.double({ min: 0.1, max: 60, noNaN: true }),
        (share, n, quantile) => {
          const { low, high } = wilsonEnds(share, n, quantile);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(low).toBeLessThanOrEqual(share + 1e-12);
          expect(high).toBeGreaterThanOrEqual(share - 1e-12);
        },
      ),
    );
  });
});
