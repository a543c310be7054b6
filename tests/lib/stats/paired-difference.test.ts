import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clusteredMean } from '../../../src/lib/stats/clustered-mean.js';
import { detectableDifference, plannedDetectableDifference } from '../../../src/lib/stats/detectable-difference.js';
import { normalQuantile, tQuantile } from '../../../src/lib/stats/distributions.js';
import { pairedDifference } from '../../../src/lib/stats/paired-difference.js';
import { tangoEnds, tangoStatistic } from '../../../src/lib/stats/tango.js';
import { unitsOf } from './units.js';

/** So many pairs gained, lost and unchanged. */
const pairs = (gained: number, lost: number, same: number) => [
  ...new Array<number>(gained).fill(1),
  ...new Array<number>(lost).fill(-1),
  ...new Array<number>(same).fill(0),
];

describe('tangoEnds', () => {
  test('agrees with published intervals', () => {
    // Bentur et al. 2009 as analysed by Fagerland, Lydersen and Laake 2014: 1 against 7 of 21 pairs, 95 %.
    const airway = tangoEnds({ gains: 1 / 21, losses: 7 / 21, n: 21 }, normalQuantile(0.975));
    expect(airway.low).toBeCloseTo(-0.517, 3);
    expect(airway.high).toBeCloseTo(-0.026, 3);
    // R PropCIs::scoreci.mp(25, 28, 618, 0.9), whose difference is (28 − 25)/618.
    const alike = tangoEnds({ gains: 28 / 618, losses: 25 / 618, n: 618 }, normalQuantile(0.95));
    expect(alike.low).toBeCloseTo(-0.0148, 4);
    expect(alike.high).toBeCloseTo(0.0247, 4);
  });

  test('has width where no pair differs: that of Wilson at 0', () => {
    const q = normalQuantile(0.975);
    const { low, high } = tangoEnds({ gains: 0, losses: 0, n: 50 }, q);
    expect(high).toBeCloseTo((q * q) / (50 + q * q), 12);
    expect(low).toBeCloseTo(-high, 12);
  });

  test('the statistic of no difference is that of McNemar without correction', () => {
    // [[101, 121], [59, 33]] in statsmodels' test suite: χ² 21.35556.
    const n = 314;
    expect(tangoStatistic({ gains: 121 / n, losses: 59 / n, n }) ** 2).toBeCloseTo(21.35556, 5);
    expect(tangoStatistic({ gains: 0, losses: 0, n })).toBe(0);
  });

  test('mirrors when gains and losses swap, and stays within [−1, 1] around the difference', () => {
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.nat(50),
        fc.nat(50),
        fc.double({ min: 0.2, max: 30, noNaN: true }),
        (b, c, same, q) => {
          const n = b + c + same;
          if (n === 0) return;
          const ends = tangoEnds({ gains: b / n, losses: c / n, n }, q);
          const mirrored = tangoEnds({ gains: c / n, losses: b / n, n }, q);
          expect(mirrored.low).toBeCloseTo(-ends.high, 9);
          expect(ends.low).toBeGreaterThanOrEqual(-1);
          expect(ends.high).toBeLessThanOrEqual(1);
          expect(ends.low).toBeLessThanOrEqual((b - c) / n);
          expect(ends.high).toBeGreaterThanOrEqual((b - c) / n);
        },
      ),
    );
  });
});

describe('pairedDifference', () => {
  const values = pairs(12, 3, 15);
  const ids = values.map((_, i) => i % 10);

  test('is Tango on n_eff = (mean |d| − d̄²)/V with the t quantile', () => {
    const units = unitsOf(values, [ids]);
    const { variance } = clusteredMean(units);
    const [gains, losses] = [12 / 30, 3 / 30];
    const n = Math.min(30, (gains + losses - 0.3 ** 2) / variance);
    const ends = tangoEnds({ gains, losses, n }, tQuantile(0.975, 9));
    const difference = pairedDifference(units, 0.95);
    expect(difference).toMatchObject({ n: 30, method: 'tango-neff-t/one-way', clusters: { a: 10 } });
    expect(difference.value).toBeCloseTo(0.3, 12);
    expect(difference.low).toBeCloseTo(ends.low, 12);
    expect(difference.high).toBeCloseTo(ends.high, 12);
  });

  test('p is below α exactly if the interval leaves out 0', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(-1, 0, 0, 1, 1), fc.nat(7)), { minLength: 4, maxLength: 60 }),
        fc.constantFrom(0.8, 0.9, 0.95, 0.99),
        (rows, level) => {
          const { low, high, p } = pairedDifference(
            unitsOf(
              rows.map(([d]) => d),
              [rows.map(([, id]) => id)],
            ),
            level,
          );
          if (low === null || high === null || p === null || Math.abs(p - (1 - level)) < 1e-9) return;
          expect(p < 1 - level).toBe(low > 0 || high < 0);
        },
      ),
    );
  });

  test('is on the scale of the metric', () => {
    const one = pairedDifference(unitsOf(values, [ids]), 0.95);
    const scaled = pairedDifference(
      {
        ...unitsOf(
          values.map((d) => 4 * d),
          [ids],
        ),
        range: { min: 1, max: 5 },
      },
      0.95,
    );
    expect(scaled.value).toBeCloseTo(4 * one.value!, 10);
    expect(scaled.low).toBeCloseTo(4 * one.low!, 10);
    expect(scaled.high).toBeCloseTo(4 * one.high!, 10);
    expect(scaled.p).toBeCloseTo(one.p!, 10);
    expect(scaled.detectable).toBeCloseTo(4 * one.detectable!, 10);
  });

  test('on an open scale is d̄ ± t · SE', () => {
    const open = pairedDifference(
      { ...unitsOf([1, 2, 3, 6], []), range: { min: 0, max: Number.POSITIVE_INFINITY } },
      0.95,
    );
    // Mean 3, Σ(d − 3)² = 14, so SE = sqrt(14/3/4), with 3 degrees of freedom.
    const se = Math.sqrt(14 / 12);
    expect(open.low).toBeCloseTo(3 - 3.182446 * se, 5);
    expect(open.high).toBeCloseTo(3 + 3.182446 * se, 5);
    // t = 2.777 with 3 degrees of freedom lies between the tabled 2.353 (10 %) and 3.182 (5 %).
    expect(open.p).toBeGreaterThan(0.05);
    expect(open.p).toBeLessThan(0.1);
  });

  test('no pair differs: no effect, not certainty', () => {
    const difference = pairedDifference(unitsOf(pairs(0, 0, 40), [ids.concat(ids).slice(0, 40)]), 0.95);
    expect(difference).toMatchObject({ value: 0, p: 1, detectable: null });
    expect(difference.high).toBeGreaterThan(0.05);
  });

  test('nothing matched, or a single cluster', () => {
    const none = { low: null, high: null, p: null, detectable: null };
    expect(pairedDifference(unitsOf([], [[]]), 0.95)).toMatchObject({
      value: null,
      n: 0,
      ...none,
      method: 'none/empty',
    });
    expect(pairedDifference(unitsOf([1, 0], [[0, 0]]), 0.95)).toMatchObject({
      value: 0.5,
      ...none,
      method: 'none/too-few-clusters',
    });
  });
});

describe('detectable differences', () => {
  test('(t_{α/2} + t_β) · SE', () => {
    expect(detectableDifference({ standardError: 0.02, df: Number.POSITIVE_INFINITY, level: 0.95 })).toBeCloseTo(
      0.02 * (1.959964 + 0.841621),
      6,
    );
    expect(detectableDifference({ standardError: 1, df: 11, level: 0.95 })).toBeCloseTo(
      2.200985 + tQuantile(0.8, 11),
      5,
    );
  });

  test('of a plan: the published sample size gives the difference back', () => {
    // n = (z_{α/2} + z_β)²(ω² + σ_A²/K_A + σ_B²/K_B)/δ².
    const [differenceVariance, a, b] = [1 / 9, 1 / 6, 1 / 6];
    const delta = 0.03;
    const n = (1.959964 + 0.841621) ** 2 * ((differenceVariance + a / 2 + b / 4) / delta ** 2);
    expect(
      plannedDetectableDifference({ n, differenceVariance, answerVariance: [a, b], repeats: [2, 4], level: 0.95 }),
    ).toBeCloseTo(delta, 7);
  });
});
