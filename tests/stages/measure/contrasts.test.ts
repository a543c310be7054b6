import { describe, expect, test } from '@jest/globals';
import { pairedDifference } from '../../../src/lib/stats/paired-difference.js';
import { unitsOf } from '../../lib/stats/units.js';
import { answered, fill, items, measureWorld, type World } from './world.js';

const world: World = {
  items: items(12, (i) => ({ pair: `x${i >> 1}` })),
  arms: ['base', 'other'],
  metrics: [{ id: 'm', clusters: ['item.pair'] }],
  contrasts: [{ name: 'reduction', metric: 'm', of: 'base', against: 'other' }],
};
const base = (item: number) => (item % 4 < 3 ? 1 : 0);
const other = (item: number) => (item % 6 === 0 ? 1 : 0);

describe('a contrast', () => {
  test('is the mean of a − b over matched pairs, with the clusters of the metric', async () => {
    const { contrasts } = await measureWorld(
      world,
      fill(world, ({ item, arm }) => (arm === 0 ? base(item) : other(item))),
    );
    const all = Array.from({ length: 12 }, (_, i) => i);
    const expected = pairedDifference(
      unitsOf(
        all.map((i) => base(i) - other(i)),
        [all.map((i) => i >> 1)],
      ),
      0.95,
    );
    expect(contrasts).toHaveLength(1);
    expect(contrasts[0]).toMatchObject({
      name: 'reduction',
      metric: 'm',
      a: { provider: 'p', arm: 'base' },
      b: { provider: 'p', arm: 'other' },
      difference: expected.value,
      low: expected.low,
      high: expected.high,
      p: expected.p,
      pAdjusted: expected.p,
      correction: 'holm',
      detectable: expected.detectable,
      n: 12,
      unscored: 0,
      clusters: { 'item.pair': 6 },
      better: 'lower',
    });
    expect(contrasts[0]).not.toHaveProperty('value');
  });

  test('leaves out pairs that lack a side, and says how many', async () => {
    const entries = fill(world, ({ item, arm }) => (item < 3 && arm === 1 ? null : item === 5 ? null : arm));
    const { contrasts } = await measureWorld(world, entries);
    expect(contrasts[0]).toMatchObject({ difference: -1, n: 8, unscored: 4 });
  });

  test('averages repeats on each side', async () => {
    const repeated: World = { ...world, items: items(1), repeats: 2, metrics: [{ id: 'm' }] };
    // Ordinals: base 0 and 1, other 2 and 3.
    const { contrasts } = await measureWorld(repeated, [
      answered(0, 1),
      answered(1, 0),
      answered(2, 0),
      answered(3, null),
    ]);
    expect(contrasts[0]).toMatchObject({ difference: 0.5, n: 1 });
  });

  test('between two metrics of one arm', async () => {
    const two: World = {
      ...world,
      graders: [
        { id: 'hit', scale: { kind: 'binary' } },
        { id: 'control', scale: { kind: 'binary' } },
      ],
      metrics: [{ id: 'm' }, { id: 'control', of: 'control' }],
      contrasts: [{ name: 'specificity', metric: 'm', of: 'base', against: 'base', againstMetric: 'control' }],
    };
    const entries = Array.from({ length: 24 }, (_, cell) => answered(cell, 1, cell % 4 === 0 ? 1 : 0));
    const { contrasts } = await measureWorld(two, entries);
    expect(contrasts[0]).toMatchObject({
      difference: 0.5,
      n: 12,
      b: { provider: 'p', arm: 'base', metric: 'control' },
    });
  });

  test('nothing recorded', async () => {
    const { contrasts } = await measureWorld(world, []);
    expect(contrasts[0]).toMatchObject({
      difference: null,
      low: null,
      high: null,
      p: null,
      pAdjusted: null,
      detectable: null,
      n: 0,
      unscored: 12,
    });
  });
});

test('Holm runs within the contrasts of one metric and provider', async () => {
  const many: World = {
    ...world,
    arms: ['base', 'other', 'third'],
    providers: ['p', 'q'],
    metrics: [{ id: 'm' }, { id: 'n' }],
    contrasts: [
      { name: 'one', metric: 'm', of: 'base', against: 'other' },
      { name: 'two', metric: 'm', of: 'base', against: 'third' },
      { name: 'alone', metric: 'n', of: 'base', against: 'other' },
    ],
  };
  const { contrasts } = await measureWorld(
    many,
    fill(many, ({ item, arm }) => (arm === 0 ? base(item) : arm === 1 ? other(item) : item % 2)),
  );
  const rows = contrasts.map(({ name, a, p, pAdjusted }) => ({
    name,
    provider: a.provider,
    p: p!,
    pAdjusted: pAdjusted!,
  }));
  expect(rows.map(({ name, provider }) => `${name} ${provider}`)).toEqual([
    'one p',
    'one q',
    'two p',
    'two q',
    'alone p',
    'alone q',
  ]);
  const [one, , two, , alone] = rows;
  expect(one!.p).toBeLessThan(two!.p);
  expect(one!.pAdjusted).toBeCloseTo(2 * one!.p, 12);
  expect(two!.pAdjusted).toBeCloseTo(Math.max(two!.p, 2 * one!.p), 12);
  expect(alone!.pAdjusted).toBe(alone!.p);
});
