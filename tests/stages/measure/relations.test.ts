import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { reportSchema } from '../../../src/contract/report.js';
import { fill, items, measureWorld, people, type World } from './world.js';

const relations = [
  { name: 'reduction', kind: 'relative_reduction', metric: 'm', of: 'base', against: 'other', options: {} },
  { name: 'rebound', kind: 'rebound', metric: 'm', of: 'other', against: 'base', options: {} },
  { name: 'slope', kind: 'difficulty_slope', metric: 'm', of: 'other', against: 'base', options: {} },
];
const world: World = {
  items: items(12, (i) => ({ pair: `x${i >> 1}` })),
  arms: ['base', 'other'],
  repeats: 4,
  metrics: [{ id: 'm', clusters: ['item.pair'] }],
  relations,
};
/** Successes of 4 in each arm. */
const counts: [base: number, other: number][] = [
  [4, 1],
  [3, 0],
  [2, 2],
  [0, 4],
  [1, 0],
  [4, 2],
  [3, 1],
  [2, 0],
  [1, 1],
  [4, 3],
  [0, 0],
  [2, 1],
];
const entriesOf = (of: World) => fill(of, ({ item, arm, repeat }) => (repeat < counts[item]![arm]! ? 1 : 0));

describe('relations', () => {
  test('an eval without any has none in its report', async () => {
    const { relations: _, ...bare } = world;
    expect(await measureWorld(bare, entriesOf(bare))).not.toHaveProperty('relations');
  });

  test('one for each provider, in the form of the report', async () => {
    const two = { ...world, providers: ['p', 'q'] };
    const measured = await measureWorld(two, entriesOf(two));
    expect(measured.relations!.map(({ name, provider }) => `${name} ${provider}`)).toEqual(
      relations.flatMap(({ name }) => [`${name} p`, `${name} q`]),
    );
    const validate = new Ajv2020({ strict: false }).compile(reportSchema.properties.relations);
    validate(JSON.parse(JSON.stringify(measured.relations)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('worked by hand: 26 of 48 become 15 of 48', async () => {
    const [reduction] = (await measureWorld(world, entriesOf(world))).relations!;
    expect(reduction).toMatchObject({
      n: 12,
      counts: 'pairs',
      unscored: 0,
      unit: 'share',
      clusters: { 'item.pair': 6 },
    });
    expect(reduction!.value).toBeCloseTo(1 - 15 / 26, 12);
    expect(reduction!.low!).toBeLessThan(reduction!.value!);
    expect(reduction!.high!).toBeGreaterThan(reduction!.value!);
  });

  test('worked by hand: one item of twelve rises, with p 1/70', async () => {
    const rebound = (await measureWorld(world, entriesOf(world))).relations![1]!;
    expect(rebound).toMatchObject({ value: 1 / 12, n: 12, counts: 'items' });
    const part = (id: string) => rebound.parts.find((one) => one.id === id)!.value;
    expect(['fell', 'equal', 'significantHolm', 'significantBH'].map(part)).toEqual([8 / 12, 3 / 12, 0, 0]);
    expect(rebound.items).toEqual([
      {
        item: 'i3',
        of: { successes: 4, trials: 4 },
        against: { successes: 0, trials: 4 },
        p: expect.closeTo(1 / 70, 12),
        pAdjusted: expect.closeTo(12 / 70, 12),
        q: expect.closeTo(12 / 70, 12),
      },
    ]);
    expect(rebound.notes.join()).toContain('no single item of 12 can be significant after Holm');
  });

  test('with three repeats no item can be significant, and that is said', async () => {
    const three: World = { ...world, repeats: 3 };
    const rebound = (
      await measureWorld(
        three,
        fill(three, ({ arm }) => arm),
      )
    ).relations![1]!;
    expect(rebound.notes.join()).toContain('smallest p that it can have is 0.050: no item can be significant');
    expect(rebound.items).toHaveLength(12);
    expect(rebound.items!.every(({ p }) => Math.abs(p - 0.05) < 1e-12)).toBe(true);
  });

  test('many repeats find the items that rose', async () => {
    const many: World = { ...world, items: items(30), repeats: 20, metrics: [{ id: 'm' }] };
    const entries = fill(many, ({ item, arm, repeat }) => (repeat < (item < 25 ? 10 : arm * 20) ? 1 : 0));
    const rebound = (await measureWorld(many, entries)).relations![1]!;
    const part = (id: string) => rebound.parts.find((one) => one.id === id)!.value;
    expect([rebound.value, part('significantHolm'), part('significantBH')]).toEqual([5 / 30, 5, 5]);
    expect(rebound.items!.map(({ item }) => item)).toEqual(['i25', 'i26', 'i27', 'i28', 'i29']);
    expect(rebound.notes).toEqual([]);
  });

  test('pairs of an item are pooled, and only what both arms have scored counts', async () => {
    const asked: World = {
      ...world,
      items: items(2),
      people: people(3),
      repeats: 2,
      metrics: [{ id: 'm', clusters: ['item.id', 'persona.id'] }],
    };
    const entries = fill(asked, ({ item, persona, arm }) =>
      persona === 2 && arm === 1 ? null : item === 0 ? arm : 1 - arm,
    );
    const rebound = (await measureWorld(asked, entries)).relations![1]!;
    expect(rebound).toMatchObject({ value: 0.5, n: 2, unscored: 2, clusters: { 'item.id': 2 } });
    expect(rebound.items![0]).toMatchObject({
      item: 'i0',
      of: { successes: 4, trials: 4 },
      against: { successes: 0, trials: 4 },
    });
    expect(rebound.notes.join()).toContain('persona.id');
  });

  test('without an answer there is no value, and the reason is given', async () => {
    const empty = (await measureWorld(world, [])).relations!;
    expect(empty.map(({ value, low, high, n, unscored }) => [value, low, high, n, unscored])).toEqual(
      relations.map(() => [null, null, null, 0, 12]),
    );
    expect(empty.map(({ none }) => none)).toEqual([
      'nothing is scored in both arms',
      'nothing is scored in both arms',
      expect.stringContaining('at least 10'),
    ]);
    const never = (
      await measureWorld(
        world,
        fill(world, () => 0),
      )
    ).relations!;
    expect(never.map(({ value }) => value)).toEqual([null, 0, null]);
    expect(never[0]!.none).toBe('the base is 0: nothing could be reduced');
    expect(never[2]!.none).toBe('no answer without the instruction counts');
  });

  test('a score that is neither 0 nor 1 is no count', async () => {
    const half = fill(world, () => 0.25);
    const [reduction, rebound, slope] = (await measureWorld(world, half)).relations!;
    expect(reduction!.value).toBe(0);
    expect([rebound!.value, rebound!.none, slope!.value]).toEqual([null, 'some scores are neither 0 nor 1', null]);
  });
});
