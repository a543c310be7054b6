import { describe, expect, test } from '@jest/globals';
import type { Scale } from '../../../src/contract/score.js';
import { agreement } from '../../../src/kinds/metrics/agreement.js';
import { measured, type PairRow, promisesOf, sliceOf } from './slices.js';

const label = { kind: 'label' as const, labels: ['yes', 'no', 'partly'] };
const scales = { of: label, second: label };
const row = (own: string | null, gold: string | undefined, second: string | null = null): PairRow => ({
  item: 0,
  scores: { of: [own], second: [second] },
  fields: { 'item.label': gold },
});

describe('by hand: [[20, 20], [10, 50]]', () => {
  const rows = [
    ...Array.from({ length: 20 }, () => row('yes', 'yes')),
    ...Array.from({ length: 20 }, () => row('yes', 'no')),
    ...Array.from({ length: 10 }, () => row('no', 'yes')),
    ...Array.from({ length: 50 }, () => row('no', 'no')),
  ];
  const value = (options: object) =>
    measured(agreement, { with: 'item.label', ...options }, sliceOf(rows, scales)).value;

  test('κ, raw agreement and the prevalence in the labels', () => {
    // Chance: .4 · .3 + .6 · .7 = .54; (.7 − .54)/.46 = .3478
    expect(value({})).toBeCloseTo(0.16 / 0.46, 12);
    expect(value({ statistic: 'raw' })).toBeCloseTo(0.7, 12);
    expect(value({ statistic: 'prevalence', is: 'yes' })).toBeCloseTo(0.3, 12);
    expect(value({ statistic: 'prevalence', is: 'partly' })).toBe(0);
  });

  test('α, of the same table: 1 − 199/200 · (60/200)/(2 · .35 · .65)…', () => {
    // Values: yes 70, no 130 of 200. Observed disagreement 60/200 = .3; expected 2 · 70 · 130/(200 · 199) = .45729
    expect(value({ statistic: 'alpha' })).toBeCloseTo(1 - 0.3 / ((2 * 70 * 130) / (200 * 199)), 12);
  });

  test('a pair without a label on either side is unscored', () => {
    const { scored } = measured(
      agreement,
      { with: 'item.label' },
      sliceOf([...rows, row(null, 'yes'), row('no', undefined)], scales),
    );
    expect(scored).toBe(100);
  });

  test('another grader in place of a field', () => {
    const pairs = rows.map(({ scores, fields }) =>
      row(scores.of![0] as string, undefined, fields!['item.label'] as string),
    );
    expect(measured(agreement, { with: 'second' }, sliceOf(pairs, scales)).value).toBeCloseTo(0.16 / 0.46, 12);
  });
});

test('yes or no: true, 1 and a score of 1 are the same label', () => {
  const binary = { of: { kind: 'binary' as const } };
  const pairs = [1, 1, 0, 0].map((own, i) => ({
    item: i,
    scores: { of: [own] },
    fields: { 'item.label': [true, 1, false, '0'][i] },
  }));
  expect(measured(agreement, { with: 'item.label' }, sliceOf(pairs, binary)).value).toBe(1);
});

test('repeats of a pair weigh as one', () => {
  const twice = (own: string[], gold: string): PairRow => ({
    item: 0,
    scores: { of: own },
    fields: { 'item.label': gold },
  });
  const pairs = [twice(['yes', 'no'], 'yes'), twice(['no', 'no'], 'no')];
  expect(measured(agreement, { with: 'item.label', statistic: 'raw' }, sliceOf(pairs, scales)).value).toBe(0.75);
});

test('one label everywhere has no κ', () => {
  expect(
    measured(agreement, { with: 'item.label' }, sliceOf([row('yes', 'yes'), row('yes', 'yes')], scales)).value,
  ).toBeNull();
});

test('weights make near labels agree by halves', () => {
  const ordered = { of: { kind: 'label' as const, labels: ['low', 'middle', 'high'] } };
  const pair = (own: string, gold: string): PairRow => ({
    item: 0,
    scores: { of: [own] },
    fields: { 'item.label': gold },
  });
  const pairs = [pair('low', 'low'), pair('middle', 'high'), pair('high', 'high'), pair('low', 'middle')];
  const weighted = (weights: string) =>
    measured(agreement, { with: 'item.label', weights }, sliceOf(pairs, ordered)).value!;
  expect(weighted('quadratic')).toBeGreaterThan(weighted('linear'));
  expect(weighted('linear')).toBeGreaterThan(weighted('none'));
});

test('words in the field that a grader of yes or no, or of numbers, never gives are found while loading', () => {
  const faultOf = (scale: Scale, value: unknown) =>
    agreement.fields!({ with: 'item.label' }, scale)[0]!.valueFault!(value);
  for (const value of [1, 0, '1', '0', true, false, '', null])
    expect(faultOf({ kind: 'binary' }, value)).toBeUndefined();
  expect(faultOf({ kind: 'binary' }, 'agree')).toBe('is "agree", but the grader gives 1 or 0: write true or false');
  expect(faultOf({ kind: 'binary' }, 2)).toContain('is 2');
  expect(faultOf({ kind: 'number', min: 1, max: 5 }, 3)).toBeUndefined();
  expect(faultOf({ kind: 'number', min: 1, max: 5 }, 'good')).toContain('numbers from 1 to 5');
  expect(faultOf({ kind: 'label', labels: ['a'] }, 'b')).toBeUndefined();
});

test('what is wrong with its options, and what they name', () => {
  expect(agreement.fault!({ with: 'item.label', statistic: 'prevalence' }, label)).toMatchObject({ path: [] });
  expect(agreement.fault!({ with: 'item.label' }, label)).toBeUndefined();
  expect(agreement.graders!({ with: 'second' })).toEqual([{ path: ['with'], name: 'second' }]);
  expect(agreement.fields!({ with: 'second' }, label)).toEqual([]);
  expect(agreement.fields!({ with: 'item.label' }, label)).toMatchObject([{ path: ['with'], name: 'item.label' }]);
});

for (const options of [{}, { weights: 'linear' }, { statistic: 'alpha', level: 'ordinal' }, { statistic: 'raw' }])
  promisesOf(
    agreement,
    { with: 'item.label', ...options },
    {
      scales,
      row: (random, pair) => ({
        item: pair,
        scores: { of: [random.pick([...label.labels, null]), random.pick(label.labels)] },
        fields: { 'item.label': random.pick(label.labels) },
      }),
    },
  );
