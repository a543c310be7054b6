import { expect, test } from '@jest/globals';
import { clusteredMean } from '../../../src/lib/stats/clustered-mean.js';
import { assumedDesignEffect, largestDesignEffect, pooledDesignEffect } from '../../../src/lib/stats/design-effect.js';
import { unitsOf } from './units.js';

const ids = [0, 0, 1, 1, 2, 2, 3, 3];

test('clusters that answer alike have the largest effect: their size', () => {
  const units = unitsOf([1, 1, 0, 0, 1, 1, 0, 0], [ids]);
  const mean = clusteredMean(units);
  expect(largestDesignEffect(units, mean)).toBeCloseTo(2, 12);
  // The estimate has the factor G/(G−1) = 4/3 in it.
  expect(pooledDesignEffect([mean])).toBeCloseTo((2 * 4) / 3, 12);
});

test('of two ways the larger one bounds', () => {
  const units = unitsOf([1, 0, 0, 0, 1, 1, 0, 0], [ids, [0, 0, 0, 0, 1, 1, 1, 1]]);
  expect(largestDesignEffect(units, clusteredMean(units))).toBeCloseTo(4, 12);
});

test('slices without spread say nothing, and clusters that repel each other count as independent', () => {
  const flat = clusteredMean(unitsOf([0, 0, 0, 0, 0, 0, 0, 0], [ids]));
  expect(pooledDesignEffect([flat])).toBeNull();
  expect(pooledDesignEffect([])).toBeNull();
  expect(pooledDesignEffect([flat, clusteredMean(unitsOf([1, 0, 1, 0, 1, 0, 1, 0], [ids]))])).toBe(1);
});

test('what is assumed lies between 1 and the largest', () => {
  const units = unitsOf([0, 0, 0, 0, 0, 0, 0, 0], [ids]);
  const assumed = (designEffect?: number) =>
    assumedDesignEffect(designEffect === undefined ? units : { ...units, designEffect }, clusteredMean(units));
  expect(assumed(1.3)).toBe(1.3);
  expect(assumed(0.2)).toBe(1);
  expect(assumed(9)).toBeCloseTo(2, 12);
  expect(assumed()).toBeCloseTo(2, 12);
});
