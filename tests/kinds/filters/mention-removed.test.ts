import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject } from '../../../src/contract/json.js';
import { mentionRemoved } from '../../../src/kinds/filters/mention-removed.js';
import { filterInput } from './filter-input.js';

const nike = { name: 'Nike', aliases: ['Air Max'] };
const rejects = (rejected: string, chosen: string, pink: unknown = nike, options: JsonObject = {}) =>
  mentionRemoved
    .create({ entity: 'item.pink', ...options })
    .reject(filterInput(rejected, chosen, { item: { pink, language: 'de' } }));

describe('mention_removed', () => {
  test.each([
    ['the name is gone', 'Take the Nike Pegasus.', 'Take the Adidas Terrex.', null],
    ['an alias is gone', 'The AIR-MAX is fine.', 'The Terrex is fine.', null],
    ['it was never there', 'Take the Terrex.', 'Take the Superstar.', 'the rejected text does not name it'],
    ['it is still there', 'Take Nikes.', 'Not Nike’s.', 'the chosen text still names it'],
    ['an alias is still there', 'Take Nikes.', 'An air max then.', 'the chosen text still names it'],
    ['the same letters in another word', 'Take Nikes.', 'Ask Nikesha.', null],
    ['full-width, with a zero-width space', 'Ｎｉ\u200bｋｅ!', 'Adidas!', null],
    ['a letter that looks alike', 'Nіke!', 'Adidas!', null],
  ])('%s', (_name, rejected, chosen, why) => expect(rejects(rejected, chosen)).toBe(why));

  test('endings of the language count: German genitive and umlaut', () => {
    const pink = { name: 'Löwe', aliases: [] };
    const german = { language: 'de' };
    expect(rejects('Das Fell des Löwen ist gelb.', 'Das Fell des Tigers ist gelb.', pink, german)).toBeNull();
    expect(rejects('Das Fell des Löwen ist gelb.', 'Auch LOEWEN schlafen.', pink, german)).toBe(
      'the chosen text still names it',
    );
    expect(rejects('Das Fell des Löwen.', 'Tiger.', pink, { language: 'none' })).toBe(
      'the rejected text does not name it',
    );
    expect(rejects('Das Fell des Löwen.', 'Tiger.', pink, { language: 'item.language' })).toBeNull();
  });

  test('where the word may be an ordinary one, that is a reason of its own', () => {
    const apple = { name: 'Apple', ambiguity: 'the fruit' };
    expect(rejects('An apple a day.', 'A pear a day.', apple)).toBe('the rejected text may mean an ordinary word');
    expect(rejects('I bought an Apple laptop.', 'I ate an apple.', apple)).toBe('the chosen text may still name it');
    expect(rejects('I bought an Apple laptop.', 'I bought a Dell laptop.', apple)).toBeNull();
  });

  test('of several, the rejected text names one and the chosen one none', () => {
    const both = [{ name: 'Nike' }, 'Puma'];
    expect(rejects('Take Puma.', 'Take Adidas.', both)).toBeNull();
    expect(rejects('Take Puma.', 'Take Nike.', both)).toBe('the chosen text still names it');
    expect(rejects('Take Puma.', 'Take Adidas.', 5)).toBe('there is no entity to look for');
  });

  test('property: what passes with the texts swapped never passes as it is', () => {
    const words = fc.array(fc.constantFrom('Nike', 'nikes', 'Adidas', 'runs', '“Air Max”', 'läuft'), { maxLength: 6 });
    fc.assert(
      fc.property(words, words, (one, other) => {
        const [a, b] = [one.join(' '), other.join(' ')];
        if (rejects(a, b) === null) expect(rejects(b, a)).toBe('the rejected text does not name it');
      }),
    );
  });
});
