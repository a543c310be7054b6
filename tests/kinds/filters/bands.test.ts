import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject } from '../../../src/contract/json.js';
import { editDistance } from '../../../src/kinds/filters/edit-distance.js';
import { length } from '../../../src/kinds/filters/length.js';
import { similarity } from '../../../src/kinds/filters/similarity.js';
import { filterInput } from './filter-input.js';

const distance = (a: string, b: string, options: JsonObject = {}) =>
  editDistance.create(options).reject(filterInput(a, b));
const alike = (a: string, b: string, options: JsonObject = {}) => similarity.create(options).reject(filterInput(a, b));
const long = (a: string, b: string, options: JsonObject = {}) => length.create(options).reject(filterInput(a, b));
const text = fc.array(fc.constantFrom('the', 'Löwe', 'läuft', '走', '路', 'a-b', "don't", '🙂'), { maxLength: 12 });

describe('edit_distance', () => {
  test.each([
    ['one word of five', 'Take the Nike Pegasus today', 'Take the Adidas Pegasus today', 0.2, null],
    [
      'one word of five',
      'Take the Nike Pegasus today',
      'Take the Adidas Pegasus today',
      0.21,
      'too few words were changed',
    ],
    ['punctuation alone', 'Well – yes.', 'Well, yes!', 0.01, 'too few words were changed'],
    ['an umlaut in another form', 'für', 'fu\u0308r', 0.01, 'too few words were changed'],
    ['a capital', 'Paris is far', 'paris is far', 0.3, null],
    ['a Chinese sign of four', '我喜欢猫', '我喜欢狗', 0.25, null],
  ])('%s, min %#', (_name, a, b, min, why) => expect(distance(a, b, { min })).toBe(why));

  test('too much: nothing is left of the text', () => {
    expect(distance('one two three four five', 'six seven eight nine ten')).toBe('too many words were changed');
    expect(distance('one two three four five', 'one seven eight nine ten')).toBeNull();
    expect(distance('', '')).toBe('too few words were changed');
  });

  test('property: it does not matter which text is which; a text is at no distance from itself', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [a, b] = [one.join(' '), other.join(' ')];
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, a)).toBe('too few words were changed');
        expect(distance(a, b, { min: 0, max: 1 })).toBeNull();
      }),
    );
  });
});

describe('similarity', () => {
  const base = 'Start with shutter speed, then choose the lens';
  test.each([
    ['a moved sentence', 'Choose well. Start with shutter speed.', 'Start with shutter speed. Choose well.', 0.6, null],
    ['another text', base, 'Der Löwe schläft heute im Schatten', 0.1, 'the texts share too little'],
    ['capitals do not count', base, base.toUpperCase(), 1, null],
    ['German', 'Der Löwe schläft heute', 'Der Löwe schläft morgen', 0.5, null],
    ['German', 'Der Löwe schläft heute', 'Der Löwe schläft morgen', 0.51, 'the texts share too little'],
  ])('%s, min %#', (_name, a, b, min, why) => expect(alike(a, b, { min })).toBe(why));

  test('the upper end', () => expect(alike(base, base, { max: 0.99 })).toBe('the texts share too much'));
});

describe('length', () => {
  test('characters are code points, without the spaces around', () => {
    expect(long('🙂🙂🙂', 'äöü', { min: 3, max: 3 })).toBeNull();
    expect(long('  ab \n', 'abc', { min: 3 })).toBe('the rejected text is too short');
    expect(long('abc', 'abcd', { max: 3, min: 1 })).toBe('the chosen text is too long');
  });

  test('defaults', () => {
    expect(long('x'.repeat(20), 'x'.repeat(4000))).toBeNull();
    expect(long('x'.repeat(19), 'x'.repeat(20))).toBe('the rejected text is too short');
    expect(long('x'.repeat(20), 'x'.repeat(4001))).toBe('the chosen text is too long');
    expect(length.describe({})).toEqual({ min: 20, max: 4000 });
    expect(editDistance.describe({ max: 0.5 })).toEqual({ min: 0.02, max: 0.5 });
  });
});
