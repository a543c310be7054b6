import { describe, expect, test } from '@jest/globals';
import { ruleText } from '../../../src/stages/measure/gates.js';
import { answered, fill, items, measureWorld, type World } from './world.js';

const world: World = {
  items: items(20),
  arms: ['base', 'other'],
  providers: ['p', 'q'],
  metrics: [{ id: 'm', by: [{ field: 'item.id' }] }],
};
const entries = fill(world, ({ item, arm }) => (arm === 0 ? (item < 10 ? 1 : 0) : 0));

describe('gates', () => {
  const gatesFor = async (gates: NonNullable<World['gates']>, of = entries) =>
    (await measureWorld({ ...world, gates }, of)).gates;

  test('compare the end that they name, for each arm and provider that they do not', async () => {
    const gates = await gatesFor([{ metric: 'm', end: 'high', below: 0.5 }]);
    expect(gates.map(({ by, passed }) => [by.provider, by.arm, passed])).toEqual([
      ['p', 'base', false],
      ['p', 'other', true],
      ['q', 'base', false],
      ['q', 'other', true],
    ]);
    expect(gates[0]).toMatchObject({ metric: 'm', rule: 'high < 0.5' });
    expect(gates[0]!.value).toBeGreaterThan(0.5);
  });

  test('only the slice that they name, and strictly', async () => {
    const of = { metric: 'm', arm: 'base', provider: 'q', end: 'value' as const };
    expect(await gatesFor([{ ...of, above: 0.5 }])).toEqual([
      { metric: 'm', by: { provider: 'q', arm: 'base' }, rule: 'value > 0.5', value: 0.5, passed: false },
    ]);
    expect((await gatesFor([{ ...of, above: 0.4, below: 0.6 }]))[0]!.passed).toBe(true);
    expect((await gatesFor([{ ...of, above: 0.1, below: 0.2 }]))[0]!.passed).toBe(false);
  });

  test('a number that could not be had fails', async () => {
    expect(await gatesFor([{ metric: 'm', arm: 'base', provider: 'p', end: 'low', above: -1 }], [])).toEqual([
      { metric: 'm', by: { provider: 'p', arm: 'base' }, rule: 'low > -1', value: null, passed: false },
    ]);
  });

  test('and so does a gate for a provider that is not there', async () => {
    expect(await gatesFor([{ metric: 'm', provider: 'gone', end: 'low', above: 0 }])).toEqual([
      { metric: 'm', by: { provider: 'gone', arm: '(any)' }, rule: 'low > 0', value: null, passed: false },
    ]);
  });

  test('in words', () => {
    expect(ruleText({ metric: 'm', end: 'high', below: 0.25 })).toBe('high < 0.25');
    expect(ruleText({ metric: 'm', end: 'low', above: 0.3 })).toBe('low > 0.3');
    expect(ruleText({ metric: 'm', end: 'value', above: 0.1, below: 0.9 })).toBe('0.1 < value < 0.9');
  });
});

test('controls stand beside their headlines, for each provider', async () => {
  const controls = [{ for: { metric: 'm', arm: 'other' }, is: { metric: 'm', arm: 'base' } }];
  const measured = await measureWorld({ ...world, controls }, entries);
  const base = measured.estimates.find(({ by }) => by.provider === 'q' && by.arm === 'base' && by.group === undefined)!;
  expect(measured.controls).toHaveLength(2);
  expect(measured.controls[1]).toEqual({
    for: { metric: 'm', arm: 'other', provider: 'q' },
    is: { metric: 'm', arm: 'base' },
    headline: 0,
    value: 0.5,
    low: base.low,
    high: base.high,
  });
});

describe('judges', () => {
  const judged: World = {
    items: items(10),
    providers: ['p', 'q'],
    graders: [
      { id: 'hit', scale: { kind: 'binary' } },
      { id: 'verdict', scale: { kind: 'binary' }, judge: true },
    ],
    metrics: [{ id: 'm' }],
  };
  // Cells alternate between p (even) and q (odd).
  const of = (...verdicts: Parameters<typeof answered>[1][]) =>
    verdicts.map((verdict, i) => answered(2 * i, 1, verdict));

  test('to be judged is what was answered and applies', async () => {
    const { judges } = await measureWorld(judged, [
      ...of(
        { value: 1, confidence: 90 },
        { value: 0, confidence: 79.9 },
        { unscored: 'judge_unparseable' },
        { unscored: 'judge_unparseable' },
        { unscored: 'judge_failed' },
        { unscored: 'not_applicable' },
      ),
      {
        cell: 12,
        outcome: { kind: 'failed', step: 's', reason: 'timeout', message: '', attempts: 1 },
        scores: [{ unscored: 'failed' }, { unscored: 'failed' }],
        calls: 0,
      },
      { cell: 14, outcome: { kind: 'refused', step: 's', text: '' }, scores: [{ value: 0 }, { value: 0 }], calls: 1 },
    ]);
    expect(judges).toEqual([
      {
        grader: 'verdict',
        provider: 'p',
        n: 5,
        unscored: { judge_failed: 1, judge_unparseable: 2 },
        coverage: 0.4,
        confident: 0.5,
        byConfidence: [
          ...[0, 50, 60, 70].map((from) => ({ from, n: 2, coverage: 0.4, mean: 0.5 })),
          ...[80, 90].map((from) => ({ from, n: 1, coverage: 0.2, mean: 1 })),
        ],
      },
      { grader: 'verdict', provider: 'q', n: 0, unscored: {}, coverage: null },
    ]);
  });

  test('agreement of both orders, where there are two', async () => {
    const { judges } = await measureWorld(
      judged,
      of(
        { value: 1, orderConsistent: true },
        { value: 0, orderConsistent: false },
        { value: 1, orderConsistent: true },
        { value: 1 },
      ),
    );
    expect(judges[0]).toEqual({
      grader: 'verdict',
      provider: 'p',
      n: 4,
      unscored: {},
      coverage: 1,
      orderConsistency: 2 / 3,
    });
  });

  test('a later entry takes its confidence along', async () => {
    const { judges } = await measureWorld(judged, [
      ...of({ value: 1, confidence: 99 }),
      ...of({ value: 1, confidence: 10 }),
    ]);
    expect(judges[0]!.confident).toBe(0);
  });
});
