import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { turns } from '../../../src/kinds/filters/turns.js';
import { trlRowFault } from '../../../src/lib/preference-rows.js';
import { assistant, filterInput, user } from './filter-input.js';

const rejects = (all: Parameters<typeof filterInput>[2]) => turns.create({}).reject(filterInput('a', 'b', all));

test.each([
  ['one turn', [user('Hi')], null],
  ['three turns', [user('Hi'), assistant('Grüß Gott'), user('Und?')], null],
  ['none', [], 'the conversation does not start with the user'],
  ['the assistant first', [assistant('Hi'), user('Hi')], 'the conversation does not start with the user'],
  ['the assistant last', [user('Hi'), assistant('Hi')], 'the conversation does not end with the user'],
  ['the user twice', [user('Hi'), user('Hi')], 'roles do not alternate'],
  ['the assistant twice', [user('a'), assistant('b'), assistant('c'), user('d')], 'roles do not alternate'],
  ['a turn of a no-break space', [user('a'), assistant('\u00a0'), user('d')], 'a turn is empty'],
])('turns: %s', (_name, all, why) => expect(rejects({ turns: all })).toBe(why));

test('property: what passes is a prompt that the row check of TRL takes, and the other way round', () => {
  const turn = fc.tuple(fc.boolean(), fc.constantFrom('Hi', ' ', '', 'Straße', '好'));
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 5 }), (drawn) => {
      const all = drawn.map(([ofUser, content]) => (ofUser ? user(content) : assistant(content)));
      const prompt = all.map(({ role, content }) => ({ role, content }));
      const row = {
        prompt,
        chosen: [{ role: 'assistant', content: 'a' }],
        rejected: [{ role: 'assistant', content: 'b' }],
      };
      expect(rejects({ turns: all }) === null).toBe(trlRowFault(row) === null);
    }),
  );
});
