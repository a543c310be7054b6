import { describe, expect, test } from '@jest/globals';
import { cohenKappa } from '../../../src/lib/stats/kappa.js';
import { answered, items, measureWorld, type World } from './world.js';

const world = (repeats = 1): World => ({
  items: items(50),
  repeats,
  graders: [
    { id: 'declines', scale: { kind: 'binary' } },
    { id: 'verdict', scale: { kind: 'binary' }, judge: true, rule: 'declines' },
  ],
  metrics: [{ id: 'm', of: 'declines' }],
});

/** 20 items of which both say yes, 5 only the rule, 10 only the judge, 15 neither: κ = (0.7 − 0.5) / (1 − 0.5). */
const said = (item: number): [rule: number, judge: number] =>
  item < 20 ? [1, 1] : item < 25 ? [1, 0] : item < 35 ? [0, 1] : [0, 0];

const cellsOf = (repeats: number) =>
  Array.from({ length: 50 * repeats }, (_, cell) => answered(cell, ...said(Math.floor(cell / repeats))));

const healthOf = async (of: World, entries: ReturnType<typeof cellsOf>) => (await measureWorld(of, entries)).judges[0]!;

describe('a judge beside its rule', () => {
  test('agreement, κ by hand, and who finds what alone', async () => {
    const { rule } = await healthOf(world(), cellsOf(1));
    expect(rule).toMatchObject({ grader: 'declines', n: 50, agree: 0.7, ruleOnly: 5, judgeOnly: 10 });
    expect(rule!.kappa).toBeCloseTo(0.4, 12);
    expect(rule!.method).toBe('delta-t/one-way');
    // One cell an item: the large-sample error, with t for z and the factor n / (n − 1).
    const { standardError } = cohenKappa({ size: 2, counts: Float64Array.of(15, 10, 5, 20) })!;
    const half = 2.009575 * standardError * Math.sqrt(50 / 49);
    expect(rule!.low).toBeCloseTo(0.4 - half, 4);
    expect(rule!.high).toBeCloseTo(0.4 + half, 4);
  });

  test('three equal repeats of an item say no more than one', async () => {
    const [once, thrice] = [await healthOf(world(), cellsOf(1)), await healthOf(world(3), cellsOf(3))];
    expect(thrice.rule).toMatchObject({ n: 150, ruleOnly: 15, judgeOnly: 30 });
    expect(thrice.rule!.low).toBeCloseTo(once.rule!.low!, 12);
    expect(thrice.rule!.high).toBeCloseTo(once.rule!.high!, 12);
  });

  test('only answered cells that both have scored', async () => {
    const { rule } = await healthOf(world(), [
      answered(0, 1, 1),
      answered(1, 0, 0),
      answered(2, 1, { unscored: 'judge_unparseable' }),
      answered(3, { unscored: 'truncated' }, 1),
      { cell: 4, outcome: { kind: 'refused', step: 's', text: '' }, scores: [{ value: 1 }, { value: 1 }], calls: 1 },
    ]);
    expect(rule).toMatchObject({ n: 2, agree: 1, kappa: 1, ruleOnly: 0, judgeOnly: 0 });
  });

  test('no κ where both say the same one thing of all, or nothing was compared', async () => {
    const same = await healthOf(world(), [answered(0, 0, 0), answered(1, 0, 0)]);
    expect(same.rule).toMatchObject({ n: 2, agree: 1, kappa: null, low: null, high: null });
    expect((await healthOf(world(), [])).rule).toMatchObject({ n: 0, agree: null, kappa: null });
  });
});

describe('quotes', () => {
  const quoting = (given: number, found: number) => ({ value: 1, quotes: { given, found } });

  test('are summed over judgements that give any', async () => {
    const { quotes } = await healthOf(world(), [
      answered(0, 1, quoting(2, 2)),
      answered(1, 1, quoting(3, 1)),
      answered(2, 1, quoting(0, 0)),
      answered(3, 1, { unscored: 'judge_unparseable' }),
    ]);
    expect(quotes).toEqual({ judgements: 2, given: 5, found: 3, share: 0.6 });
  });

  test('a later entry takes its quotes along, and a judge that is asked for none has none', async () => {
    const again = [answered(0, 1, quoting(2, 1)), answered(0, 1, quoting(0, 0))];
    expect((await healthOf(world(), again)).quotes).toEqual({ judgements: 0, given: 0, found: 0, share: null });
    expect((await healthOf(world(), cellsOf(1))).quotes).toBeUndefined();
  });
});
