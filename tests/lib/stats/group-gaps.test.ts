import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Units } from '../../../src/contract/metric-kind.js';
import { KeyedRandom } from '../../../src/lib/rng.js';
import { clusteredVariance } from '../../../src/lib/stats/clustered-variance.js';
import { clusteringOf } from '../../../src/lib/stats/clustering.js';
import { GroupGaps, gapBetween } from '../../../src/lib/stats/group-gaps.js';
import { unitsOf } from './units.js';

const members = (...units: number[]) => Int32Array.from(units);

describe('gap between a group and everyone', () => {
  test('worked by hand: six independent answers, a group of three', () => {
    const units = unitsOf([1, 1, 0, 0, 0, 1], []);
    // Means 2/3 and 1/2. Influences: (y − 2/3)/3 − (y − 1/2)/6 in the group, −(y − 1/2)/6 outside.
    const influences = [1 / 36, 1 / 36, -5 / 36, 1 / 12, 1 / 12, -1 / 12];
    const variance = (influences.reduce((sum, e) => sum + e * e, 0) * 6) / 5;
    const { gap, low, high } = new GroupGaps(units).gapOf(members(0, 1, 2), 0.5);
    expect(gap).toBeCloseTo(1 / 6, 12);
    // t quantile of 0.75 with 2 degrees of freedom: the group has three units.
    expect(high! - gap!).toBeCloseTo(0.816496580927726 * Math.sqrt(variance), 9);
    expect(gap! - low!).toBeCloseTo(high! - gap!, 12);
  });

  test('one pass gives what the plain formula gives, with two ways of clustering and weights', () => {
    const values = [1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1];
    const ways = [
      [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3],
      [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2],
    ];
    const weights = [1, 2, 1, 3, 1, 1, 2, 2, 1, 1, 4, 1];
    const units = unitsOf(values, ways, weights);
    const group = [0, 1, 2, 3, 4, 5];
    const meanOf = (of: number[]) => {
      const total = of.reduce((sum, i) => sum + weights[i]!, 0);
      return { mean: of.reduce((sum, i) => sum + weights[i]! * values[i]!, 0) / total, total };
    };
    const [all, own] = [meanOf(values.map((_, i) => i)), meanOf(group)];
    const influences = Float64Array.from(values, (y, i) => {
      const outside = (weights[i]! * (y - all.mean)) / all.total;
      return (group.includes(i) ? (weights[i]! * (y - own.mean)) / own.total : 0) - outside;
    });
    const plain = clusteredVariance(influences, clusteringOf(units));
    const floor = influences.reduce((sum, e) => sum + e * e, 0);
    const { gap, high } = new GroupGaps(units).gapOf(members(...group), 0.5);
    expect(gap).toBeCloseTo(own.mean - all.mean, 12);
    // The group lies in two persons and three prompts: one degree of freedom, whose t quantile of 0.75 is 1.
    expect(high! - gap!).toBeCloseTo(Math.sqrt(Math.max(plain, floor)), 9);
  });

  test('everyone has no gap, nobody has none to state, one cluster has no interval', () => {
    const units = unitsOf([1, 0, 1, 0], [[0, 0, 1, 1]]);
    expect(new GroupGaps(units).gapOf(members(0, 1, 2, 3), 0.95).gap).toBeCloseTo(0, 15);
    expect(new GroupGaps(units).gapOf(members(), 0.95)).toEqual({ gap: null, low: null, high: null, p: null });
    expect(new GroupGaps(units).gapOf(members(0, 1), 0.95)).toEqual({ gap: 0, low: null, high: null, p: null });
  });

  test('property: gaps weighted by the groups’ weights add up to nothing, ends stay within −1 and 1', () => {
    const answers = fc.array(fc.record({ y: fc.boolean(), g: fc.integer({ min: 0, max: 3 }) }), {
      minLength: 2,
      maxLength: 40,
    });
    fc.assert(
      fc.property(answers, (rows) => {
        const units = unitsOf(
          rows.map(({ y }) => Number(y)),
          [],
        );
        const gaps = new GroupGaps(units);
        let sum = 0;
        for (let g = 0; g < 4; g++) {
          const own = rows.flatMap((row, i) => (row.g === g ? [i] : []));
          const { gap, low, high } = gaps.gapOf(members(...own), 0.95);
          sum += own.length * (gap ?? 0);
          if (low !== null && high !== null) expect(low >= -1 && low <= gap! && gap! <= high && high <= 1).toBe(true);
        }
        expect(sum).toBeCloseTo(0, 9);
      }),
    );
  });
});

describe('coverage', () => {
  /** Persons with random effects answer prompts; the first half of the persons is served worse. */
  const draw = (run: number): { units: Units; a: Int32Array; b: Int32Array } => {
    const [people, prompts] = [40, 30];
    const random = new KeyedRandom(5, 'gap coverage', String(run));
    const person = Array.from({ length: people }, () => 0.5 * random.normal());
    const prompt = Array.from({ length: prompts }, () => 0.5 * random.normal());
    const values: number[] = [];
    for (let p = 0; p < people; p++)
      for (let q = 0; q < prompts; q++)
        values.push(
          random.uniform() < 1 / (1 + Math.exp(-(person[p]! + prompt[q]! + (p < people / 2 ? -0.5 : 0.5)))) ? 1 : 0,
        );
    const ids = values.map((_, i) => [Math.floor(i / prompts), i % prompts]);
    const half = values.length / 2;
    return {
      units: unitsOf(values, [ids.map(([p]) => p!), ids.map(([, q]) => q!)]),
      a: Int32Array.from({ length: half }, (_, i) => i),
      b: Int32Array.from({ length: half }, (_, i) => half + i),
    };
  };
  // Mean of logistic(N(±0.5, 0.5)) by symmetry: the truth is had from many draws of the model itself.
  const truth = (() => {
    const random = new KeyedRandom(6, 'truth');
    let sum = 0;
    const n = 400_000;
    for (let i = 0; i < n; i++) sum += 1 / (1 + Math.exp(-(0.5 + Math.SQRT1_2 * random.normal())));
    return 2 * (sum / n) - 1;
  })();

  test('95 % intervals of a gap, and of the gap between two groups, hold the planted one about as often', () => {
    const runs = 300;
    let [toAll, between] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const { units, a, b } = draw(run);
      const one = new GroupGaps(units).gapOf(a, 0.95);
      if (one.low! <= -truth / 2 && -truth / 2 <= one.high!) toAll++;
      const two = gapBetween(units, { a: b, b: a }, 0.95);
      if (two.low! <= truth && truth <= two.high!) between++;
    }
    // 0.95 less four standard errors of a share of 300.
    expect(toAll / runs).toBeGreaterThan(0.9);
    expect(between / runs).toBeGreaterThan(0.9);
    expect(toAll / runs).toBeLessThan(1);
  });
});
