import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { boundedInterval } from '../../../src/lib/stats/bounded-interval.js';
import { type BoundedEstimate, ratioEnds } from '../../../src/lib/stats/ratio-ends.js';
import { relativeReduction } from '../../../src/lib/stats/relative-reduction.js';
import { wilsonEnds } from '../../../src/lib/stats/wilson.js';
import { unitsOf } from './units.js';

const shareRange = { min: 0, max: 1 };
const wilson = (value: number, n: number): BoundedEstimate => ({ value, ...wilsonEnds(value, n, 1.96) });

/** The quadratic's roots in closed form, where they exist. */
function closedForm(a: BoundedEstimate, b: BoundedEstimate, r: number): [number, number] {
  const lower = a.value * b.value - r * (a.value - a.low) * (b.high - b.value);
  const down = b.high * (2 * b.value - b.high);
  const low = (lower - Math.sqrt(lower ** 2 - a.low * b.high * (2 * a.value - a.low) * (2 * b.value - b.high))) / down;
  const upper = a.value * b.value - r * (a.high - a.value) * (b.value - b.low);
  const up = b.low * (2 * b.value - b.low);
  const high = (upper + Math.sqrt(upper ** 2 - a.high * b.low * (2 * a.value - a.high) * (2 * b.value - b.low))) / up;
  return [low, high];
}

describe('the interval of a ratio', () => {
  test('is what the closed form gives, with and without correlation', () => {
    for (const r of [0, 0.4, -0.3]) {
      const [a, b] = [wilson(0.2, 80), wilson(0.5, 80)];
      const { low, high } = ratioEnds(a, b, r);
      const [wantedLow, wantedHigh] = closedForm(a, b, r);
      expect(low).toBeCloseTo(wantedLow, 10);
      expect(high).toBeCloseTo(wantedHigh, 10);
    }
  });

  test('worked by hand: a known denominator only scales the numerator', () => {
    const { low, high } = ratioEnds({ value: 0.2, low: 0.1, high: 0.4 }, { value: 0.5, low: 0.5, high: 0.5 }, 0);
    expect([low, high]).toEqual([expect.closeTo(0.2, 10), expect.closeTo(0.8, 10)]);
  });

  test('has width where nothing succeeds, and begins at 0 there', () => {
    const { low, high } = ratioEnds(wilson(0, 72), wilson(0.4, 72), 0);
    expect(low).toBeCloseTo(0, 12);
    expect(high).toBeGreaterThan(0.1);
  });

  test('has no upper end where the denominator may be 0', () => {
    expect(ratioEnds(wilson(0.3, 20), { value: 0.1, low: 0, high: 0.3 }, 0).high).toBe(Number.POSITIVE_INFINITY);
  });

  test('turns over with the ratio, and holds it', () => {
    const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    const size = fc.integer({ min: 20, max: 500 });
    fc.assert(
      fc.property(share, share, size, fc.double({ min: -0.9, max: 0.9, noNaN: true }), (p, q, n, r) => {
        const [a, b] = [wilson(p, n), wilson(q, n)];
        const [one, other] = [ratioEnds(a, b, r), ratioEnds(b, a, r)];
        expect(one.low).toBeLessThanOrEqual(p / q + 1e-9);
        expect(one.high).toBeGreaterThanOrEqual(p / q - 1e-9);
        if (Number.isFinite(one.high) && other.low > 0) expect(one.high * other.low).toBeCloseTo(1, 6);
      }),
    );
  });
});

describe('the relative reduction', () => {
  const estimate = (units: Parameters<typeof boundedInterval>[0], level: number) =>
    boundedInterval(units, level, shareRange);
  const ids = [[0, 0, 1, 1, 2, 2, 3, 3, 4, 4]];
  const base = [1, 0, 1, 1, 0, 1, 1, 1, 0, 1];

  test('worked by hand: 7 of 10 become 2 of 10', () => {
    const against = [0, 0, 1, 0, 0, 0, 0, 0, 0, 1];
    const { value, low, high, n, clusters } = relativeReduction(
      { of: unitsOf(base, ids), against: unitsOf(against, ids) },
      estimate,
      0.95,
    );
    expect(value).toBeCloseTo(5 / 7, 12);
    expect(low!).toBeLessThan(5 / 7);
    expect(high!).toBeGreaterThan(5 / 7);
    expect({ n, clusters }).toEqual({ n: 10, clusters: { a: 5 } });
  });

  test('arms that answer alike are known to: no reduction, and a narrow interval', () => {
    const alike = relativeReduction({ of: unitsOf(base, ids), against: unitsOf(base, ids) }, estimate, 0.95);
    const mixed = relativeReduction(
      { of: unitsOf(base, ids), against: unitsOf([1, 1, 1, 0, 1, 1, 0, 1, 1, 0], ids) },
      estimate,
      0.95,
    );
    expect(alike.value).toBe(0);
    expect(alike.high! - alike.low!).toBeLessThan(mixed.high! - mixed.low!);
  });

  test('of nothing, and of a base of 0, there is none', () => {
    const none = relativeReduction({ of: unitsOf([], []), against: unitsOf([], []) }, estimate, 0.95);
    const zero = relativeReduction({ of: unitsOf([0, 0, 0], []), against: unitsOf([1, 0, 0], []) }, estimate, 0.95);
    expect([none.value, none.method, zero.value, zero.method]).toEqual([null, 'none/empty', null, 'none/no-base']);
  });

  test('a single cluster gives a value without ends', () => {
    const one = [[0, 0, 0]];
    const result = relativeReduction({ of: unitsOf([1, 1, 0], one), against: unitsOf([1, 0, 0], one) }, estimate, 0.95);
    expect(result).toMatchObject({ value: 0.5, low: null, high: null, method: 'none/too-few-clusters' });
  });

  test('neither scale nor weights in common move it', () => {
    const against = [0, 0, 1, 0, 0, 0, 0, 0, 0, 1];
    const of = (weight: number) => {
      const weights = base.map((_, i) => weight * (1 + (i % 3)));
      return relativeReduction(
        { of: unitsOf(base, ids, weights), against: unitsOf(against, ids, weights) },
        estimate,
        0.95,
      );
    };
    expect(of(7).low).toBeCloseTo(of(1).low!, 10);
    expect(of(7).value).toBeCloseTo(of(1).value!, 12);
  });
});
