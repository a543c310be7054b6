import { describe, expect, test } from '@jest/globals';
import type { Persona } from '../../../src/contract/persona.js';
import { answered, measureWorld, type World } from './world.js';

const people: Persona[] = Array.from({ length: 12 }, (_, i) => ({
  id: `p${i}`,
  attributes: { sex: i % 2 === 0 ? 'Male' : 'Female', age: 20 + 5 * i },
}));
const items = Array.from({ length: 10 }, (_, i) => ({ id: `i${i}` }));
const world: World = {
  items,
  people,
  metrics: [
    {
      id: 'accuracy',
      better: 'higher',
      clusters: ['persona.id', 'item.id'],
      by: [{ field: 'persona.sex' }],
      intersections: [
        {
          name: 'young men',
          where: [
            { field: 'persona.sex', values: ['Male'] },
            { field: 'persona.age', from: 18, to: 34 },
          ],
        },
        {
          name: 'men over 90',
          where: [
            { field: 'persona.sex', values: ['Male'] },
            { field: 'persona.age', from: 91 },
          ],
        },
      ],
    },
  ],
};
/** Men get it right in every second item, women in all but every fifth. */
const entries = people.flatMap((_, p) =>
  items.map((_, i) => answered(p * items.length + i, { value: p % 2 === 0 ? i % 2 : i % 5 === 0 ? 0 : 1 })),
);

describe('groups', () => {
  test('each group beside everyone, the worst one, and the widest gap', async () => {
    const { groups } = await measureWorld(world, entries);
    const [sex] = groups;
    expect(sex).toMatchObject({ metric: 'accuracy', field: 'persona.sex', correction: 'holm', by: { arm: 'base' } });
    const [women, men] = sex!.groups;
    expect(women).toMatchObject({ label: 'Female', n: 60, value: 0.8, gap: expect.closeTo(0.15, 12) });
    expect(men).toMatchObject({ label: 'Male', n: 60, value: 0.5, gap: expect.closeTo(-0.15, 12) });
    expect(women!.gapLow! < 0.15 && 0.15 < women!.gapHigh!).toBe(true);
    expect(women!.pAdjusted).toBeGreaterThanOrEqual(women!.p!);
    expect(sex!.worst).toMatchObject({ label: 'Male', value: 0.5 });
    expect(sex!.widest).toMatchObject({ best: 'Female', worst: 'Male', difference: expect.closeTo(0.3, 12) });
    expect(sex!.widest!.low! < 0.3 && 0.3 < sex!.widest!.high!).toBe(true);
  });

  test('the interval of the worst group, picked out of two, is wider than its own', async () => {
    const [sex] = (await measureWorld(world, entries)).groups;
    const men = sex!.groups[1]!;
    expect(sex!.worst!.high! - sex!.worst!.low!).toBeGreaterThan(men.high! - men.low!);
  });

  test('intersections: those who meet every condition; one that nobody meets has no number', async () => {
    const { groups, estimates } = await measureWorld(world, entries);
    const named = (label: string) => estimates.find(({ by }) => by.group?.intersection === label)!;
    expect(named('young men')).toMatchObject({ n: 20, value: 0.5, unscored: 0 });
    expect(named('men over 90')).toMatchObject({ n: 0, value: null, low: null, high: null });
    const family = groups.find(({ field }) => field === 'intersection')!;
    expect(family.groups.map(({ label, n, gap }) => [label, n, gap === null])).toEqual([
      ['young men', 20, false],
      ['men over 90', 0, true],
    ]);
    expect(family.worst).toBeNull();
  });

  test('descriptive metrics have no worst group', async () => {
    const { groups } = await measureWorld({ ...world, metrics: [{ ...world.metrics[0]!, better: 'none' }] }, entries);
    expect(groups.map(({ worst, widest }) => [worst, widest])).toEqual([
      [null, null],
      [null, null],
    ]);
  });
});

describe('weights', () => {
  test('the unweighted number stands beside the weighted one', async () => {
    const weighted = people.map((person, i) => ({ ...person, weight: i % 2 === 0 ? 3 : 1 }));
    const [whole] = (await measureWorld({ ...world, people: weighted }, entries)).estimates;
    expect(whole).toMatchObject({ value: expect.closeTo(0.575, 12), unweighted: { value: expect.closeTo(0.65, 12) } });
  });

  test('without weights there is one number', async () => {
    const [whole] = (await measureWorld(world, entries)).estimates;
    expect(whole).not.toHaveProperty('unweighted');
  });
});
