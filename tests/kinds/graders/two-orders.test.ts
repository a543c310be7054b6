import { describe, expect, test } from '@jest/globals';
import type { StepOutput } from '../../../src/contract/trial.js';
import { twoOrders } from '../../../src/kinds/graders/two-orders.js';
import { checkWith, gradeWith, isValid } from './fakes.js';

const options = { right: 'first', swapped: 'back.verdict' };
const back = (verdict: string): { [step: string]: StepOutput } => ({
  back: { text: '{}', finish: 'stop', fields: { verdict } },
});
const grade = (text: string, outputs: { [step: string]: StepOutput }) =>
  gradeWith(twoOrders, options, { text, outputs });

describe('two_orders', () => {
  test.each([
    ['first', 'second', 1, 'right', true],
    ['second', 'first', 0, 'wrong', true],
    ['tie', 'tie', 0.5, 'tie', true],
    ['first', 'first', 0.5, 'tie', false],
    ['second', 'second', 0.5, 'tie', false],
    ['first', 'tie', 0.5, 'tie', false],
    [' **First.** ', '"SECOND"', 1, 'right', true],
  ])('%s, then %s the other way round: %d', async (one, two, value, label, orderConsistent) => {
    expect(await grade(one, back(two))).toEqual({ kind: 'scored', value, label, orderConsistent });
  });

  test('the right text may stand second', async () => {
    const score = await gradeWith(
      twoOrders,
      { ...options, right: 'second' },
      { text: 'second', outputs: back('first') },
    );
    expect(score).toMatchObject({ value: 1 });
  });

  test('what is no choice is unscored, never wrong', async () => {
    expect(await grade('neither', back('first'))).toMatchObject({ kind: 'unscored', reason: 'unparseable' });
    expect(await grade('first', back('the last'))).toMatchObject({ kind: 'unscored', reason: 'unparseable' });
    expect(await grade('first', {})).toMatchObject({ kind: 'unscored', reason: 'not_applicable' });
    const cut: StepOutput = { text: '{', finish: 'length' };
    expect(await grade('first', { back: cut })).toMatchObject({ kind: 'unscored', reason: 'truncated' });
    const broken: StepOutput = { text: 'hm', finish: 'stop', parseError: 'no JSON' };
    expect(await grade('first', { back: broken })).toMatchObject({ reason: 'unparseable', detail: 'no JSON' });
    const plain: StepOutput = { text: 'hm', finish: 'stop', fields: { verdict: 3 } };
    expect(await grade('first', { back: plain })).toMatchObject({ reason: 'unparseable' });
  });

  test('options are checked, and the output that they name', () => {
    expect(isValid(twoOrders, options)).toBe(true);
    expect(isValid(twoOrders, { ...options, right: 'third' })).toBe(false);
    expect(isValid(twoOrders, { right: 'first' })).toBe(false);
    expect(checkWith(twoOrders, options).outputs).toEqual(['back.verdict']);
  });
});
