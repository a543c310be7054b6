import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EvalrunError } from '../../src/contract/problem.js';
import { attributeScope } from '../../src/lib/attribute-scope.js';
import { compileLiquid, compilePlain, compileTemplate } from '../../src/lib/template.js';

const scope = {
  item: {
    text: 'Why?',
    pink: { name: 'Nikon', aliases: ['Nikkor', 'N'] },
    n: 3,
    ok: true,
    'two words': 'tw',
    none: null,
    q: { a: 1 },
  },
  persona: attributeScope({ id: 'p1', attributes: { age: 30, 'household language': 'Greek' } }),
};

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof EvalrunError) return error.code;
    throw error;
  }
  return 'none';
};

describe('compileTemplate', () => {
  test.each([
    ['no variables', 'no variables'],
    ['{{ item.text }}', 'Why?'],
    ['{{item.pink.name}}s of {{ persona.age }}', 'Nikons of 30'],
    ['{{ item.pink.aliases }}', 'Nikkor, N'],
    ['{{ item["two words"] }}/{{ persona.household_language }}/{{ persona["household language"] }}', 'tw/Greek/Greek'],
    ['{{ persona.profile }}', 'age: 30\nhousehold language: Greek'],
    ['{{ item.ok }} {{ item.n }} {{ item.q }}', 'true 3 {"a":1}'],
    ['{{ item.pink.aliases | join: "+" }}', 'Nikkor+N'],
    ['{{ item.missing | default: "none" }}', 'none'],
    ['{% if item.missing %}a{% else %}b{% endif %}', 'b'],
    ['{% for a in item.pink.aliases %}<{{ a }}>{% endfor %}', '<Nikkor><N>'],
    ['{{ item.pink.aliases.first }}', 'Nikkor'],
    ['{{ item.pink.aliases[1] }}', 'N'],
    ['a }} b { c', 'a }} b { c'],
  ])('%s', (source, expected) => {
    expect(compileTemplate(source).render(scope)).toBe(expected);
  });

  const profile = 'age: 30\nHousehold language: Greek\nwork: nurse: nights\nand weekends\nfertility: None';
  test.each([
    ['a list', ['age', 'household language'], 'work: nurse: nights\nand weekends\nfertility: None'],
    ['another case', ['AGE', ' Fertility '], 'Household language: Greek\nwork: nurse: nights\nand weekends'],
    ['a text', 'age, fertility', 'Household language: Greek\nwork: nurse: nights\nand weekends'],
    ['a value of two lines', ['work'], 'age: 30\nHousehold language: Greek\nfertility: None'],
    ['unknown names', ['height', 'nurse', 'ag'], profile],
    ['nothing', [], profile],
    ['everything', ['age', 'household language', 'work', 'fertility'], ''],
  ])('without %s', (_, dropped, expected) => {
    const scope = { persona: { profile }, arm: { dropped } };
    expect(compileTemplate('{{ persona.profile | without: arm.dropped }}').render(scope)).toBe(expected);
  });

  test('without: names in the template, and what it cannot do', () => {
    expect(compileTemplate('{{ persona.profile | without: "age" }}').render(scope)).toBe('household language: Greek');
    expect(codeOf(() => compileTemplate('{{ persona.profile | without: item.n }}').render(scope))).toBe(
      'TEMPLATE_ERROR',
    );
    expect(codeOf(() => compileTemplate('{{ item.q | without: "a" }}').render(scope))).toBe('TEMPLATE_ERROR');
    expect(codeOf(() => compileTemplate('{{ item.text | without: arm.none }}').render({ ...scope, arm: {} }))).toBe(
      'MISSING_VARIABLE',
    );
    const { variables } = compileTemplate('{{ persona.profile | without: arm.dropped }}');
    expect(variables.map((path) => path.join('.')).sort()).toEqual(['arm.dropped', 'persona.profile']);
  });

  test('what is inserted is never parsed again', () => {
    const attack = '{{ item.secret }} {% if x %} ${process.env} {{ "a" | upcase }}';
    const inserted = compileTemplate('<{{ item.text }}>').render({ item: { text: attack, secret: 's' } });
    expect(inserted).toBe(`<${attack}>`);
    expect(compileLiquid('<{{ item.text }}>').render({ item: { text: attack, secret: 's' } })).toBe(`<${attack}>`);
  });

  test.each([
    '{{ item.nope }}',
    '{{ item.none }}',
    '{{ item.nope | upcase }}',
    '{{ item.constructor }}',
    '{{ item.__proto__ }}',
    '{{ item.pink.aliases.constructor }}',
  ])('%s has no value', (source) => {
    expect(codeOf(() => compileTemplate(source).render(scope))).toBe('MISSING_VARIABLE');
    expect(codeOf(() => compileLiquid(source).render(scope))).toBe('MISSING_VARIABLE');
  });

  test.each([
    ['{{ item.x', 1, 1],
    ['ab\n {{ item.x | nope }}', 2, 2],
    ['{% include "x" %}', 1, 1],
    ['{{ }}', 1, 4],
    ['{% assign a = 1 %}', 1, 1],
    ['x {{ persona.household language }}', 1, 6],
    ['{{ item[item.k] }}', 1, 4],
    ['{% if item.x %}', 1, 1],
  ])('%j is refused at %d:%d', (source, line, column) => {
    try {
      compileTemplate(source);
    } catch (error) {
      expect((error as EvalrunError).code).toBe('TEMPLATE_SYNTAX');
      expect((error as EvalrunError).where).toMatchObject({ line, column });
      return;
    }
    throw new Error('was compiled');
  });

  test('uses carry place, text and whether they may be missing', () => {
    const { uses, variables } = compileTemplate(
      'a\n{{ item.x | default: 1 }} {{ item.y }}{% if arm.z %}{{ arm.z.q }}{% endif %}',
    );
    expect(uses).toEqual([
      { path: ['item', 'x'], text: 'item.x', offset: 5, optional: true },
      { path: ['item', 'y'], text: 'item.y', offset: 31, optional: false },
      { path: ['arm', 'z'], text: 'arm.z', offset: 46, optional: true },
      { path: ['arm', 'z', 'q'], text: 'arm.z.q', offset: 57, optional: true },
    ]);
    expect(variables).toHaveLength(4);
  });

  test('the fast path and the engine agree', () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.array(fc.string(), { maxLength: 3 }),
      fc.constant('{{ a }}'),
    );
    const literal = fc.string().map((text) => text.replaceAll('{', '('));
    const template = fc.array(fc.tuple(literal, fc.constantFrom('item.a', 'item.b', 'item["c d"]', 'persona.e.f')), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(template, literal, fc.record({ a: value, b: value, 'c d': value }), value, (parts, tail, item, f) => {
        const source = parts.map(([text, path]) => `${text}{{ ${path} }}`).join('') + tail;
        const data = { item, persona: { e: { f } } };
        const fast = compilePlain(source);
        expect(fast).toBeDefined();
        const slow = compileLiquid(source);
        expect(slow.render(data)).toBe(fast!.render(data));
        expect(slow.uses).toEqual(fast!.uses);
      }),
      { numRuns: 200 },
    );
  });
});
