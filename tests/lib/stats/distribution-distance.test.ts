import { describe, expect, test } from '@jest/globals';
import { KeyedRandom } from '../../../src/lib/rng.js';
import {
  chanceDistance,
  distributionDistance,
  jensenShannonDivergence,
} from '../../../src/lib/stats/distribution-distance.js';

const shares = (...values: number[]) => Float64Array.from(values);

describe('worked by hand', () => {
  test('Jensen–Shannon, base 2', () => {
    // ½·log₂(1/.75) + ½(½·log₂(.5/.75) + ½·log₂(.5/.25)) = .2075 + ½(−.2925 + .5) = .3113
    expect(jensenShannonDivergence(shares(1, 0), shares(0.5, 0.5))).toBeCloseTo(0.311278, 6);
    expect(distributionDistance('jensen_shannon', shares(1, 0), shares(0.5, 0.5))).toBeCloseTo(0.557923, 6);
  });

  test('disjoint distributions are 1 apart: base 2, with the root', () => {
    expect(distributionDistance('jensen_shannon', shares(1, 0, 0), shares(0, 0.3, 0.7))).toBeCloseTo(1, 12);
  });

  test('ordinal W₁: a quarter of the answers one step of three away', () => {
    expect(distributionDistance('wasserstein', shares(0.25, 0.75, 0, 0), shares(0.5, 0.5, 0, 0))).toBeCloseTo(
      1 / 12,
      12,
    );
    expect(distributionDistance('wasserstein', shares(1, 0, 0, 0), shares(0, 0, 0, 1))).toBe(1);
  });
});

test.each(['jensen_shannon', 'wasserstein'] as const)(
  '%s is symmetric, 0 for equals, and keeps to the triangle',
  (kind) => {
    const random = new KeyedRandom(1, 'triples');
    for (let time = 0; time < 200; time++) {
      const [p, q, r] = [0, 1, 2].map(() => {
        const raw = Float64Array.from({ length: 4 }, () => random.uniform() ** 3);
        const sum = raw.reduce((total, one) => total + one, 0);
        return raw.map((one) => one / sum);
      });
      const between = (a: Float64Array, b: Float64Array) => distributionDistance(kind, a, b);
      expect(between(p!, p!)).toBeCloseTo(0, 7);
      expect(between(p!, q!)).toBeCloseTo(between(q!, p!), 12);
      expect(between(p!, r!)).toBeLessThanOrEqual(between(p!, q!) + between(q!, r!) + 1e-12);
      expect(between(p!, q!)).toBeLessThanOrEqual(1);
    }
  },
);

describe('few answers', () => {
  const random = new KeyedRandom(5, 'samples');
  const normalised = (raw: Float64Array) => {
    const sum = raw.reduce((total, one) => total + one, 0);
    return raw.map((one) => one / sum);
  };
  /** Forty questions of a model that stands `far` of the way from the population to something else. */
  const questions = (far: number) =>
    Array.from({ length: 40 }, () => {
      const [q, other] = [0, 1].map(() => normalised(Float64Array.from({ length: 4 }, () => 0.1 + random.uniform())));
      return { q: q!, truth: q!.map((one, k) => (1 - far) * one + far * other![k]!) };
    });
  const counted = (shares: Float64Array, draws: number) => {
    const p = new Float64Array(shares.length);
    for (let draw = 0; draw < draws; draw++) {
      let left = random.uniform();
      let k = 0;
      while (k < shares.length - 1 && left >= shares[k]!) left -= shares[k++]!;
      p[k]! += 1 / draws;
    }
    return p;
  };

  test.each(['jensen_shannon', 'wasserstein'] as const)(
    '%s: noise is what a perfect model shows, and it shrinks',
    (kind) => {
      const noiseAt = (draws: number) => {
        const asked = questions(0).map(({ q, truth }) => ({ p: counted(truth, draws), q, draws, weight: 1 }));
        const seen = asked.reduce((sum, { p, q }) => sum + distributionDistance(kind, p, q) / 40, 0);
        const { noise } = chanceDistance(kind, asked);
        expect(Math.abs(seen / noise - 1)).toBeLessThan(0.25);
        return noise;
      };
      const [few, some, many] = [10, 40, 160].map(noiseAt);
      expect(few!).toBeGreaterThan(1.5 * some!);
      expect(some!).toBeGreaterThan(1.5 * many!);
    },
  );

  test.each([
    ['jensen_shannon', 0],
    ['jensen_shannon', 0.5],
    ['jensen_shannon', 1],
    ['wasserstein', 0],
    ['wasserstein', 0.5],
    ['wasserstein', 1],
  ] as const)('%s at %d of the way: taking the excess off leaves a third of the bias at most', (kind, far) => {
    let [plain, corrected, truth] = [0, 0, 0];
    for (let time = 0; time < 12; time++) {
      const asked = questions(far).map(({ q, truth: p }) => ({ p: counted(p, 12), q, draws: 12, weight: 1, truth: p }));
      const { excess } = chanceDistance(kind, asked);
      let debiased = 0;
      asked.forEach(({ p, q, truth: exact }, i) => {
        const distance = distributionDistance(kind, p, q);
        plain += distance / 480;
        debiased += (distance - excess[i]!) / 40;
        truth += distributionDistance(kind, exact, q) / 480;
      });
      corrected += Math.max(0, debiased) / 12;
    }
    expect(plain - truth).toBeGreaterThan(0.01);
    expect(Math.abs(corrected - truth)).toBeLessThan(Math.max((plain - truth) / 3, 0.012));
  });

  test('no questions have no noise; weights move it by their scale never', () => {
    expect(chanceDistance('wasserstein', [])).toEqual({ noise: 0, excess: new Float64Array(0) });
    const asked = questions(0.5).map(({ q, truth }) => ({ p: counted(truth, 9), q, draws: 9, weight: 1 }));
    const heavy = chanceDistance(
      'wasserstein',
      asked.map((one) => ({ ...one, weight: 7 })),
    );
    expect(heavy.noise).toBeCloseTo(chanceDistance('wasserstein', asked).noise, 12);
  });
});
