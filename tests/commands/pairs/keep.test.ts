import { describe, expect, test } from '@jest/globals';
import { keeper } from '../../../src/commands/pairs/keep.js';
import { pairsSpec, somePair } from './pair-of-test.js';

describe('keeper', () => {
  test('all keeps every pair', () => {
    expect(keeper('all', pairsSpec)(somePair({ preferred: 'rejected' }))).toBeNull();
  });

  test.each([
    ['chosen', null],
    ['rejected', 'its own judge preferred the rejected text'],
    ['tie', 'its own judge saw a tie'],
    [null, 'its own judge gave no verdict'],
  ] as const)('preferred, of a pair whose own judge said %s: %s', (preferred, why) => {
    expect(keeper('preferred', pairsSpec)(somePair({ preferred }))).toBe(why);
  });

  test.each([
    ['tie', null],
    ['rejected', null],
    ['chosen', 'the shuffled judge preferred the chosen text'],
    [null, 'the shuffled judge gave no verdict'],
  ] as const)('disagreeing, of a pair whose shuffled judge said %s: %s', (shuffled, why) => {
    const keep = keeper('disagreeing', pairsSpec);
    expect(keep(somePair({ controls: { shuffled } }))).toBe(why);
    expect(keep(somePair({ preferred: 'tie', controls: { shuffled } }))).toBe('its own judge saw a tie');
  });

  test('disagreeing needs a control named shuffled', () => {
    const without = { ...pairsSpec, controls: { none: 'prefers_none' } };
    expect(() => keeper('disagreeing', without)).toThrow(expect.objectContaining({ code: 'BAD_FLAG' }));
  });
});
