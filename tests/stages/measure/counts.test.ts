import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CellEntry } from '../../../src/contract/record.js';
import { answered, fill, items, measureWorld, people, type World } from './world.js';

const world: World = { items: items(8), metrics: [{ id: 'm' }] };

const failed = (cell: number, reason: 'timeout' | 'quota'): CellEntry => ({
  cell,
  outcome: { kind: 'failed', step: 's', reason, message: '', attempts: 3 },
  scores: [{ unscored: 'failed' }],
  calls: 0,
});

describe('cells', () => {
  const entries: CellEntry[] = [
    answered(0, 1),
    { ...answered(1, 0), calls: 3 },
    { cell: 2, outcome: { kind: 'refused', step: 's', text: '' }, scores: [{ unscored: 'refused' }], calls: 1 },
    failed(3, 'timeout'),
    failed(4, 'timeout'),
    failed(5, 'quota'),
    {
      cell: 6,
      outcome: { kind: 'skipped', reason: 'budget', message: '' },
      scores: [{ unscored: 'skipped' }],
      calls: 0,
    },
  ];

  test('are counted by outcome; one without an entry was skipped', async () => {
    const { cells, failures, askedByCells } = await measureWorld(world, entries);
    expect(cells).toEqual({ planned: 8, answered: 2, refused: 1, failed: 3, skipped: 2 });
    expect(failures).toEqual({ timeout: 2, quota: 1 });
    expect(askedByCells).toBe(5);
  });

  test('what is not scored is missing from the rate and counted beside it', async () => {
    const { estimates } = await measureWorld(world, entries);
    expect(estimates).toHaveLength(1);
    expect(estimates[0]).toMatchObject({ value: 0.5, n: 2, unscored: 6 });
  });

  test('a refused cell that is given a score has it', async () => {
    const refused: CellEntry = {
      cell: 2,
      outcome: { kind: 'refused', step: 's', text: '' },
      scores: [{ value: 1 }],
      calls: 1,
    };
    const { cells, estimates } = await measureWorld(world, [refused]);
    expect(cells.refused).toBe(1);
    expect(estimates[0]).toMatchObject({ value: 1, n: 1 });
  });

  test('a later entry replaces an earlier one whole', async () => {
    const { cells, failures, estimates, askedByCells } = await measureWorld(world, [
      failed(0, 'quota'),
      answered(1, 1),
      answered(0, 0),
      failed(1, 'timeout'),
    ]);
    expect(cells).toMatchObject({ answered: 1, failed: 1 });
    expect(failures).toEqual({ timeout: 1 });
    expect(estimates[0]).toMatchObject({ value: 0, n: 1 });
    expect(askedByCells).toBe(1);
  });

  test('nothing recorded: no numbers, no noise', async () => {
    const { cells, estimates, failures } = await measureWorld(world, []);
    expect(cells).toEqual({ planned: 8, answered: 0, refused: 0, failed: 0, skipped: 8 });
    expect(failures).toEqual({});
    expect(estimates[0]).toMatchObject({ value: null, low: null, high: null, n: 0, unscored: 8, method: 'none/empty' });
  });

  test('a cell that the plan does not have', async () => {
    await expect(measureWorld(world, [answered(8, 1)])).rejects.toMatchObject({ code: 'CELL_OUTSIDE_PLAN' });
  });

  test('entries may come one by one', async () => {
    async function* slowly() {
      yield* entries;
    }
    expect(await measureWorld(world, slowly())).toEqual(await measureWorld(world, entries));
  });
});

test('the order of entries does not matter, to the last bit', async () => {
  const full: World = {
    items: items(6, (i) => ({ domain: i % 2 === 0 ? 'a' : 'b' })),
    people: people(
      5,
      (i) => ({ age: 20 + 10 * i }),
      (i) => 1 + i,
    ),
    arms: ['base', 'other'],
    repeats: 2,
    metrics: [
      {
        id: 'm',
        clusters: ['persona.id', 'item.id'],
        by: [{ field: 'item.domain' }, { field: 'persona.age', bands: [35] }],
      },
    ],
    contrasts: [{ name: 'c', metric: 'm', of: 'base', against: 'other' }],
  };
  const entries = fill(full, ({ pair, arm, repeat }) => ((pair * 7 + arm * 3 + repeat) % 5 < 2 ? 1 : 0));
  const expected = JSON.stringify(await measureWorld(full, entries));
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(entries, { minLength: entries.length }), async (shuffled) => {
      expect(JSON.stringify(await measureWorld(full, shuffled))).toBe(expected);
    }),
    { numRuns: 10 },
  );
});
