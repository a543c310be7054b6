import { describe, expect, test } from '@jest/globals';
import { KeyedRandom } from '../../../src/lib/rng.js';
import { dominates, type Objective, type ParetoPoint, paretoTable } from '../../../src/lib/stats/pareto.js';

const objectives: Objective[] = [
  { id: 'fit', better: 'higher' },
  { id: 'harm', better: 'lower' },
];
const point = (id: string, fit: number | null, harm: number | null): ParetoPoint => ({ id, values: { fit, harm } });

test('by hand: two that trade fit for harm, one that loses to both, one below that', () => {
  const rows = paretoTable(
    [point('a', 0.9, 0.5), point('b', 0.6, 0.1), point('c', 0.6, 0.5), point('d', 0.5, 0.6)],
    objectives,
  );
  expect(rows.map(({ id, efficient, front, dominatedBy }) => [id, efficient, front, dominatedBy])).toEqual([
    ['a', true, 1, []],
    ['b', true, 1, []],
    ['c', false, 2, ['a', 'b']],
    ['d', false, 3, ['a', 'b', 'c']],
  ]);
});

test('equal points do not beat each other; a missing value is neither better nor worse', () => {
  const rows = paretoTable([point('a', 1, 0), point('b', 1, 0), point('c', null, 0)], objectives);
  expect(rows.map(({ efficient }) => efficient)).toEqual([true, true, null]);
  expect(rows[2]).toMatchObject({ front: null, dominatedBy: [] });
  expect(paretoTable([], objectives)).toEqual([]);
});

describe('of random points', () => {
  const random = new KeyedRandom(2, 'points');
  const points = Array.from({ length: 40 }, (_, i) => point(`p${i}`, random.below(6), random.below(6)));

  test('no order of the points matters, some are efficient, and beating is one-way', () => {
    const rows = paretoTable(points, objectives);
    const turned = paretoTable([...points].reverse(), objectives).reverse();
    expect(turned.map(({ id, front }) => [id, front])).toEqual(rows.map(({ id, front }) => [id, front]));
    expect(rows.some(({ efficient }) => efficient === true)).toBe(true);
    for (const a of points)
      for (const b of points) expect(dominates(a, b, objectives) && dominates(b, a, objectives)).toBe(false);
    for (const row of rows) expect(row.efficient).toBe(row.dominatedBy.length === 0);
  });
});
