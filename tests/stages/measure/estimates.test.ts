import { describe, expect, test } from '@jest/globals';
import { boundedInterval } from '../../../src/lib/stats/bounded-interval.js';
import { unitsOf } from '../../lib/stats/units.js';
import { answered, fill, items, measureWorld, people, type World } from './world.js';

const groupsOf = (estimates: Awaited<ReturnType<typeof measureWorld>>['estimates'], field: string) =>
  estimates.filter(({ by }) => by.group?.[field] !== undefined).map(({ by, value, n }) => [by.group![field], value, n]);

describe('slices', () => {
  test('each metric, provider and arm, in the order of the eval', async () => {
    const world: World = {
      items: items(4),
      arms: ['base', 'other'],
      providers: ['p', 'q'],
      metrics: [{ id: 'm' }, { id: 'n', better: 'none' }],
    };
    const { estimates } = await measureWorld(
      world,
      fill(world, ({ provider, arm }) => (provider === arm ? 1 : 0)),
    );
    expect(estimates.map(({ metric, by, value, better }) => [metric, by.provider, by.arm, value, better])).toEqual([
      ['m', 'p', 'base', 1, 'lower'],
      ['m', 'p', 'other', 0, 'lower'],
      ['m', 'q', 'base', 0, 'lower'],
      ['m', 'q', 'other', 1, 'lower'],
      ['n', 'p', 'base', 1, 'none'],
      ['n', 'p', 'other', 0, 'none'],
      ['n', 'q', 'base', 0, 'none'],
      ['n', 'q', 'other', 1, 'none'],
    ]);
    expect(estimates[0]).toMatchObject({ version: 1, unit: 'share', level: 0.95, n: 4, unscored: 0 });
  });

  test('clusters of people and items, nested or crossed, come from their fields', async () => {
    const world: World = {
      items: items(6, (i) => ({ pair: `pair ${i >> 1}` })),
      people: people(4),
      metrics: [{ id: 'm', clusters: ['persona.id', 'item.pair'] }],
    };
    const hit = (pair: number) => (pair % 5 < 2 ? 1 : 0);
    const { estimates } = await measureWorld(
      world,
      fill(world, ({ pair }) => hit(pair)),
    );
    const pairs = Array.from({ length: 24 }, (_, pair) => pair);
    const expected = boundedInterval(
      unitsOf(pairs.map(hit), [pairs.map((pair) => Math.floor(pair / 6)), pairs.map((pair) => (pair % 6) >> 1)]),
      0.95,
      { min: 0, max: 1 },
    );
    expect(estimates[0]).toMatchObject({
      value: expected.value,
      low: expected.low,
      high: expected.high,
      method: 'wilson-neff-t/two-way',
    });
    expect(estimates[0]!.clusters).toEqual({ 'persona.id': 4, 'item.pair': 3 });
  });

  test('items without a cluster are clusters of their own', async () => {
    const world: World = {
      items: items(6, (i) => (i < 4 ? { topic: 't' } : {})),
      metrics: [{ id: 'm', clusters: ['item.topic'] }],
    };
    const { estimates } = await measureWorld(
      world,
      fill(world, ({ item }) => item % 2),
    );
    expect(estimates[0]!.clusters).toEqual({ 'item.topic': 3 });
  });

  test('repeats are averaged first; a pair is scored if one of them is', async () => {
    const world: World = { items: items(3), repeats: 2, metrics: [{ id: 'm', clusters: ['item.id'] }] };
    const { estimates } = await measureWorld(world, [
      answered(0, 1),
      answered(1, 0),
      answered(2, 1),
      answered(3, null),
      answered(4, null),
    ]);
    expect(estimates[0]).toMatchObject({ value: 0.75, n: 2, unscored: 1 });
  });

  test('people stand for as many as their weight says', async () => {
    const world: World = {
      items: items(2),
      people: people(2, undefined, (i) => (i === 0 ? 3 : 1)),
      metrics: [{ id: 'm', clusters: ['persona.id'] }],
    };
    const { estimates } = await measureWorld(
      world,
      fill(world, ({ persona }) => (persona === 0 ? 1 : 0)),
    );
    expect(estimates[0]).toMatchObject({ value: 0.75, method: 'wilson-neff-t/one-way/weighted' });
    const equal = { ...world, people: people(2, undefined, () => 7) };
    const plain = await measureWorld(
      equal,
      fill(equal, ({ persona }) => (persona === 0 ? 1 : 0)),
    );
    expect(plain.estimates[0]).toMatchObject({ value: 0.5, method: 'wilson-neff-t/one-way' });
  });

  test('labels are read by their word, and a number scale by its mean', async () => {
    const world: World = {
      items: items(4),
      graders: [
        { id: 'stance', scale: { kind: 'label', labels: ['no', 'maybe', 'yes'] } },
        { id: 'score', scale: { kind: 'number', min: 0, max: 10 } },
      ],
      metrics: [
        { id: 'yes', of: 'stance', options: { is: 'yes' } },
        { id: 'not no', of: 'stance', options: { is: ['maybe', 'yes'] } },
        { id: 'mean', kind: 'mean', of: 'score' },
      ],
    };
    const stance = (label: string) => ({ value: ['no', 'maybe', 'yes'].indexOf(label), label });
    const entries = ['no', 'maybe', 'yes', 'yes'].map((label, cell) => answered(cell, stance(label), cell * 2));
    const { estimates } = await measureWorld(world, entries);
    expect(estimates.map(({ value, unit }) => [value, unit])).toEqual([
      [0.5, 'share'],
      [0.75, 'share'],
      [3, 'score'],
    ]);
  });

  test('an arm where all agree borrows the design effect of the run', async () => {
    const world: World = {
      items: items(40, (i) => ({ pair: `x${i >> 2}` })),
      arms: ['base', 'other'],
      metrics: [{ id: 'm', clusters: ['item.pair'] }],
    };
    // In arm base whole clusters answer alike in half of the cases: an effect between 1 and 4.
    const { estimates } = await measureWorld(
      world,
      fill(world, ({ item, arm }) => (arm === 1 ? 0 : (item >> 2) % 2 === 0 ? item % 2 : 0)),
    );
    const alone = await measureWorld(
      world,
      fill(world, () => 0),
    );
    expect(estimates[1]!.value).toBe(0);
    expect(estimates[1]!.high!).toBeLessThan(alone.estimates[1]!.high!);
  });
});

describe('groups', () => {
  test('by a field of the item, the person and the provider', async () => {
    const world: World = {
      items: items(4, (i) => ({ meta: { domain: i < 2 ? 'health' : 'housing' } })),
      people: people(2, (i) => ({ 'household language': i === 0 ? 'English' : 'Spanish', 'U.S. born': i === 0 })),
      metrics: [
        {
          id: 'm',
          by: ['item.meta.domain', 'persona.household language', 'persona.U.S. born', 'persona.id', 'provider.id'].map(
            (field) => ({ field }),
          ),
        },
      ],
    };
    const { estimates } = await measureWorld(
      world,
      fill(world, ({ item, persona }) => (item < 2 || persona === 1 ? 1 : 0)),
    );
    expect(groupsOf(estimates, 'item.meta.domain')).toEqual([
      ['health', 1, 4],
      ['housing', 0.5, 4],
    ]);
    expect(groupsOf(estimates, 'persona.household language')).toEqual([
      ['English', 0.5, 4],
      ['Spanish', 1, 4],
    ]);
    expect(groupsOf(estimates, 'persona.U.S. born')).toEqual([
      ['false', 1, 4],
      ['true', 0.5, 4],
    ]);
    expect(groupsOf(estimates, 'persona.id')).toEqual([
      ['q0', 0.5, 4],
      ['q1', 1, 4],
    ]);
    expect(groupsOf(estimates, 'provider.id')).toEqual([['p', 0.75, 8]]);
  });

  test('bands of numbers, in order, without empty ones; what is no number has no group', async () => {
    const ages = [17, 18, 34, 35, 70, 'unknown', null];
    const world: World = {
      items: items(1),
      people: people(7, (i) => ({ age: ages[i]! })),
      metrics: [{ id: 'm', by: [{ field: 'persona.age', bands: [18, 35, 50, 65] }] }],
    };
    const { estimates } = await measureWorld(
      world,
      fill(world, ({ persona }) => persona % 2),
    );
    expect(groupsOf(estimates, 'persona.age')).toEqual([
      ['<18', 0, 1],
      ['18–34', 0.5, 2],
      ['35–49', 1, 1],
      ['65+', 0, 1],
      ['(none)', 0.5, 2],
    ]);
  });

  test('sorted by size where they are numbers', async () => {
    const world: World = {
      items: items(4, (i) => ({ year: [10, 9, 100, 'later'][i]! })),
      metrics: [{ id: 'm', by: [{ field: 'item.year' }] }],
    };
    const { estimates } = await measureWorld(
      world,
      fill(world, () => 1),
    );
    expect(groupsOf(estimates, 'item.year').map(([label]) => label)).toEqual(['9', '10', '100', 'later']);
  });

  test('count what is unscored in them', async () => {
    const world: World = {
      items: items(4, (i) => ({ domain: i < 3 ? 'a' : 'b' })),
      metrics: [{ id: 'm', by: [{ field: 'item.domain' }] }],
    };
    const { estimates } = await measureWorld(world, [answered(0, 1), answered(1, null)]);
    expect(estimates.slice(1).map(({ value, n, unscored }) => [value, n, unscored])).toEqual([
      [1, 1, 2],
      [null, 0, 1],
    ]);
  });

  test('a group that is a cluster is what the number is about, not a sample of one', async () => {
    const world: World = {
      items: items(12, (i) => ({ pair: `x${i >> 1}`, domain: i < 6 ? 'a' : 'b' })),
      metrics: [{ id: 'm', clusters: ['item.pair', 'item.domain'], by: [{ field: 'item.domain' }] }],
    };
    const { estimates } = await measureWorld(
      world,
      fill(world, ({ item }) => (item % 3 === 0 ? 1 : 0)),
    );
    expect(estimates[0]!.clusters).toEqual({ 'item.pair': 6, 'item.domain': 2 });
    expect(estimates[1]!.clusters).toEqual({ 'item.pair': 3 });
    expect(estimates[1]!.method).toBe('wilson-neff-t/one-way');
    expect(estimates[1]!.low).not.toBeNull();
  });
});
