import { describe, expect, test } from '@jest/globals';
import type { Item } from '../../../src/contract/prompt-suite.js';
import { heldOut } from '../../../src/kinds/filters/held-out.js';
import { filterInput } from './filter-input.js';

const suite: Item[] = [
  {
    id: 'a',
    split: 'held_out',
    pink: { name: 'Nike', aliases: ['Air Jordan'] },
    grey: { name: 'FaceTime' },
    note: 'x',
  },
  { id: 'b', split: 'held_out', pink: { name: 'Größe & Söhne' }, others: { name: '耐克' } },
  { id: 'c', split: 'train', pink: { name: 'Puma' }, grey: { name: 'Reebok' } },
];
const options = heldOut.freeze!({ entities: 'pairs.yaml', fields: ['item.pink', 'item.grey'] }, { entities: suite });
const rejects = (pink: unknown, grey: unknown = { name: 'Asics' }) =>
  heldOut.create(options).reject(filterInput('a', 'b', { item: { pink, grey } }));

describe('held_out', () => {
  test('the plan holds the names of the items that count, not the file', () => {
    expect(options).toEqual({
      entities: 'pairs.yaml',
      split: 'held_out',
      fields: ['item.pink', 'item.grey'],
      names: ['Nike', 'Air Jordan', 'FaceTime', 'Größe & Söhne', '耐克'],
    });
    expect(heldOut.describe(options)).toMatchObject({ names: 5, split: 'held_out' });
  });

  test.each([
    ['the name', { name: 'Nike' }],
    ['in capitals', { name: 'NIKE' }],
    ['as an alias', { name: 'Swoosh', aliases: ['nike'] }],
    ['inside a longer name', { name: 'Nike Air Max' }],
    ['an alias of the held-out one', { name: 'Air-Jordan' }],
    ['written apart', { name: 'Face Time' }],
    ['without diacritics', { name: 'Grosse & Sohne' }],
    ['full-width', { name: 'Ｎｉｋｅ' }],
    ['Chinese', { name: '耐克' }],
    ['one of several', ['Puma', 'Nike']],
  ])('%s is left out', (_name, pink) => expect(rejects(pink)).toBe('item.pink is an entity of the evaluation'));

  test('the other field counts as well', () => {
    expect(rejects({ name: 'Puma' }, { name: 'Face time' })).toBe('item.grey is an entity of the evaluation');
  });

  test.each([
    ['another name', { name: 'Puma' }],
    ['the letters inside a word', { name: 'Nikesha' }],
    ['a part of the held-out name', { name: 'Air' }],
    ['another order', { name: 'Jordan Air' }],
  ])('%s stays', (_name, pink) => expect(rejects(pink)).toBeNull());
});
