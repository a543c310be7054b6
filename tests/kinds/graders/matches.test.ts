import { describe, expect, test } from '@jest/globals';
import { matches } from '../../../src/kinds/graders/matches.js';
import { checkWith, gradeWith, isValid } from './fakes.js';

const scope = { item: { word: 'C++', list: 'a|b' } };
const value = async (options: Parameters<typeof gradeWith>[1], text: string) => {
  const score = await gradeWith(matches, options, { text, scope });
  return score.kind === 'scored' ? score.value : score.reason;
};

describe('matches', () => {
  test('contains: any of the texts, with its places', async () => {
    expect(await gradeWith(matches, { contains: ['x', 'b'] }, { text: '😀 a b b' })).toEqual({
      kind: 'scored',
      value: 1,
      evidence: [
        { start: 5, end: 6 },
        { start: 7, end: 8 },
      ],
    });
    expect(await value({ contains: 'A' }, 'a')).toBe(0);
    expect(await value({ contains: 'A', ignoreCase: true }, 'a')).toBe(1);
    expect(await value({ contains: '{{ item.word }}' }, 'I use C++.')).toBe(1);
    expect(await value({ contains: 'a', not: true }, 'a')).toBe(0);
    expect(await value({ contains: 'a', not: true }, 'b')).toBe(1);
  });

  test('places are those of the original where folding changes lengths', async () => {
    const text = 'İİ STRASSE İ';
    const score = await gradeWith(matches, { contains: 'strasse', ignoreCase: true }, { text });
    expect(score).toMatchObject({ value: 1, evidence: [{ start: 3, end: 10 }] });
  });

  test('containsAll: every text', async () => {
    expect(await value({ containsAll: ['a', 'b'] }, 'b a')).toBe(1);
    expect(await value({ containsAll: ['a', 'b'] }, 'a')).toBe(0);
  });

  test('equals: the whole text but for white space around it', async () => {
    expect(await gradeWith(matches, { equals: 'Paris' }, { text: ' Paris\n' })).toEqual({
      kind: 'scored',
      value: 1,
      evidence: [{ start: 1, end: 6 }],
    });
    expect(await value({ equals: 'Paris' }, 'Paris.')).toBe(0);
    expect(await value({ equals: 'PARIS', ignoreCase: true }, 'paris')).toBe(1);
  });

  test('regex: found anywhere, in linear time, values literal', async () => {
    expect(await gradeWith(matches, { regex: 'b+' }, { text: '😀abb' })).toEqual({
      kind: 'scored',
      value: 1,
      evidence: [{ start: 3, end: 5 }],
    });
    expect(await value({ regex: "^I (can't|cannot)", ignoreCase: true }, 'i CANNOT say')).toBe(1);
    expect(await value({ regex: '^{{ item.word }}$' }, 'C++')).toBe(1);
    expect(await value({ regex: '^({{ item.list }})$' }, 'a')).toBe(0);
    expect(await value({ regex: 'a{2,3}' }, 'aa')).toBe(1);
    const start = performance.now();
    expect(await value({ regex: '^(a+)+$' }, `${'a'.repeat(20_000)}!`)).toBe(0);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('schema: JSON after repair of fences and prose', async () => {
    const schema = {
      type: 'object',
      properties: { n: { type: 'integer' }, id: { type: 'string', pattern: '^(a+)+$' } },
      required: ['n'],
    };
    expect(await value({ schema }, '```json\n{"n": 1}\n```')).toBe(1);
    expect(await value({ schema }, 'Here: {"n": 1}')).toBe(1);
    expect(await gradeWith(matches, { schema }, { text: '{"n": "1"}' })).toMatchObject({
      value: 0,
      rationale: expect.stringContaining('integer'),
    });
    expect(await gradeWith(matches, { schema }, { text: 'none' })).toMatchObject({
      value: 0,
      rationale: expect.any(String),
    });
    expect(await value({ schema, not: true }, '{"n": 1')).toBe(1);
    const start = performance.now();
    expect(await value({ schema }, `{"n": 1, "id": "${'a'.repeat(20_000)}!"}`)).toBe(0);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('check: exactly one criterion, patterns, schemas, templates', () => {
    expect(checkWith(matches, {}).problems).toEqual([{ code: 'BAD_OPTIONS', path: '' }]);
    expect(checkWith(matches, { contains: 'a', regex: 'b' }).problems).toEqual([
      { code: 'BAD_OPTIONS', path: 'regex' },
    ]);
    expect(checkWith(matches, { regex: '(' }).problems).toEqual([{ code: 'BAD_REGEX', path: 'regex' }]);
    expect(checkWith(matches, { regex: '(?=a)' }).problems).toEqual([{ code: 'BAD_REGEX', path: 'regex' }]);
    expect(checkWith(matches, { regex: '{% if item %}a{% endif %}' }).problems).toEqual([
      { code: 'BAD_REGEX', path: 'regex' },
    ]);
    expect(checkWith(matches, { regex: '^{{ item.word }}' })).toMatchObject({
      problems: [],
      templates: [{ value: '^{{ item.word }}' }],
    });
    expect(checkWith(matches, { schema: { type: 'odd' } }).problems).toEqual([{ code: 'BAD_SCHEMA', path: 'schema' }]);
    expect(checkWith(matches, { schema: { $ref: 'https://example.com/schema' } }).problems).toEqual([
      { code: 'BAD_SCHEMA', path: 'schema' },
    ]);
    expect(checkWith(matches, { contains: ['{{ item.word }}', 'b'] }).templates).toHaveLength(2);
    expect(isValid(matches, { contains: [] })).toBe(false);
    expect(isValid(matches, { contain: 'a' })).toBe(false);
  });
});
