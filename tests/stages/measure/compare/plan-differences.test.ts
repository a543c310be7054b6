import { describe, expect, test } from '@jest/globals';
import { planDifferences } from '../../../../src/stages/measure/compare/plan-differences.js';
import type { MeasureInput } from '../../../../src/stages/measure/measure-input.js';
import { inputOf, items, people } from '../world.js';

const pairs = Int32Array.of(0, 1);
const match = { a: pairs, b: pairs, onlyIn: { a: 0, b: 0 } };

type Side = Pick<MeasureInput, 'plan' | 'matrix'> & { axes: { items: Int32Array; personas: Int32Array } };

/** A plan with two matched pairs: item 0 with person 0, item 1 with person 1; item and person 2 are in none. */
function side(): Side {
  const { plan, matrix } = inputOf({ items: items(3), people: people(3), metrics: [{ id: 'm' }] }, []);
  plan.matrix.eval.steps = [{ id: 'reply', role: 'subject', messages: [{ user: 'Hi' }], parse: { kind: 'text' } }];
  plan.matrix.roles = { judge: { ...plan.matrix.providers[0]!, id: 'j' } };
  return { plan, matrix, axes: { items: pairs, personas: pairs } };
}

type Change = (side: Side) => void;
const differing = (change: Change) => {
  const other = side();
  change(other);
  return planDifferences(side(), other, match);
};

describe('what breaks comparability is named', () => {
  const changes: [string, Change, string, string[]][] = [
    ['an item', ({ plan }) => (plan.matrix.eval.items.items[1]!.text = 'new'), 'items', ['i1']],
    ['a person', ({ plan }) => (plan.matrix.eval.personas!.people[0]!.weight = 2), 'personas', ['q0']],
    ['an arm', ({ plan }) => (plan.matrix.eval.arms[0]!.fields.instruction = 'new'), 'arm base', ['instruction']],
    ['a step', ({ plan }) => (plan.matrix.eval.steps[0]!.messages = []), 'step reply', ['messages']],
    ['a rubric', ({ plan }) => (plan.matrix.eval.graders[0]!.options.verdicts = {}), 'grader hit', ['verdicts']],
    ['a metric', ({ plan }) => (plan.matrix.eval.metrics[0]!.clusters = ['item.id']), 'metric m', ['clusters']],
    ['a judge', ({ plan }) => (plan.matrix.roles.judge!.identity = 'other'), 'role judge', ['model']],
    ['a version', ({ plan }) => (plan.matrix.eval.version = 2), 'eval version', ['1 → 2']],
  ];

  test.each(changes)('%s', (_what, change, part, names) => {
    expect(differing(change)).toEqual([{ part, names }]);
  });

  test('another person as the other one, where a grader asks for that', () => {
    const sides = [1, 2].map((other) => {
      const one = side();
      one.plan.matrix.eval.graders[0]!.options.with = { reader: 'other' };
      const cellAt = (cell: number) => ({ other: { id: `q${cell === 0 ? 0 : other}` } });
      return { ...one, matrix: { ...one.matrix, cellAt: cellAt as never } };
    });
    expect(planDifferences(sides[0]!, sides[0]!, match)).toEqual([]);
    expect(planDifferences(sides[0]!, sides[1]!, match)).toEqual([
      { part: 'other personas', names: [expect.stringContaining('1 of 2 pairs')] },
    ]);
  });
});

test.each<[string, Change]>([
  ['nothing', () => {}],
  ['what is in no matched pair', ({ plan }) => (plan.matrix.eval.items.items[2]!.text = 'new')],
  ['a title', ({ plan }) => (plan.matrix.eval.title = 'new')],
  ['the provider under test', ({ plan }) => (plan.matrix.providers[0]!.identity = 'new')],
  ['the seed', ({ plan }) => (plan.matrix.seed = 2)],
])('%s breaks nothing', (_what, change) => {
  expect(differing(change)).toEqual([]);
});
