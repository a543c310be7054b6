import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clusterCounts, clusteredMean, flooredVariance } from '../../../src/lib/stats/clustered-mean.js';
import { column, unitsOf } from './units.js';

describe('one way', () => {
  // Clusters of 4, 3, 5, 3; computed with statsmodels 0.15.
  const values = [1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 0];
  const ids = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3];

  test('agrees with the CR1 standard error of statsmodels', () => {
    const mean = clusteredMean(unitsOf(values, [ids]));
    expect(mean.mean).toBeCloseTo(0.5333333, 7);
    expect(Math.sqrt(mean.variance)).toBeCloseTo(0.1796934, 7);
    expect(mean.clustering.df).toBe(3);
  });

  test('and, less the factor G/(G−1), with CR0, the formula of Miller', () => {
    const { variance } = clusteredMean(unitsOf(values, [ids]));
    expect(Math.sqrt((variance * 3) / 4)).toBeCloseTo(0.155619, 6);
  });

  test('without clusters with the usual standard error', () => {
    expect(Math.sqrt(clusteredMean(unitsOf(values, [])).variance)).toBeCloseTo(0.1333333, 7);
  });

  test('a single cluster gives no variance', () => {
    const mean = clusteredMean(unitsOf([0, 1, 1], [[0, 0, 0]]));
    expect(mean.variance).toBeNaN();
    expect(mean.clustering.df).toBe(0);
  });

  test('cluster numbers without a unit do not count', () => {
    const gaps = clusteredMean({
      values: column([1, 0, 1, 0]),
      clusters: [{ field: 'a', ids: Int32Array.of(2, 2, 7, 9), count: 12 }],
    });
    expect(gaps.variance).toBe(clusteredMean(unitsOf([1, 0, 1, 0], [[0, 0, 1, 2]])).variance);
    expect(gaps.clustering.df).toBe(2);
  });
});

describe('two ways', () => {
  test('worked by hand', () => {
    // ȳ = 1/2, so each unit's influence is ±1/8. Totals by row: 2/8, −2/8; by column: 0, 0; by cell: ±1/8 twice each.
    const rows = [0, 0, 1, 1];
    const columns = [0, 1, 0, 1];
    const mean = clusteredMean(unitsOf([1, 1, 0, 0], [rows, columns]));
    const va = (2 * (2 / 8) ** 2 * 2) / 1;
    const both = (4 * (1 / 8) ** 2 * 4) / 3;
    expect(va + 0 - both).toBeLessThan(va);
    expect(mean.variance).toBeCloseTo(va, 12);
  });

  test('V_a + V_b − V_ab where neither alone is larger', () => {
    // ȳ = 1/3; influences in ninths of a third: +2 where 1, −1 where 0.
    const grid = [1, 0, 0, 1, 1, 0, 0, 0, 0];
    const rows = [0, 0, 0, 1, 1, 1, 2, 2, 2];
    const columns = [0, 1, 2, 0, 1, 2, 0, 1, 2];
    // Row totals 0, 3, −3 and column totals 3, 0, −3, each over 27.
    const way = ((9 + 9) / 27 ** 2) * (3 / 2);
    const both = ((3 * 4 + 6 * 1) / 27 ** 2) * (9 / 8);
    expect(clusteredMean(unitsOf(grid, [rows, columns])).variance).toBeCloseTo(2 * way - both, 12);
  });

  test('nested clusters are the wider clusters alone, whichever comes first', () => {
    const pair = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5];
    const domain = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2];
    const values = [1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 1, 1];
    const wide = clusteredMean(unitsOf(values, [domain]));
    expect(clusteredMean(unitsOf(values, [pair])).variance).toBeLessThan(wide.variance);
    for (const ways of [
      [pair, domain],
      [domain, pair],
    ]) {
      const nested = clusteredMean(unitsOf(values, ways));
      expect(nested.variance).toBeCloseTo(wide.variance, 14);
      expect(nested.clustering.df).toBe(2);
    }
  });

  test('is never below the larger one-way variance', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(6), fc.nat(6)), { minLength: 2, maxLength: 60 }), (rows) => {
        const values = rows.map(([hit]) => (hit ? 1 : 0));
        const [a, b] = [rows.map(([, id]) => id), rows.map(([, , id]) => id)];
        if (new Set(a).size < 2 || new Set(b).size < 2) return;
        const both = clusteredMean(unitsOf(values, [a, b])).variance;
        // One way alone may count as very uneven where its variance differs; it is the same there.
        expect(both).toBeGreaterThanOrEqual(clusteredMean(unitsOf(values, [a])).variance - 1e-15);
        expect(both).toBeGreaterThanOrEqual(clusteredMean(unitsOf(values, [b])).variance - 1e-15);
      }),
    );
  });

  test('counts the clusters of each field', () => {
    const units = unitsOf(
      [1, 0, 1],
      [
        [0, 1, 1],
        [0, 1, 2],
      ],
    );
    expect(clusterCounts(units, clusteredMean(units).clustering)).toEqual({ a: 2, b: 3 });
  });
});

describe('weights', () => {
  test('worked by hand: Hájek mean, linearised variance', () => {
    // Mean (1·3 + 0·1 + 1·4)/8 = 7/8; influences 3·(1/8)/8, 1·(−7/8)/8, 4·(1/8)/8.
    const mean = clusteredMean(unitsOf([1, 0, 1], [[0, 1, 2]], [3, 1, 4]));
    expect(mean.mean).toBeCloseTo(7 / 8, 14);
    expect(mean.kish).toBeCloseTo(64 / 26, 14);
    expect(mean.variance).toBeCloseTo((((3 / 64) ** 2 + (7 / 64) ** 2 + (4 / 64) ** 2) * 3) / 2, 14);
  });

  test('only their ratios count', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), fc.nat(4), fc.double({ min: 0.1, max: 10, noNaN: true })), {
          minLength: 3,
          maxLength: 40,
        }),
        fc.double({ min: 0.01, max: 1000, noNaN: true }),
        (rows, factor) => {
          const values = rows.map(([hit]) => (hit ? 1 : 0));
          const ids = rows.map(([, id]) => id);
          const weights = rows.map(([, , weight]) => weight);
          const one = clusteredMean(unitsOf(values, [ids], weights));
          const scaled = clusteredMean(
            unitsOf(
              values,
              [ids],
              weights.map((weight) => weight * factor),
            ),
          );
          expect(scaled.mean).toBeCloseTo(one.mean, 10);
          if (Number.isNaN(one.variance)) expect(scaled.variance).toBeNaN();
          else expect(scaled.variance).toBeCloseTo(one.variance, 10);
        },
      ),
    );
  });

  test('equal weights are no weights', () => {
    const [values, ids] = [
      [1, 0, 0, 1, 1],
      [0, 0, 1, 1, 2],
    ];
    const plain = clusteredMean(unitsOf(values, [ids]));
    const weighted = clusteredMean(unitsOf(values, [ids], [2, 2, 2, 2, 2]));
    expect(weighted.variance).toBeCloseTo(plain.variance, 14);
    expect(weighted.clustering.df).toBe(plain.clustering.df);
  });
});

describe('very uneven clusters', () => {
  const ids = [...new Array<number>(20).fill(0), 1, 2, 3, 4, 5];
  const values = ids.map((id, i) => (i % 3 === 0 || id === 4 ? 1 : 0));

  test('have the degrees of freedom of their effective number', () => {
    // (Σ size)² / Σ size² = 625/405.
    expect(clusteredMean(unitsOf(values, [ids])).clustering.df).toBeCloseTo(625 / 405 - 1, 12);
  });

  test('and each cluster its own factor', () => {
    const mean = clusteredMean(unitsOf(values, [ids]));
    const total = (id: number) =>
      values.reduce<number>((sum, value, i) => sum + (ids[i] === id ? (value - mean.mean) / 25 : 0), 0);
    const expected = [0, 1, 2, 3, 4, 5].reduce((sum, id) => sum + total(id) ** 2 / (1 - (id === 0 ? 20 : 1) / 25), 0);
    expect(mean.variance).toBeCloseTo(expected, 14);
  });
});

test('the floor is the variance of independent units', () => {
  // Clusters that repel each other: every cluster has one of each, so its total is zero.
  const mean = clusteredMean(unitsOf([1, 0, 1, 0, 1, 0], [[0, 0, 1, 1, 2, 2]]));
  expect(mean.variance).toBe(0);
  expect(flooredVariance(mean)).toBeCloseTo(0.25 / 6, 14);
});

test('the floor with weights lies half way between Kish and linearised', () => {
  // Weights 3, 1, 4, mean 7/8, spread 7/64; influences as above.
  const { independent } = clusteredMean(unitsOf([1, 0, 1], [[0, 1, 2]], [3, 1, 4]));
  const linearised = (3 / 64) ** 2 + (7 / 64) ** 2 + (4 / 64) ** 2;
  const kish = 7 / 64 / (64 / 26);
  expect(independent).toBeCloseTo(Math.max((linearised + kish) / 2, 7 / 64 / 3), 14);
});

test('equal values have no spread, whatever rounding does to their sum', () => {
  const mean = clusteredMean(unitsOf([1 / 3, 1 / 3, 1 / 3], [[0, 1, 2]], [0.1, 0.3, 0.7]));
  expect(mean).toMatchObject({ mean: 1 / 3, spread: 0, variance: 0 });
});

test('equal columns give equal bits', () => {
  const units = unitsOf(
    Array.from({ length: 999 }, (_, i) => (i * 7919) % 13),
    [Array.from({ length: 999 }, (_, i) => i % 31)],
  );
  expect(clusteredMean(units).variance).toBe(
    clusteredMean({ ...units, values: Float64Array.from(units.values) }).variance,
  );
});
