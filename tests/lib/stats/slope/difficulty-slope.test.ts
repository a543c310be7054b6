import { describe, expect, test } from '@jest/globals';
import { KeyedRandom } from '../../../../src/lib/rng.js';
import { difficultySlope } from '../../../../src/lib/stats/slope/difficulty-slope.js';
import { gaussHermite } from '../../../../src/lib/stats/slope/gauss-hermite.js';
import { logisticLine } from '../../../../src/lib/stats/slope/logistic-line.js';
import {
  type ItemAnswers,
  itemLikelihood,
  type SlopeParameters,
} from '../../../../src/lib/stats/slope/slope-likelihood.js';

const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const answers = (k0: number, n0: number, k1: number, n1: number): ItemAnswers => ({
  base: { successes: k0, trials: n0 },
  other: { successes: k1, trials: n1 },
});

test('Gauss–Hermite quadrature gives the moments of e^(−x²)', () => {
  for (const size of [1, 2, 7, 9, 20, 33]) {
    const { nodes, weights } = gaussHermite(size);
    const moment = (k: number) => nodes.reduce((sum, x, i) => sum + weights[i]! * x ** k, 0);
    expect(moment(0)).toBeCloseTo(Math.sqrt(Math.PI), 10);
    expect(moment(1)).toBeCloseTo(0, 10);
    if (size > 1) expect(moment(2)).toBeCloseTo(Math.sqrt(Math.PI) / 2, 10);
    if (size > 2) expect(moment(4)).toBeCloseTo((3 * Math.sqrt(Math.PI)) / 4, 10);
  }
});

/** The same integral on a fine grid. */
function onGrid({ base, other }: ItemAnswers, [alpha, beta, mu, logTau, logOmega]: SlopeParameters): number {
  const step = 0.08;
  let sum = 0;
  for (let z = -6; z <= 6; z += step) {
    const eta0 = mu + Math.exp(logTau) * z;
    const first =
      logistic(eta0) ** base.successes * logistic(-eta0) ** (base.trials - base.successes) * Math.exp((-z * z) / 2);
    for (let e = -6; e <= 6; e += step) {
      const eta1 = alpha + beta * eta0 + Math.exp(logOmega) * e;
      sum +=
        first *
        logistic(eta1) ** other.successes *
        logistic(-eta1) ** (other.trials - other.successes) *
        Math.exp((-e * e) / 2);
    }
  }
  return Math.log((sum * step * step) / (2 * Math.PI));
}

describe('the likelihood of an item', () => {
  const parameters: SlopeParameters = [-1, 0.8, -0.2, Math.log(0.9), Math.log(0.7)];
  const cases = [
    answers(1, 3, 0, 3),
    answers(3, 3, 0, 3),
    answers(0, 3, 3, 3),
    answers(11, 20, 2, 20),
    answers(70, 200, 3, 150),
  ];

  test.each(cases)('is the integral on a fine grid: %j', (item) => {
    expect(itemLikelihood(item, parameters).log).toBeCloseTo(onGrid(item, parameters), 3);
  });

  test.each(cases)('has the derivatives that differences give: %j', (item) => {
    const { score } = itemLikelihood(item, parameters);
    score.forEach((slope, p) => {
      const moved = (by: number) =>
        onGrid(item, parameters.map((value, q) => (q === p ? value + by : value)) as unknown as SlopeParameters);
      expect(slope).toBeCloseTo((moved(1e-3) - moved(-1e-3)) / 2e-3, 2);
    });
  });
});

interface Planted {
  items: number;
  trials: number;
  beta: number;
}

function planted({ items, trials, beta }: Planted, key: string): { list: ItemAnswers[]; logits: [number, number][] } {
  const random = new KeyedRandom(5, key);
  const logits: [number, number][] = [];
  const count = (chance: number) => Array.from({ length: trials }, () => random.chance(chance)).filter(Boolean).length;
  const list = Array.from({ length: items }, () => {
    const eta0 = -0.3 + random.normal();
    const eta1 = -1 + beta * eta0 + 0.5 * random.normal();
    logits.push([eta0, eta1]);
    return answers(count(logistic(eta0)), trials, count(logistic(eta1)), trials);
  });
  return { list, logits };
}

describe('the slope on difficulty', () => {
  test('comes close to the least-squares slope of the true logits where there are many answers', () => {
    const { list, logits } = planted({ items: 40, trials: 2000, beta: 0.7 }, 'many');
    const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
    const [mx, my] = [mean(logits.map(([x]) => x)), mean(logits.map(([, y]) => y))];
    const slope = mean(logits.map(([x, y]) => (x - mx) * (y - my))) / mean(logits.map(([x]) => (x - mx) ** 2));
    const { interval, tau, omega } = difficultySlope(list, [], 0.95);
    expect(interval.value).toBeCloseTo(slope, 1);
    expect(Math.abs(interval.value! - slope)).toBeLessThan(0.02);
    expect([interval.low! < slope, interval.high! > slope]).toEqual([true, true]);
    expect(Math.abs(tau! - Math.sqrt(mean(logits.map(([x]) => (x - mx) ** 2))))).toBeLessThan(0.05);
    expect(omega).toBeGreaterThan(0.3);
  });

  test('is not flattened by noise as a regression on observed rates is', () => {
    const { list } = planted({ items: 1500, trials: 3, beta: 1 }, 'few');
    const { list: often } = planted({ items: 1500, trials: 300, beta: 1 }, 'often');
    const plain = (items: ItemAnswers[]) =>
      logisticLine(items.map(({ base, other }) => ({ x: base.successes / base.trials, ...other })))!.b;
    expect(plain(list)).toBeLessThan(0.65 * plain(often));
    const { interval } = difficultySlope(list, [], 0.95);
    expect([interval.low! < 1, interval.high! > 1]).toEqual([true, true]);
    expect(interval.low!).toBeGreaterThan(0.6);
  });

  test('does not move when success and failure change places, nor with the order of items', () => {
    const { list } = planted({ items: 60, trials: 5, beta: 0.9 }, 'turned');
    const turned = list.map(({ base, other }) => answers(5 - base.successes, 5, 5 - other.successes, 5));
    const [one, other, shuffled] = [list, turned, list.toReversed()].map((items) => difficultySlope(items, [], 0.95));
    expect(other!.interval.value).toBeCloseTo(one!.interval.value!, 3);
    expect(other!.mu).toBeCloseTo(-one!.mu!, 3);
    expect(other!.alpha).toBeCloseTo(-one!.alpha!, 3);
    expect(shuffled!.interval.value).toBeCloseTo(one!.interval.value!, 4);
  });

  test('clusters that answer together widen the interval', () => {
    const { list } = planted({ items: 40, trials: 6, beta: 1 }, 'clusters');
    const fourfold = list.flatMap((item) => [item, item, item, item]);
    const ids = Int32Array.from(fourfold, (_, i) => i >> 2);
    const alone = difficultySlope(fourfold, [], 0.95).interval;
    const together = difficultySlope(fourfold, [{ field: 'pair', ids, count: 40 }], 0.95).interval;
    expect(together.value).toBe(alone.value);
    expect((together.high! - together.low!) / (alone.high! - alone.low!)).toBeGreaterThan(1.5);
    expect(together).toMatchObject({ method: 'profile-t/one-way', clusters: { pair: 40 } });
  });

  const ten = (make: (i: number) => ItemAnswers) => Array.from({ length: 12 }, (_, i) => make(i));
  test.each([
    ['too few items', ten(() => answers(1, 3, 1, 3)).slice(0, 9), /at least 10/],
    ['one answer each', ten((i) => answers(i % 2, 1, i % 2, 1)), /at least two/],
    ['nothing counts', ten((i) => answers(0, 3, i % 4, 3)), /no answer without/],
    ['everything counts', ten((i) => answers(i % 4, 3, 3, 3)), /every answer with/],
    ['items alike', ten((i) => answers(2, 4, i % 5, 4)), /τ ≈ 0/],
  ])('is none where it is not identified: %s', (_, list, why) => {
    const { interval, none } = difficultySlope(list, [], 0.95);
    expect(interval).toMatchObject({ value: null, low: null, high: null, method: 'none/not-identified' });
    expect(none).toMatch(why);
  });
});

describe('a logistic line', () => {
  test('worked by hand: two points are met exactly', () => {
    const line = logisticLine([
      { x: 0, successes: 1, trials: 4 },
      { x: 1, successes: 3, trials: 4 },
    ])!;
    expect(line.a).toBeCloseTo(Math.log(1 / 3), 10);
    expect(line.b).toBeCloseTo(2 * Math.log(3), 10);
  });

  test('is none where points are parted or lie at one x', () => {
    expect(
      logisticLine([
        { x: 0, successes: 0, trials: 4 },
        { x: 1, successes: 4, trials: 4 },
      ]),
    ).toBeNull();
    expect(
      logisticLine([
        { x: 1, successes: 1, trials: 4 },
        { x: 1, successes: 3, trials: 4 },
      ]),
    ).toBeNull();
  });
});
