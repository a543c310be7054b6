import { describe, expect, test } from '@jest/globals';
import { mentions } from '../../../src/kinds/graders/mentions.js';
import { answered, checkWith, gradeWith, isValid } from './fakes.js';

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

  test('of several entities or words any one counts; an empty list is not applicable', async () => {
    const several = { item: { pinks: [{ name: 'Nike' }, 'Puma'], none: [], odd: ['Nike', 7] } };
    const text = 'Puma before Nike';
    expect(await gradeWith(mentions, { entity: 'item.pinks' }, { text, scope: several })).toEqual({
      kind: 'scored',
      value: 1,
      evidence: [
        { start: 0, end: 4 },
        { start: 12, end: 16 },
      ],
    });
    expect(await gradeWith(mentions, { entity: 'item.none' }, { text, scope: several })).toMatchObject({
      kind: 'unscored',
      reason: 'not_applicable',
    });
    await expect(gradeWith(mentions, { entity: 'item.odd' }, { text, scope: several })).rejects.toMatchObject({
      code: 'BAD_ENTITY',
    });
  });

  test('words under a key of each element of a list, wherever it stands', async () => {
    const words = { item: { kwargs: [{ relation: 'at least' }, { forbidden_words: ['rock', 'roll'] }, {}] } };
    const options = { entity: 'item.kwargs', each: 'forbidden_words', language: 'none' };
    const grade = (text: string) => gradeWith(mentions, options, { text, scope: words });
    expect(await grade('We roll on.')).toMatchObject({ value: 1, evidence: [{ start: 3, end: 7 }] });
    expect(await grade('Rocks and rollers.')).toMatchObject({ value: 0 });
  });

  test('inflections are those of the language of the grader, else of the entity itself', async () => {
    const text = 'mit zwei Hunden';
    const entity = { name: 'Hund' };
    const grade = (options: object) => gradeWith(mentions, { entity, ...options }, { text });
    expect(await grade({})).toMatchObject({ value: 0 });
    expect(await grade({ language: 'de' })).toMatchObject({ value: 1 });
    expect(await grade({ entity: { ...entity, language: 'de-AT' }, language: 'fr' })).toMatchObject({ value: 1 });
    expect(await grade({ language: 'sv' })).toMatchObject({ value: 0 });
    const german = { text, scope: { item: { language: 'de' } } };
    expect(await gradeWith(mentions, { entity, language: 'item.language' }, german)).toMatchObject({ value: 1 });
    expect(checkWith(mentions, { entity, language: 'item.language' }).paths).toEqual(['item.language']);
  });

  test('an ambiguous word alone is unscored, and says where it stands and what it may be', async () => {
    const entity = { name: 'Apple', aliases: ['iPhone'], ambiguity: 'the fruit' };
    const grade = (text: string) => gradeWith(mentions, { entity }, { text });
    expect(await grade('an apple a day')).toEqual({
      kind: 'unscored',
      reason: 'ambiguous',
      detail: '"apple" at 3 may be Apple or the fruit',
    });
    expect(await grade('an apple and an iPhone')).toMatchObject({ value: 1, evidence: [{ start: 16, end: 22 }] });
    expect(await grade('she joined Apple last year')).toMatchObject({ value: 1 });
    expect(await grade('a pear')).toMatchObject({ value: 0 });
    const scope = { item: { pink: { name: 'Apple', ambiguity: true } } };
    await expect(gradeWith(mentions, { entity: 'item.pink' }, { text: 'x', scope })).rejects.toMatchObject({
      code: 'BAD_ENTITY',
    });
  });

  test('where the words do not tell, the model in the role `sense` decides, and is asked nothing else', async () => {
    const entity = { name: 'Apple', aliases: ['iPhone'], ambiguity: 'the fruit' };
    const asked: string[] = [];
    const grade = (text: string, verdict: string) =>
      gradeWith(
        mentions,
        { entity, sense: 'judge' },
        {
          text,
          answer: (messages, role) => {
            asked.push(`${role}: ${messages.map(({ content }) => content).join('\n')}`);
            return answered(verdict);
          },
        },
      );
    const says = (verdict: string) => JSON.stringify({ rationale: 'r', verdict, confidence: 80 });
    expect(await grade('Apple is what I would buy', says('the_entity'))).toEqual({
      kind: 'scored',
      value: 1,
      confidence: 80,
      rationale: 'r',
      evidence: [{ start: 0, end: 5 }],
    });
    expect(asked[0]).toMatch(
      /^judge: [\s\S]*<entity>\nApple\n<\/entity>\n<other_sense>\nthe fruit[\s\S]*<words>\nApple\n/,
    );
    expect(await grade('an apple a day', says('something_else'))).toMatchObject({ value: 0, evidence: [] });
    expect(await grade('an apple a day', 'who knows')).toMatchObject({ kind: 'unscored', reason: 'judge_unparseable' });
    expect(asked).toHaveLength(3);
    expect(await grade('an apple and an iPhone', says('something_else'))).toMatchObject({ value: 1 });
    expect(await grade('a pear', says('the_entity'))).toMatchObject({ value: 0 });
    expect(asked).toHaveLength(3);
    expect(mentions.roles({ entity, sense: 'judge' })).toEqual(['judge']);
    expect(mentions.roles({ entity })).toEqual([]);
  });

  test('of several entities one that is meant is enough', async () => {
    const entities = [
      { name: 'Apple', ambiguity: 'the fruit' },
      { name: 'Shell', ambiguity: 'of a snail' },
    ];
    const cell = (text: string) => ({
      text,
      scope: { item: { pinks: entities } },
      answer: (messages: { content: string }[]) => {
        const shell = messages.some(({ content }) => content.includes('<entity>\nShell'));
        return answered(JSON.stringify({ rationale: 'r', verdict: shell ? 'the_entity' : 'something_else' }));
      },
    });
    const grade = (text: string) => gradeWith(mentions, { entity: 'item.pinks', sense: 'judge' }, cell(text));
    expect(await grade('an apple on a shell')).toMatchObject({ value: 1, evidence: [{ start: 14, end: 19 }] });
    expect(await grade('an apple')).toMatchObject({ value: 0 });
  });
});
