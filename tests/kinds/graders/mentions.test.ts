import { describe, expect, test } from '@jest/globals';
import { mentions } from '../../../src/kinds/graders/mentions.js';
import { checkWith, gradeWith, isValid } from './fakes.js';

const scope = { item: { pink: { name: 'Nike', aliases: ['Air Jordan'], note: 'a brand' }, grey: 'Adidas' } };

describe('mentions', () => {
  test('scores 1 with the places, 0 without', async () => {
    const text = '😀 Nikes and Air-Jordans';
    expect(await gradeWith(mentions, { entity: 'item.pink' }, { text, scope })).toEqual({
      kind: 'scored',
      value: 1,
      evidence: [
        { start: 3, end: 8 },
        { start: 13, end: 24 },
      ],
    });
    expect(await gradeWith(mentions, { entity: 'item.pink' }, { text: 'Adidas', scope })).toEqual({
      kind: 'scored',
      value: 0,
      evidence: [],
    });
    expect(await gradeWith(mentions, { entity: 'item.pink' }, { text: '', scope })).toMatchObject({ value: 0 });
  });

  test('takes an entity written in place and a policy for capitals', async () => {
    const entity = { name: 'Apple' };
    expect(await gradeWith(mentions, { entity }, { text: 'an apple' })).toMatchObject({ value: 1 });
    expect(await gradeWith(mentions, { entity, case: 'smart' }, { text: 'an apple' })).toMatchObject({ value: 0 });
    expect(await gradeWith(mentions, { entity, case: 'sensitive' }, { text: 'APPLE' })).toMatchObject({ value: 0 });
  });

  test('a value that is no entity is an error with a hint', async () => {
    for (const entity of ['item.grey', 'item.none']) {
      await expect(gradeWith(mentions, { entity }, { text: 'x', scope })).rejects.toMatchObject({
        code: 'BAD_ENTITY',
        hint: expect.any(String),
      });
    }
    const nameless = { item: { pink: { name: 'Nike', aliases: ['--'] } } };
    await expect(gradeWith(mentions, { entity: 'item.pink' }, { text: 'x', scope: nameless })).rejects.toMatchObject({
      code: 'BAD_ENTITY',
    });
  });

  test('check asks for the path, and finds names that cannot be looked for at their place', () => {
    expect(checkWith(mentions, { entity: 'item.pink' }).paths).toEqual(['item.pink']);
    expect(checkWith(mentions, { entity: { name: '?', aliases: ['Nike', '—'] } }).problems).toEqual([
      { code: 'BAD_ENTITY', path: 'entity.name' },
      { code: 'BAD_ENTITY', path: 'entity.aliases.1' },
    ]);
    expect(isValid(mentions, { entity: 'item.pink', case: 'odd' })).toBe(false);
    expect(isValid(mentions, {})).toBe(false);
  });
});
