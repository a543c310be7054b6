import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { boundedInterval } from '../../../src/lib/stats/bounded-interval.js';
import { tQuantile } from '../../../src/lib/stats/distributions.js';
import { meanInterval } from '../../../src/lib/stats/mean-interval.js';
import { wilsonEnds } from '../../../src/lib/stats/wilson.js';
import { unitsOf } from './units.js';

const share = { min: 0, max: 1 };
const hits = (k: number, n: number) => Array.from({ length: n }, (_, i) => (i < k ? 1 : 0));

describe('a rate', () => {
  test('of independent answers is Wilson', () => {
    const interval = boundedInterval(unitsOf(hits(18, 20), []), 0.95, share);
    expect(interval).toMatchObject({ value: 0.9, n: 20, level: 0.95, method: 'wilson', clusters: {} });
    expect(interval.low).toBeCloseTo(0.6989663548, 7);
    expect(interval.high).toBeCloseTo(0.9721335188, 7);
  });

  test('with clusters is Wilson on n_eff = p(1−p)/V with the t quantile', () => {
    const values = [1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 0];
    const ids = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3];
    const interval = boundedInterval(unitsOf(values, [ids]), 0.95, share);
    const p = 8 / 15;
    const ends = wilsonEnds(p, (p * (1 - p)) / 0.17969341 ** 2, 3.182446);
    expect(interval.low).toBeCloseTo(ends.low, 6);
    expect(interval.high).toBeCloseTo(ends.high, 6);
    expect(interval).toMatchObject({ n: 15, method: 'wilson-neff-t/one-way', clusters: { a: 4 } });
  });

  test('has an n_eff of at most n, however much clusters seem to repel each other', () => {
    const n = 40;
    const values = Array.from({ length: n }, (_, i) => i % 2);
    const interval = boundedInterval(unitsOf(values, [values.map((_, i) => i >> 1)]), 0.95, share);
    const ends = wilsonEnds(0.5, n, tQuantile(0.975, n / 2 - 1));
    expect(interval.low).toBeCloseTo(ends.low, 12);
  });

  test('says what it is when units are weighted, crossed or uneven', () => {
    const ids = [0, 0, 1, 1, 2, 2];
    const method = (units: ReturnType<typeof unitsOf>) => boundedInterval(units, 0.95, share).method;
    expect(method(unitsOf([1, 0, 1, 1, 0, 0], [ids, [0, 1, 2, 0, 1, 2]]))).toBe('wilson-neff-t/two-way');
    expect(method(unitsOf([1, 0, 1, 1, 0, 0], [ids], [1, 2, 1, 2, 1, 2]))).toBe('wilson-neff-t/one-way/weighted');
    expect(method(unitsOf([1, 0.5, 1, 1, 0, 0], []))).toBe('wilson-neff-t/independent');
    expect(method(unitsOf([1, 0, 1, 1, 0, 0], [[0, 1, 2, 3, 4, 5]], [90, 30, 9, 30, 9, 2]))).toBe(
      'wilson-neff-t/one-way/weighted/uneven',
    );
  });
});

describe('where all units agree', () => {
  const ids = Array.from({ length: 60 }, (_, i) => i >> 2);
  const units = unitsOf(hits(0, 60), [ids]);
  const t = tQuantile(0.975, 14);
  const upper = (n: number) => (t * t) / (n + t * t);

  test('n is divided by the design effect of the run', () => {
    const interval = boundedInterval({ ...units, designEffect: 1.5 }, 0.95, share);
    expect(interval).toMatchObject({ value: 0, low: 0 });
    expect(interval.high).toBeCloseTo(upper(60 / 1.5), 12);
  });

  test('or, if that is not known, by the largest that the clusters allow', () => {
    expect(boundedInterval(units, 0.95, share).high).toBeCloseTo(upper(15), 12);
    expect(boundedInterval({ ...units, designEffect: 99 }, 0.95, share).high).toBeCloseTo(upper(15), 12);
    const all = boundedInterval(unitsOf(hits(60, 60), [ids]), 0.95, share);
    expect(all.low).toBeCloseTo(1 - upper(15), 12);
    expect(all.high).toBe(1);
  });

  test('independent units count as they are', () => {
    expect(boundedInterval(unitsOf(hits(0, 30), []), 0.95, share).high).toBeCloseTo(0.11351339, 7);
  });
});

describe('no interval', () => {
  const empty = { value: null, low: null, high: null, n: 0, method: 'none/empty' };
  test('of nothing', () => {
    expect(boundedInterval(unitsOf([], []), 0.95, share)).toMatchObject(empty);
    expect(boundedInterval(unitsOf([], [[]]), 0.95, share)).toMatchObject({ ...empty, clusters: { a: 0 } });
    expect(meanInterval({ ...unitsOf([], [[], []]), range: { min: 0, max: Infinity } }, 0.95)).toMatchObject(empty);
  });

  test('from a single cluster, in either way', () => {
    const expected = { value: 0.5, low: null, high: null, method: 'none/too-few-clusters' };
    expect(boundedInterval(unitsOf([1, 0], [[0, 0]]), 0.95, share)).toMatchObject(expected);
    expect(
      boundedInterval(
        unitsOf(
          [1, 0],
          [
            [0, 0],
            [0, 1],
          ],
        ),
        0.95,
        share,
      ),
    ).toMatchObject({ ...expected, clusters: { a: 1, b: 2 } });
  });

  test('on an open scale where all units agree', () => {
    const units = { ...unitsOf([3, 3, 3], []), range: { min: 0, max: Number.POSITIVE_INFINITY } };
    expect(meanInterval(units, 0.95)).toMatchObject({ value: 3, low: null, high: null, method: 'none/no-variance' });
  });
});

describe('a mean', () => {
  test('on a scale with two ends is the rate of that scale', () => {
    const [values, ids] = [
      [1, 3, 5, 4, 2, 2],
      [0, 0, 1, 1, 2, 2],
    ];
    const range = { min: 1, max: 5 };
    const scaled = boundedInterval(
      unitsOf(
        values.map((v) => (v - 1) / 4),
        [ids],
      ),
      0.95,
      share,
    );
    const interval = meanInterval({ ...unitsOf(values, [ids]), range }, 0.95);
    expect(interval.value).toBeCloseTo(1 + 4 * scaled.value!, 12);
    expect(interval.low).toBeCloseTo(1 + 4 * scaled.low!, 12);
    expect(interval.high).toBeCloseTo(1 + 4 * scaled.high!, 12);
  });

  test('on an open scale is mean ± t · SE, cut at the end that there is', () => {
    // Mean 2, SE = sqrt((1 + 0 + 1)/3/2 · …) = sqrt(1/3) with 2 degrees of freedom.
    const units = { ...unitsOf([1, 2, 3], []), range: { min: 0, max: Number.POSITIVE_INFINITY } };
    const interval = meanInterval(units, 0.95);
    expect(interval).toMatchObject({ value: 2, low: 0, method: 't/independent' });
    expect(interval.high).toBeCloseTo(2 + 4.302653 * Math.sqrt(1 / 3), 5);
  });
});

describe('properties', () => {
  const rows = fc.array(
    fc.tuple(fc.constantFrom(0, 1 / 3, 0.5, 1), fc.nat(6), fc.nat(4), fc.double({ min: 0.1, max: 50, noNaN: true })),
    { minLength: 1, maxLength: 60 },
  );
  const build = (of: [number, number, number, number][], factor = 1) =>
    unitsOf(
      of.map(([v]) => v),
      [of.map(([, a]) => a), of.map(([, , b]) => b)],
      of.map(([, , , w]) => w * factor),
    );

  test('ends lie in [0, 1] around the value', () => {
    fc.assert(
      fc.property(rows, fc.double({ min: 0.5, max: 0.999, noNaN: true }), (of, level) => {
        const { value, low, high } = boundedInterval(build(of), level, share);
        expect(value).not.toBeNull();
        if (low === null || high === null) return;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(value! + 1e-12);
        expect(high).toBeGreaterThanOrEqual(value! - 1e-12);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('the order of units and the scale of weights do not matter', () => {
    fc.assert(
      fc.property(
        rows,
        fc.infiniteStream(fc.nat()),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (of, keys, factor) => {
          const shuffled = of
            .map((row) => ({ row, key: keys.next().value as number }))
            .sort((x, y) => x.key - y.key)
            .map(({ row }) => row);
          const [one, other] = [
            boundedInterval(build(of), 0.95, share),
            boundedInterval(build(shuffled, factor), 0.95, share),
          ];
          expect(other.method).toBe(one.method);
          for (const end of ['value', 'low', 'high'] as const) {
            if (one[end] === null) expect(other[end]).toBeNull();
            else expect(other[end]).toBeCloseTo(one[end], 7);
          }
        },
      ),
    );
  });

  test('relabelling success as failure mirrors the interval', () => {
    fc.assert(
      fc.property(rows, (of) => {
        const one = boundedInterval(build(of), 0.95, share);
        const mirrored = boundedInterval(build(of.map(([v, a, b, w]) => [1 - v, a, b, w])), 0.95, share);
        if (one.low === null) return expect(mirrored.low).toBeNull();
        expect(mirrored.low).toBeCloseTo(1 - one.high!, 7);
      }),
    );
  });
});
