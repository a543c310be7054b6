import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { differenceAxis, placeOn, tickText, valueAxis } from '../../../../src/kinds/reporters/html/parts/axis.js';

const ends = fc.array(fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })), { maxLength: 8 });

describe('axes', () => {
  test('shares always run from nothing to all', () => {
    expect(valueAxis('share', [0.4, 0.41])).toEqual({ from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1] });
    expect([0, 0.25, 1].map((tick) => tickText(tick, 'share'))).toEqual(['0', '25', '100']);
  });

  test('differences are symmetric around zero', () => {
    const axis = differenceAxis([-0.03, 0.25, null]);
    expect(axis.from).toBeCloseTo(-axis.to);
    expect(placeOn(axis, 0)).toBe('50.00%');
    expect(axis.to).toBeGreaterThanOrEqual(0.25);
  });

  test('hold every end that is known, with few ticks', () => {
    fc.assert(
      fc.property(ends, (values) => {
        for (const axis of [valueAxis('points', values), differenceAxis(values)]) {
          for (const value of values) {
            if (value === null) continue;
            const slack = (axis.to - axis.from) * 1e-9;
            expect(value).toBeGreaterThanOrEqual(axis.from - slack);
            expect(value).toBeLessThanOrEqual(axis.to + slack);
          }
          expect(axis.ticks.length).toBeGreaterThan(1);
          expect(axis.ticks.length).toBeLessThan(12);
        }
      }),
    );
  });
});
