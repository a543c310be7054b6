import { describe, expect, test } from '@jest/globals';
import { rate } from '../../../src/kinds/metrics/rate.js';
import { unitsOf } from '../../lib/stats/units.js';

describe('what counts', () => {
  test('a binary score is its value', () => {
    expect(rate.valueOf({ value: 1 }, {})).toBe(1);
    expect(rate.valueOf({ value: 0, confidence: 20 }, {})).toBe(0);
    expect(rate.valueOf({ unscored: 'judge_unparseable' }, {})).toBeNull();
  });

  test('a value that is no share is unscored, not a rate above 1', () => {
    expect(rate.valueOf({ value: 3 }, {})).toBeNull();
    expect(rate.valueOf({ value: Number.NaN }, {})).toBeNull();
  });

  test('a label counts if it is among those in `is`', () => {
    expect(rate.valueOf({ value: 2, label: 'agree' }, { is: 'agree' })).toBe(1);
    expect(rate.valueOf({ value: 0, label: 'disagree' }, { is: 'agree' })).toBe(0);
    expect(rate.valueOf({ value: 1, label: 'partly' }, { is: ['agree', 'partly'] })).toBe(1);
    expect(rate.valueOf({ value: 1 }, { is: 'agree' })).toBeNull();
    expect(rate.valueOf({ unscored: 'ambiguous' }, { is: 'agree' })).toBeNull();
  });
});

describe('labels that the grader never gives', () => {
  const scale = { kind: 'label' as const, labels: ['agree', 'partly'] };
  test('are found where they are written, with the nearest label', () => {
    expect(rate.fault!({ is: 'agre' }, scale)).toMatchObject({ path: ['is'], hint: 'did you mean "agree"?' });
    expect(rate.fault!({ is: ['partly', 'nothing'] }, scale)).toMatchObject({
      path: ['is', 1],
      hint: 'known labels: agree, partly',
    });
    expect(rate.fault!({}, scale)).toMatchObject({ path: [] });
  });

  test('are none where all are given, or where the scores are no labels', () => {
    expect(rate.fault!({ is: ['agree', 'partly'] }, scale)).toBeUndefined();
    expect(rate.fault!({}, { kind: 'binary' })).toBeUndefined();
  });
});

test('worked by hand: 4 of 20 independent answers', () => {
  const estimate = rate.estimate(unitsOf([1, 1, 1, 1, ...new Array<number>(16).fill(0)], []), 0.95);
  expect(estimate).toMatchObject({ value: 0.2, n: 20, level: 0.95, method: 'wilson' });
  expect(estimate.low).toBeCloseTo(0.0806576626, 7);
  expect(estimate.high).toBeCloseTo(0.4160174323, 7);
});

test('worked by hand: a difference of 3 gains and 1 loss in 10 pairs, each its own cluster', () => {
  const difference = rate.difference(unitsOf([1, 1, 1, -1, 0, 0, 0, 0, 0, 0], [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]), 0.95);
  // Σ(d − 0.2)² = 3.6, so V = 3.6/100 · 10/9 = 0.04 and n_eff = (0.4 − 0.04)/0.04 = 9; T = 0.2 · sqrt(9/0.4) = 0.949.
  expect(difference.value).toBeCloseTo(0.2, 12);
  // Detectable: (t_{.975} + t_{.8}) · 0.2 with 9 degrees of freedom.
  expect(difference.detectable).toBeCloseTo((2.262157 + 0.883404) * 0.2, 5);
  // t = 0.949 lies between the tabled 0.883 (40 %) and 1.100 (30 %).
  expect(difference.p).toBeGreaterThan(0.3);
  expect(difference.p).toBeLessThan(0.4);
  expect(difference.low).toBeLessThan(0);
});

test('reads binary and label scales only', () => {
  expect(rate.reads).toEqual(['binary', 'label']);
  expect(rate.range({ kind: 'label', labels: ['a', 'b'] }, {})).toEqual({ min: 0, max: 1 });
});
