import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EvalrunError } from '../../../../src/contract/problem.js';
import { pairedDifference } from '../../../../src/lib/stats/paired-difference.js';
import { compareRuns } from '../../../../src/stages/measure/compare/compare-runs.js';
import { unitsOf } from '../../../lib/stats/units.js';
import { fill, inputOf, items, people, type World } from '../world.js';

type Score = Parameters<typeof fill>[1];
const wish = { providers: [], changes: 20 };
const run = (world: World, score: Score) => inputOf(world, fill(world, score));
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: EvalrunError) => `${error.code} ${error.message} (${error.hint})`,
  );

const ten: World = {
  items: items(10, (i) => ({ pair: `x${i >> 1}` })),
  metrics: [{ id: 'm', clusters: ['item.pair'] }],
};
//            0  1  2  3  4  5  6  7  8  9
const before = [1, 1, 1, 1, 1, 1, 0, 0, 0, 1];
const afterwards = [0, 0, 0, 0, 0, 0, 1, 0, 0, 1];

describe('worked by hand', () => {
  test('six flips down and one up: −50 points, and McNemar 2·(1 + 7)/2⁷ = 0.125', async () => {
    const found = await compareRuns(
      run(ten, ({ item }) => before[item]!),
      run(ten, ({ item }) => afterwards[item]!),
      wish,
    );
    const expected = pairedDifference(
      unitsOf(
        before.map((from, i) => afterwards[i]! - from),
        [before.map((_, i) => i >> 1)],
      ),
      0.95,
    );
    expect(found).toMatchObject({ matched: 10, onlyIn: { a: 0, b: 0 }, pairedBy: 'id', differs: [], changed: 7 });
    expect(found.differences).toHaveLength(1);
    expect(found.differences[0]).toMatchObject({
      metric: 'm',
      arm: 'base',
      provider: { a: 'p', b: 'p' },
      a: 0.7,
      b: expect.closeTo(0.2, 12),
      difference: -0.5,
      low: expected.low,
      high: expected.high,
      p: expected.p,
      pAdjusted: expected.p,
      n: 10,
      unscored: 0,
      clusters: { 'item.pair': 5 },
      flips: { up: 1, down: 6, n: 10, p: expect.closeTo(0.125, 12) },
    });
    expect(found.changes.map(({ item, from, to }) => `${item} ${from} ${to}`)).toEqual([
      ...[0, 1, 2, 3, 4, 5].map((i) => `i${i} 1 0`),
      'i6 0 1',
    ]);
  });

  test('repeats are averaged on each side, and a unit whose repeats disagree is no flip', async () => {
    const twice: World = { ...ten, repeats: 2 };
    const found = await compareRuns(
      run(twice, ({ item, repeat }) => (item === 0 ? repeat : 0)),
      run(ten, ({ item }) => (item < 2 ? 1 : 0)),
      wish,
    );
    expect(found.differences[0]).toMatchObject({
      difference: expect.closeTo(0.15, 12),
      flips: { up: 1, down: 0, n: 9 },
    });
    expect(found.changes.map(({ item, from, to, flipped }) => [item, from, to, flipped])).toEqual([
      ['i1', 0, 1, true],
      ['i0', 0.5, 1, false],
    ]);
  });

  test('a matched unit without a score on either side is unscored, and in no number', async () => {
    const found = await compareRuns(
      run(ten, ({ item }) => (item < 2 ? null : 0)),
      run(ten, ({ item }) => (item === 1 || item === 9 ? null : item % 2)),
      wish,
    );
    expect(found.differences[0]).toMatchObject({
      n: 7,
      unscored: 3,
      unscoredIn: { a: 2, b: 2 },
      matched: 10,
      a: 0,
      flips: { up: 3, n: 7 },
    });
  });

  test('a scale of numbers has changes but no flips; its largest change comes first', async () => {
    const rated: World = {
      items: items(4),
      graders: [{ id: 'hit', scale: { kind: 'number', min: 1, max: 5 } }],
      metrics: [{ id: 'm', kind: 'mean' }],
    };
    const found = await compareRuns(
      run(rated, () => 3),
      run(rated, ({ item }) => [3, 4, 1, 5][item]!),
      { ...wish, changes: 2 },
    );
    expect(found.differences[0]).toMatchObject({ flips: null, difference: 0.25, unit: 'score' });
    expect(found.changed).toBe(3);
    expect(found.changes.map(({ item, from, to }) => [item, from, to])).toEqual([
      ['i2', 3, 1],
      ['i3', 3, 5],
    ]);
  });
});

describe('what is matched', () => {
  const score: Score = ({ item, persona }) => (item + persona) % 2;

  test('item × persona by id, wherever they stand; the rest is counted', async () => {
    const own: World = { items: items(5), people: people(4), metrics: [{ id: 'm' }] };
    const other: World = {
      items: [...items(7)].reverse().slice(0, 5),
      people: [...people(3)].reverse(),
      metrics: [{ id: 'm' }],
    };
    const found = await compareRuns(
      run(own, score),
      run(other, (at) => score({ ...at, item: 6 - at.item, persona: 2 - at.persona })),
      wish,
    );
    expect(found).toMatchObject({ matched: 3 * 3, onlyIn: { a: 20 - 9, b: 15 - 9 }, changed: 0 });
    expect(found.differences[0]).toMatchObject({ n: 9, difference: 0, onlyIn: { a: 11, b: 6 } });
  });

  test('a person that the other run lacks is not taken for nobody', async () => {
    const own: World = { items: items(2), people: people(2), metrics: [{ id: 'm' }] };
    const bare: World = { items: items(2), metrics: [{ id: 'm' }] };
    const message = await codeOf(compareRuns(run(own, score), run(bare, score), wish));
    expect(message).toContain('NOTHING_MATCHED no item with the same persona');
  });

  test('arms and metrics by id, wherever they stand', async () => {
    const own: World = { ...ten, arms: ['x', 'y'], metrics: [{ id: 'm' }, { id: 'gone' }] };
    const other: World = { ...ten, arms: ['y', 'z', 'x'], metrics: [{ id: 'new' }, { id: 'm' }] };
    const found = await compareRuns(
      run(own, ({ arm }) => arm),
      run(other, ({ arm }) => (arm === 0 ? 1 : 0)),
      wish,
    );
    expect(found.differences.map(({ metric, arm, difference }) => [metric, arm, difference])).toEqual([
      ['m', 'x', 0],
      ['m', 'y', 0],
    ]);
    expect(found.differs).toEqual([
      { part: 'arm z', names: ['only in B'] },
      { part: 'metric gone', names: ['only in A'] },
      { part: 'metric new', names: ['only in B'] },
    ]);
  });

  test('a metric of another kind only shares the name', async () => {
    const other: World = { ...ten, metrics: [{ id: 'm', kind: 'mean' }] };
    expect(await codeOf(compareRuns(run(ten, score), run(other, score), wish))).toContain('NOTHING_MATCHED no metric');
  });

  test('runs of different evals are not compared', async () => {
    const other = run(ten, score);
    other.plan.matrix.eval.id = 'another';
    const message = await codeOf(compareRuns(run(ten, score), other, wish));
    expect(message).toContain('OTHER_EVAL the first run is of the eval test, the second of another');
  });
});

test('Holm runs over all arms and providers of a metric', async () => {
  const many: World = { ...ten, arms: ['x', 'y'], providers: ['p', 'q'], metrics: [{ id: 'm' }, { id: 'n' }] };
  const falls = [9, 8, 7, 6];
  const { differences } = await compareRuns(
    run(many, () => 1),
    run(many, ({ item, arm, provider }) => (item < falls[provider * 2 + arm]! ? 0 : 1)),
    wish,
  );
  const family = differences.filter(({ metric }) => metric === 'm');
  expect(family.map(({ provider, arm }) => `${provider.a} ${arm}`)).toEqual(['p x', 'p y', 'q x', 'q y']);
  family.forEach(({ p, pAdjusted }, rank) => {
    const steps = family.slice(0, rank + 1).map((one, i) => one.p! * (4 - i));
    expect(p).toBeLessThan(0.1);
    expect(pAdjusted).toBeCloseTo(Math.max(...steps), 12);
  });
});

const scored = fc.option(fc.constantFrom(0, 1), { freq: 6 });
const column = fc.array(scored, { minLength: 24, maxLength: 24 });
const small: World = {
  items: items(3),
  people: people(4),
  arms: ['x', 'y'],
  metrics: [{ id: 'm', clusters: ['persona.id'] }],
};
const ofColumn = (values: (number | null)[]) => run(small, ({ pair, arm }) => values[pair * 2 + arm]!);

test('a run does not differ from itself', () =>
  fc.assert(
    fc.asyncProperty(column, async (values) => {
      const found = await compareRuns(ofColumn(values), ofColumn(values), wish);
      expect(found).toMatchObject({ changes: [], changed: 0, differs: [] });
      for (const { difference, a, b, p, flips, n } of found.differences) {
        expect([difference, b]).toEqual([n === 0 ? null : 0, a]);
        expect(p === null || p === 1).toBe(true);
        expect(flips).toMatchObject({ up: 0, down: 0, p: 1 });
      }
    }),
    { numRuns: 40 },
  ));

test('the other way round, everything is mirrored', () =>
  fc.assert(
    fc.asyncProperty(column, column, async (one, two) => {
      const there = await compareRuns(ofColumn(one), ofColumn(two), wish);
      const back = await compareRuns(ofColumn(two), ofColumn(one), wish);
      there.differences.forEach((difference, i) => {
        const mirrored = back.differences[i]!;
        expect([mirrored.n, mirrored.unscored, mirrored.a]).toEqual([difference.n, difference.unscored, difference.b]);
        expect(mirrored.flips).toEqual({ ...difference.flips, up: difference.flips!.down, down: difference.flips!.up });
        for (const [from, to] of [['low', 'high'] as const, ['high', 'low'] as const])
          if (difference[from] !== null) expect(mirrored[to]).toBeCloseTo(-difference[from], 9);
        if (difference.difference !== null) {
          expect(difference.difference).toBeCloseTo(difference.b! - difference.a!, 12);
          expect(mirrored.difference).toBeCloseTo(-difference.difference, 12);
        }
      });
      expect(back.changed).toBe(there.changed);
    }),
    { numRuns: 40 },
  ));
