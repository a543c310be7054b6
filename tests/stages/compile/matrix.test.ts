import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FrozenMatrix } from '../../../src/contract/plan.js';
import { createMatrix } from '../../../src/stages/compile/matrix.js';

interface Shape {
  items: number;
  people?: number;
  arms?: number;
  providers?: number;
  repeats?: number;
  seed?: number;
  design?: FrozenMatrix['eval']['design'];
  sample?: Partial<FrozenMatrix['sample']>;
}

function frozen({
  items,
  people = 0,
  arms = 2,
  providers = 1,
  repeats = 1,
  seed = 1,
  design = { kind: 'crossed' },
  sample = {},
}: Shape): FrozenMatrix {
  return {
    format: 'evalrun.matrix/1',
    eval: {
      id: 'e',
      title: 't',
      version: 1,
      items: {
        id: 'i',
        items: Array.from({ length: items }, (_, n) => ({ id: `i${n}`, domain: n % 3 === 0 ? 'a' : 'b' })),
      },
      personas:
        people === 0
          ? null
          : { id: 'p', people: Array.from({ length: people }, (_, n) => ({ id: `p${n}`, attributes: { age: n } })) },
      design,
      arms: Array.from({ length: arms }, (_, n) => ({ id: `a${n}`, fields: {} })),
      steps: [],
      graders: [],
      metrics: [],
      contrasts: [],
      controls: [],
    },
    providers: Array.from({ length: providers }, (_, n) => ({
      id: `s${n}`,
      kind: 'k',
      identity: n,
      sampling: {},
      options: {},
      simulated: false,
    })),
    roles: {},
    sample: { where: {}, ...sample },
    repeats,
    seed,
  };
}

const pairsOf = (shape: Shape): { item: number; persona: number }[] => {
  const matrix = createMatrix(frozen(shape));
  return Array.from({ length: matrix.pairs }, (_, pair) =>
    matrix.positionAt(matrix.ordinalOf({ pair, provider: 0, arm: 0, repeat: 0 })),
  );
};

const spread = (counts: Iterable<number>): number => {
  const all = [...counts];
  return Math.max(...all) - Math.min(...all);
};
const countBy = (keys: number[], n: number): number[] => {
  const counts = new Array<number>(n).fill(0);
  for (const key of keys) counts[key]!++;
  return counts;
};

const size = fc.integer({ min: 1, max: 30 });

describe('the matrix', () => {
  test('crossed: every item with every person exactly once', () => {
    fc.assert(
      fc.property(size, size, fc.integer(), (items, people, seed) => {
        const pairs = pairsOf({ items, people, seed });
        expect(pairs.length).toBe(items * people);
        expect(new Set(pairs.map(({ item, persona }) => item * 100 + persona)).size).toBe(items * people);
      }),
    );
  });

  test('balanced: each person gets k different items, each item equally often', () => {
    fc.assert(
      fc.property(size, size, fc.integer(), fc.integer({ min: 1, max: 30 }), (items, people, seed, wanted) => {
        const k = Math.min(wanted, items);
        const pairs = pairsOf({ items, people, seed, design: { kind: 'balanced', promptsPerPersona: k } });
        expect(pairs.length).toBe(people * k);
        expect(
          countBy(
            pairs.map((pair) => pair.persona),
            people,
          ),
        ).toEqual(new Array(people).fill(k));
        expect(
          spread(
            countBy(
              pairs.map((pair) => pair.item),
              items,
            ),
          ),
        ).toBeLessThanOrEqual(1);
        expect(new Set(pairs.map(({ item, persona }) => item * 100 + persona)).size).toBe(people * k);
      }),
    );
  });

  test('any limit keeps people and items balanced and arms whole', () => {
    fc.assert(
      fc.property(size, size, fc.integer({ min: 1, max: 2000 }), (items, people, cells) => {
        const matrix = createMatrix(frozen({ items, people, arms: 3, providers: 2, repeats: 2, sample: { cells } }));
        expect(matrix.cells % 12).toBe(0);
        expect(matrix.cells).toBeLessThanOrEqual(Math.max(12, cells));
        const pairs = pairsOf({ items, people, arms: 3, providers: 2, repeats: 2, sample: { cells } });
        expect(
          spread(
            countBy(
              pairs.map((pair) => pair.persona),
              people,
            ),
          ),
        ).toBeLessThanOrEqual(1);
        expect(
          spread(
            countBy(
              pairs.map((pair) => pair.item),
              items,
            ),
          ),
        ).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('ordinals and positions are inverse', () => {
    const matrix = createMatrix(frozen({ items: 5, people: 4, arms: 3, providers: 2, repeats: 2 }));
    for (let ordinal = 0; ordinal < matrix.cells; ordinal++)
      expect(matrix.ordinalOf(matrix.positionAt(ordinal))).toBe(ordinal);
    expect(() => matrix.positionAt(matrix.cells)).toThrow(RangeError);
  });

  test('zip pairs in file order, as many as the shorter list', () => {
    expect(
      pairsOf({ items: 5, people: 3, design: { kind: 'zip' } }).map(({ item, persona }) => [item, persona]),
    ).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });

  test('the other person is never the same, and over the items everyone meets everyone', () => {
    const matrix = createMatrix(frozen({ items: 60, people: 4, arms: 1 }));
    const met = new Map<string, Set<string>>();
    for (let ordinal = 0; ordinal < matrix.cells; ordinal++) {
      const { persona, other } = matrix.cellAt(ordinal);
      expect(other!.id).not.toBe(persona!.id);
      met.set(persona!.id, (met.get(persona!.id) ?? new Set()).add(other!.id));
    }
    for (const others of met.values()) expect(others.size).toBe(3);
    expect(createMatrix(frozen({ items: 3, people: 1 })).cellAt(0).other).toBeNull();
  });

  test('conditions and samples choose; an empty choice is a problem', () => {
    const some = createMatrix(frozen({ items: 9, sample: { where: { 'item.domain': ['a'] } } }));
    expect(some.pairs).toBe(3);
    expect(createMatrix(frozen({ items: 9, people: 9, sample: { items: 4, personas: 2 } })).pairs).toBe(8);
    expect(() => createMatrix(frozen({ items: 9, sample: { where: { 'item.domain': ['z'] } } }))).toThrow(
      expect.objectContaining({ code: 'EMPTY_SAMPLE' }),
    );
    expect(() =>
      createMatrix(frozen({ items: 3, people: 2, design: { kind: 'balanced', promptsPerPersona: 4 } })),
    ).toThrow(expect.objectContaining({ code: 'NOT_ENOUGH_ITEMS' }));
  });

  test('the seed decides which, the order of seeds does not matter', () => {
    const ids = (seed: number): number[] =>
      pairsOf({ items: 40, seed, sample: { items: 10 } }).map((pair) => pair.item);
    expect(ids(1)).toEqual(ids(1));
    expect(ids(1)).not.toEqual(ids(2));
  });
});
