import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { sourceText } from '../../src/lib/source-text.js';
import { placeOf } from '../../src/lib/yaml-place.js';
import { parseYaml } from '../../src/lib/yaml-source.js';

const problems = (text: string) =>
  parseYaml('f.yaml', text).problems.map(({ code, where }) => `${where!.line}:${where!.column} ${code}`);
const at = (text: string, path: (string | number)[], aim?: Parameters<typeof placeOf>[2]) => {
  const { line, column } = placeOf(parseYaml('f.yaml', text), path, aim);
  return `${line}:${column}`;
};

describe('parseYaml', () => {
  test.each([
    ['', ['1:1 EMPTY_DOCUMENT']],
    ['# only a comment\n', ['1:1 EMPTY_DOCUMENT']],
    ['a: 1\r\nb: 2\r\nb: 3\r\n', ['3:1 DUPLICATE_KEY']],
    ['a: [1, 2\nb: 3\n', ['2:1 YAML_SYNTAX']],
    ['a: "open\nb: 1\n', ['3:1 YAML_SYNTAX']],
    ['title: Demo: again\n', ['1:8 YAML_SYNTAX']],
    ['a:\n\t- 1\n', ['2:1 YAML_SYNTAX']],
    ['a: &x [1]\nb: *y\n', ['2:4 UNKNOWN_ALIAS']],
    ['? [a, b]\n: 1\n', ['1:3 WRONG_TYPE']],
    ['a: .nan\n', ['1:4 WRONG_VALUE']],
    ['a: {constructor: 1, __proto__: {b: 1}}\n', ['1:21 RESERVED_NAME']],
    [`${'['.repeat(65)}${']'.repeat(65)}`, ['1:65 TOO_DEEP']],
    [`${'- '.repeat(70)}x\n`, ['1:129 TOO_DEEP']],
    [`a: |\n  ${'['.repeat(80)}\n`, []],
  ])('%j', (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test('a bomb of aliases is refused at the alias that goes too far, at once', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    const started = performance.now();
    expect(problems(lines.join('\n'))).toEqual(['5:45 ALIAS_EXPLOSION']);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('two million brackets are refused at once', () => {
    const started = performance.now();
    expect(problems('['.repeat(2_000_000))).toEqual(['1:65 TOO_DEEP']);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test('ordinary aliases and merges give plain data, own keys first', () => {
    const text = 'base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\none: {<<: *b, y: 9}\ntwo:\n  <<: [*b, *m]\n  w: *b\n';
    expect(parseYaml('f', text).value).toMatchObject({
      one: { x: 1, y: 9 },
      two: { x: 1, y: 2, z: 4, w: { x: 1, y: 2 } },
    });
    expect(parseYaml('f', `a: &a text\nb: [${Array(500).fill('*a').join(', ')}]`).problems).toEqual([]);
  });

  test('what it reads is what was written', () => {
    const key = fc.stringMatching(/^[a-z]{1,5}$/);
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value')),
        fc.dictionary(key, tie('value')),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, value, { minKeys: 1 }), (data) => {
        const source = parseYaml('f', stringify(data));
        expect(source.problems).toEqual([]);
        expect(source.value).toEqual(JSON.parse(JSON.stringify(data)));
      }),
      { numRuns: 150 },
    );
  });
});

describe('placeOf', () => {
  const text = 'base: &b\n  x: 1\n  list: [a, {k: "say {{ p }} {{ q }}"}]\none:\n  <<: *b\n  own:\nlast: *b\n';
  test.each([
    [['base', 'x'], undefined, '2:6'],
    [['base', 'x'], 'key' as const, '2:3'],
    [['base', 'list', 1, 'k'], undefined, '3:17'],
    [['base', 'list', 1, 'k'], { text: 'q', offset: 15 }, '3:33'],
    [['one', 'x'], undefined, '2:6'],
    [['one', 'own'], undefined, '6:3'],
    [['one', 'none', 'deeper'], undefined, '5:3'],
    [['last', 'list', 0], undefined, '3:10'],
    [['nowhere'], undefined, '1:1'],
  ])('%j %j', (path, aim, expected) => {
    expect(at(text, path, aim)).toBe(expected);
  });

  test.each([
    ['a: say {{ x }} and {{ x }}', 19 - 3, '1:23'],
    ["a: 'it''s {{ x }} and {{ x }}'", 18, '1:26'],
    ['a: "q\\"{{ x }} and {{ x }}"', 14, '1:23'],
    ['a: |\n  one {{ x }}\n\n  two {{ x }}\n', 17, '4:10'],
    ['a: >-\n  one {{ x }}\n  two {{ x }}\n', 17, '3:10'],
  ])('the second use of a variable in %j', (yaml, offset, expected) => {
    expect(at(yaml, ['a'], { text: 'x', offset })).toBe(expected);
  });
});

describe('sourceText', () => {
  const code = (run: () => unknown) => {
    try {
      return run();
    } catch (error) {
      const { code: name, where } = error as { code: string; where: { line: number; column: number } };
      return `${where.line}:${where.column} ${name}`;
    }
  };
  test('strips a byte order mark, so that columns are right', () => {
    expect(sourceText('f', Buffer.from('\uFEFFa: 1'), 100)).toBe('a: 1');
  });
  test('refuses what is not UTF-8, at its place', () => {
    expect(code(() => sourceText('f', Buffer.from([0x61, 0x0a, 0x62, 0xe9, 0x63]), 100))).toBe('2:2 NOT_UTF8');
  });
  test('refuses too much', () => {
    expect(code(() => sourceText('f', Buffer.alloc(101, 97), 100))).toBe('1:1 FILE_TOO_LARGE');
    expect(code(() => sourceText('f', 'é'.repeat(51), 100))).toBe('1:1 FILE_TOO_LARGE');
    expect(sourceText('f', 'é'.repeat(50), 100)).toHaveLength(50);
  });
});
