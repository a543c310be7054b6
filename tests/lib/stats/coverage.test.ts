import { describe, expect, test } from '@jest/globals';
import { type Design, PlantedWorld, type Shift } from '../../../bench/coverage/planted-world.js';
import type { Units } from '../../../src/contract/metric-kind.js';
import { rate } from '../../../src/kinds/metrics/rate.js';
import { KeyedRandom } from '../../../src/lib/rng.js';

const replications = 300;
/** Three standard errors of a coverage of 95 % over so many replications. */
const error = 3 * Math.sqrt((0.95 * 0.05) / replications);

const oneWay: Design = { name: 'one way', a: 60, unitsPerA: 5, sdA: 0.7 };
const twoWays: Design = { name: 'two ways', a: 60, unitsPerA: 5, b: 60, sdA: 0.7, sdB: 0.7 };
const weighted: Design = { name: 'weighted', a: 80, unitsPerA: 5, sdA: 0.7, weightSd: 0.5 };
const rarer: Shift = { logit: -2, sd: 0.4 };

function coverage(truth: number, draw: (random: KeyedRandom) => Units, interval: typeof rate.estimate): number {
  let covered = 0;
  for (let i = 0; i < replications; i++) {
    const { low, high } = interval(draw(new KeyedRandom(i, 'coverage')), 0.95);
    if (low! <= truth && truth <= high!) covered++;
  }
  return covered / replications;
}

/** The same promise as `bench/coverage`, on fewer designs and replications. */
describe.each([oneWay, twoWays, weighted])('planted truth, $name', (design) => {
  test.each([0.02, 0.33, 0.9])('rate %d', (planted) => {
    const world = new PlantedWorld(design, planted);
    const covered = coverage(world.rate(), (random) => world.drawRate(random), rate.estimate);
    expect(covered).toBeGreaterThanOrEqual(0.935 - error);
    expect(covered).toBeLessThanOrEqual(0.97 + error);
  });

  test.each([0.02, 0.5])('difference from rate %d', (planted) => {
    const world = new PlantedWorld(design, planted, rarer);
    const covered = coverage(world.difference(), (random) => world.drawDifference(random), rate.difference);
    expect(covered).toBeGreaterThanOrEqual(0.935 - error);
    expect(covered).toBeLessThanOrEqual(0.97 + error);
  });
});

test('the planted rate is the rate: many draws average to it', () => {
  const world = new PlantedWorld(twoWays, 0.1, rarer);
  let [sum, difference] = [0, 0];
  for (let i = 0; i < replications; i++) {
    const random = new KeyedRandom(i, 'mean');
    sum += rate.estimate(world.drawRate(random), 0.95).value!;
    difference += rate.difference(world.drawDifference(random), 0.95).value!;
  }
  expect(Math.abs(sum / replications - world.rate())).toBeLessThan(0.005);
  expect(Math.abs(difference / replications - world.difference())).toBeLessThan(0.005);
  expect(world.rate()).toBeCloseTo(0.1, 8);
});
