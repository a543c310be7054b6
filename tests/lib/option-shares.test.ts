import { describe, expect, test } from '@jest/globals';
import type { TokenChoice } from '../../src/contract/call.js';
import { optionShares } from '../../src/lib/option-shares.js';

const at = (token: string, shares: { [token: string]: number } = { [token]: 1 }): TokenChoice => ({
  token,
  top: Object.entries(shares).map(([one, share]) => [one, Math.log(share)]),
});
const letters = ['A', 'B', 'C'];
const sum = (shares: number[] | null) => shares!.reduce((total, share) => total + share, 0);

describe('probabilities of options', () => {
  test('forms of a letter are added up; what is none of them is missing', () => {
    const tokens = [at('B', { A: 0.2, ' A': 0.05, 'A)': 0.05, B: 0.5, '(': 0.1, a: 0.04, I: 0.06 })];
    const shares = optionShares(tokens, { text: 'B', options: letters, picked: 'B' });
    expect(shares).toEqual([0.3, 0.5, 0]);
    expect(1 - sum(shares)).toBeCloseTo(0.2, 9);
  });

  test('the token that decides is the one where the option begins', () => {
    const distribution = { ' A': 0.7, ' B': 0.3 };
    const options = { options: letters, picked: 'A' };
    const declared = [at('Answer'), at(':'), at(' A', distribution)];
    expect(optionShares(declared, { text: 'Answer: A', ...options })).toEqual([0.7, 0.3, 0]);
    const bracketed = [at('('), at('A', { A: 0.6, C: 0.4 }), at(')')];
    expect(optionShares(bracketed, { text: '(A)', ...options })).toEqual([0.6, 0, 0.4]);
  });

  test('words by their first token, unless two options share it', () => {
    const options = ['Agree', 'Disagree', 'Not sure'];
    const tokens = [at('Dis', { Dis: 0.6, Agree: 0.25, agree: 0.05, Not: 0.1 }), at('agree')];
    expect(optionShares(tokens, { text: 'Disagree', options, picked: 'Disagree' })).toEqual([0.3, 0.6, 0.1]);
    const strong = ['Strongly agree', 'Strongly disagree'];
    const shared = [at('Strongly'), at(' agree', { ' agree': 0.9, ' disagree': 0.1 })];
    expect(optionShares(shared, { text: 'Strongly agree', options: strong, picked: 'Strongly agree' })).toBeNull();
  });

  test('label and text of a mapping are the same option', () => {
    const tokens = [at('B', { A: 0.2, Paris: 0.1, B: 0.4, Rome: 0.2, Ro: 0.1 })];
    const options = { A: 'Paris', B: 'Rome' };
    expect(optionShares(tokens, { text: 'B', options, picked: 'B' })).toEqual([0.3, 0.7]);
  });

  test('nothing is read into tokens of another text, too few of them, or none', () => {
    const how = { options: letters, picked: 'A' };
    expect(optionShares(undefined, { text: 'A', ...how })).toBeNull();
    expect(optionShares([], { text: 'A', ...how })).toBeNull();
    expect(optionShares([at('B')], { text: 'A', ...how })).toBeNull();
    expect(optionShares([at('I'), at(' would')], { text: 'I would say (A)', ...how })).toBeNull();
  });

  test('rounded logprobs that add up to more than 1 are scaled down', () => {
    const shares = optionShares([at('A', { A: 0.7, B: 0.4 })], { text: 'A', options: letters, picked: 'A' });
    expect(sum(shares)).toBeCloseTo(1, 5);
  });
});
