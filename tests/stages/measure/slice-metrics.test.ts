import { describe, expect, test } from '@jest/globals';
import Type from 'typebox';
import type { Slice, SliceMetricKind } from '../../../src/contract/metric-kind.js';
import { agreement } from '../../../src/kinds/metrics/agreement.js';
import { mean } from '../../../src/kinds/metrics/mean.js';
import { passAtK } from '../../../src/kinds/metrics/pass-at-k.js';
import { rate } from '../../../src/kinds/metrics/rate.js';
import { meanStatistic } from '../../../src/kinds/metrics/shared/mean-statistic.js';
import { KeyedRandom } from '../../../src/lib/rng.js';
import { cohenKappa } from '../../../src/lib/stats/kappa.js';
import { compareRuns } from '../../../src/stages/measure/compare/compare-runs.js';
import { measure } from '../../../src/stages/measure/measure.js';
import { fill, inputOf, items, people, type World } from './world.js';

/** Mean of the scores, as a metric of whole slices: by means, by influences, or with nothing but its value. */
const meanBy = (way: 'means' | 'influences' | 'bootstrap'): SliceMetricKind => ({
  form: 'slice',
  kind: way,
  version: 1,
  options: Type.Object({}),
  reads: ['binary'],
  unit: 'share',
  range: () => ({ min: 0, max: 1 }),
  compile(slice: Slice, of) {
    const values = new Float64Array(slice.pairs);
    const scored = new Uint8Array(slice.pairs);
    for (let pair = 0; pair < slice.pairs; pair++) {
      const score = slice.scoreOf(of, pair, 0);
      if (!('value' in score)) continue;
      scored[pair] = 1;
      values[pair] = score.value;
    }
    const { means, ...plain } = meanStatistic(scored, values);
    if (way === 'means') return { ...plain, means: means! };
    if (way === 'bootstrap') return plain;
    return {
      ...plain,
      influences: (weights) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const value = plain.valueOf(weights)!;
        return values.map((one, pair) => (weights[pair]! * (one - value)) / total);
      },
    };
  },
});
const metricKinds = [rate, mean, agreement, passAtK, meanBy('means'), meanBy('influences'), meanBy('bootstrap')];
const measured = (world: World, entries: ReturnType<typeof fill>) =>
  measure({ ...inputOf(world, entries), metricKinds });

const random = new KeyedRandom(1, 'scores');
const world: World = {
  items: items(40, (i) => ({ domain: i % 2 === 0 ? 'even' : 'odd' })),
  people: people(
    15,
    () => ({}),
    (i) => 1 + (i % 3),
  ),
  arms: ['base', 'told'],
  metrics: ['rate', 'means', 'influences', 'bootstrap'].map((kind) => ({
    id: kind,
    kind,
    clusters: ['persona.id', 'item.id'],
    by: [{ field: 'item.domain' }],
  })),
  contrasts: ['rate', 'means', 'influences', 'bootstrap'].map((metric) => ({
    name: metric,
    metric,
    of: 'told',
    against: 'base',
  })),
  gates: [{ metric: 'bootstrap', arm: 'told', end: 'low', above: 0.2 }],
  controls: [{ for: { metric: 'bootstrap', arm: 'told' }, is: { metric: 'bootstrap', arm: 'base' } }],
};
const itemEffects = Array.from({ length: 40 }, () => 0.2 * random.normal());
const entries = fill(world, ({ item, arm }) => {
  if (random.chance(0.05)) return null;
  return random.uniform() < 0.35 + itemEffects[item]! + 0.15 * arm ? 1 : 0;
});

describe('a mean, told in every way there is', () => {
  const all = measured(world, entries);
  const of = async (kind: string, arm: string, domain?: string) =>
    (await all).estimates.find(
      ({ metric, by }) => metric === kind && by.arm === arm && by.group?.['item.domain'] === domain,
    )!;

  test.each(['base', 'told'])('has the same value, n and unscored in arm %s, and intervals alike', async (arm) => {
    for (const domain of [undefined, 'even']) {
      const own = await of('rate', arm, domain);
      expect(own.n).toBeGreaterThan(200);
      for (const kind of ['means', 'influences', 'bootstrap']) {
        const other = await of(kind, arm, domain);
        expect(other).toMatchObject({
          n: own.n,
          unscored: own.unscored,
          clusters: own.clusters,
          value: expect.closeTo(own.value!, 12),
        });
        const width = own.high! - own.low!;
        expect(Math.abs(other.low! - own.low!)).toBeLessThan(0.2 * width);
        expect(Math.abs(other.high! - own.high!)).toBeLessThan(0.2 * width);
      }
    }
    expect((await of('means', arm)).method).toBe('wilson-neff-t/two-way/weighted');
    expect((await of('influences', arm)).method).toBe('delta-t/two-way/weighted');
    expect((await of('bootstrap', arm)).method).toBe('bootstrap-bca-t/two-way/weighted');
  });

  test('contrasts are paired: the same difference, intervals and p alike', async () => {
    const { contrasts } = await all;
    const [own, ...others] = contrasts;
    expect(own!.difference).toBeGreaterThan(0.05);
    for (const other of others) {
      expect(other).toMatchObject({
        n: own!.n,
        unscored: own!.unscored,
        difference: expect.closeTo(own!.difference!, 12),
      });
      const width = own!.high! - own!.low!;
      expect(Math.abs(other.low! - own!.low!)).toBeLessThan(0.2 * width);
      expect(Math.abs(other.high! - own!.high!)).toBeLessThan(0.2 * width);
      expect(other.p! < 0.05).toBe(other.low! > 0 || other.high! < 0);
      expect(Math.abs(other.detectable! / own!.detectable! - 1)).toBeLessThan(0.2);
    }
  });

  test('gates and controls read them as any other', async () => {
    const { gates, controls } = await all;
    const told = await of('bootstrap', 'told');
    expect(gates).toEqual([expect.objectContaining({ metric: 'bootstrap', value: told.low, passed: told.low! > 0.2 })]);
    expect(controls[0]).toMatchObject({ headline: told.value, value: (await of('bootstrap', 'base')).value });
  });

  test('the same scores give the same bytes', async () => {
    expect(JSON.stringify(await measured(world, entries))).toBe(JSON.stringify(await all));
  });

  test('a comparison of two runs takes them too, and lists no unit as changed', async () => {
    const later = fill(world, ({ item, arm }) => (random.uniform() < 0.5 + itemEffects[item]! + 0.15 * arm ? 1 : 0));
    const sides = [entries, later].map((one) => ({ ...inputOf({ ...world, gates: [] }, one), metricKinds }));
    const { differences } = await compareRuns(sides[0]!, sides[1]!, { providers: [], changes: 5 });
    const [own, other] = ['rate', 'bootstrap'].map(
      (id) => differences.find(({ metric, arm }) => metric === id && arm === 'base')!,
    );
    for (const key of ['a', 'b', 'difference'] as const) expect(other![key]).toBeCloseTo(own![key]!, 12);
    expect(other).toMatchObject({
      n: own!.n,
      matched: own!.matched,
      unscored: own!.unscored,
      unscoredIn: own!.unscoredIn,
      flips: null,
    });
    expect(Math.abs(other!.low! - own!.low!)).toBeLessThan(0.2 * (own!.high! - own!.low!));
  });
});

describe('where there is nothing to go by', () => {
  const one: World = { items: items(6), metrics: [{ id: 'm', kind: 'bootstrap', clusters: ['item.id'] }] };
  const estimate = async (score: (item: number) => number | null) =>
    (
      await measured(
        one,
        fill(one, ({ item }) => score(item)),
      )
    ).estimates[0]!;

  test('nothing scored, all alike, one cluster: no ends, and the method says why', async () => {
    expect(await estimate(() => null)).toMatchObject({
      value: null,
      low: null,
      high: null,
      n: 0,
      unscored: 6,
      method: 'none/empty',
    });
    expect(await estimate(() => 1)).toMatchObject({ value: 1, low: null, high: null, method: 'none/no-variance' });
    expect(await estimate((item) => (item === 2 ? 1 : null))).toMatchObject({
      value: 1,
      low: null,
      n: 1,
      method: 'none/too-few-clusters',
    });
  });
});

test('κ of 2,000 independent pairs: its interval is κ ± t times the large-sample error', async () => {
  const labelled: World = {
    items: items(2000, (i) => ({ label: i % 10 < 4 })),
    metrics: [{ id: 'm', kind: 'agreement', options: { with: 'item.label' } }],
  };
  // [[20, 20], [10, 50]] twenty times: yes–yes .2, yes–no .2, no–yes .1, no–no .5, with labels yes in 4 of 10.
  const score = (i: number) => (i % 10 < 4 ? (i % 10 < 2 ? 1 : 0) : i % 10 < 5 ? 1 : 0);
  const { estimates } = await measured(
    labelled,
    fill(labelled, ({ item }) => score(item)),
  );
  const [own] = estimates;
  expect(own!.value).toBeCloseTo(0.16 / 0.46, 12);
  expect(own!.high! + own!.low!).toBeCloseTo(2 * own!.value!, 9);
  // The large-sample error itself is held against published values beside `cohenKappa`.
  const { standardError } = cohenKappa({ size: 2, counts: Float64Array.from([400, 400, 200, 1000]) })!;
  expect((own!.high! - own!.low!) / 2 / 1.9612).toBeCloseTo(standardError, 4);
});

test('pass@k uses a pair’s scored repeats; with fewer than k it is unscored', async () => {
  const repeated: World = { items: items(3), repeats: 4, metrics: [{ id: 'm', kind: 'pass_at_k', options: { k: 3 } }] };
  const scores = [
    [1, 0, 0, 0],
    [0, 0, 0, null],
    [1, 1, null, null],
  ];
  const { estimates } = await measured(
    repeated,
    fill(repeated, ({ item, repeat }) => scores[item]![repeat]!),
  );
  // 1 − C(3,3)/C(4,3) = ¾, and 0.
  expect(estimates[0]).toMatchObject({ value: expect.closeTo(0.375, 12), n: 2, unscored: 1 });
});
