import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseJsonLines } from '../../src/lib/json-lines.js';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const parse = (text: string) => parseJsonLines('t.jsonl', bytes(text));
const brief = (text: string): string[] =>
  parse(text).problems.map(({ code, where }) => `${where!.line}:${where!.column} ${code}`);

describe('JSON Lines', () => {
  test('one value a line; blank lines, CRLF and a missing last line break do not matter', () => {
    expect(parse('{"a":1}\r\n\n  \n{"a":[2,"x"]}').rows).toEqual([{ a: 1 }, { a: [2, 'x'] }]);
    expect(parse('').rows).toEqual([]);
  });

  test('any rows come back as they were written', () => {
    const row = fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string())),
    );
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const table = parse(rows.map((one) => JSON.stringify(one)).join('\n'));
        expect(table.problems).toEqual([]);
        expect(table.rows).toEqual(JSON.parse(JSON.stringify(rows)));
      }),
    );
  });

  test('broken lines are named at their place, all of them, and the others are read', () => {
    const text = '{"a":1}\n{"a" 2}\n{"a":3}\n{"a":4\n';
    expect(brief(text)).toEqual(['2:6 JSON_SYNTAX', '4:7 JSON_SYNTAX']);
    expect(parse(text).rows).toEqual([{ a: 1 }, { a: 3 }]);
    expect(parse(text).problems[0]!.where!.frame).toContain('^');
  });

  test('what YAML refuses is refused here', () => {
    expect(brief('{"__proto__": 1}')).toEqual(['1:2 RESERVED_NAME']);
    expect(brief(`${'['.repeat(200)}${']'.repeat(200)}`)).toEqual(['1:1 TOO_DEEP']);
  });

  test('a line that is not UTF-8', () => {
    const table = parseJsonLines(
      't.jsonl',
      Buffer.concat([bytes('{"a":1}\n{"b":"'), Buffer.from([0xff]), bytes('"}\n')]),
    );
    expect(table.problems.map(({ code, where }) => [code, where!.line, where!.column])).toEqual([['NOT_UTF8', 2, 7]]);
    expect(table.rows).toEqual([{ a: 1 }]);
  });

  test('the place of a value and of its key', () => {
    const table = parse('{"x":0}\n\n{"id":"b","deep":{"er":7}}');
    expect(table.placeOf(1, ['deep', 'er'])).toMatchObject({ line: 3, column: 24, path: 'deep.er' });
    expect(table.placeOf(1, ['deep', 'er'], 'key')).toMatchObject({ line: 3, column: 19 });
  });
});

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

test.each([
  ['\n \n\t\r\n', []],
  ['{"a":1}\r\n\r\n{"a":"é\\u00e9"}\r\n', [{ a: 1 }, { a: 'éé' }]],
  [' [1, null, true] \n"x"\n', [[1, null, true], 'x']],
  ['{"a":"one\u2028line"}\n', [{ a: 'one\u2028line' }]],
  ['{"a": "a: {\\"a\\": 1}", "b": {"a": "b:"}}', [{ a: 'a: {"a": 1}', b: { a: 'b:' } }]],
])('rows of %j', (text, rows) => {
  expect(parse(text)).toMatchObject({ rows, problems: [] });
});

describe('problems stand at their line and column', () => {
  test.each([
    ['{"a": 1}\n\n{"a": }\n', ['3:7 JSON_SYNTAX']],
    ['{"a": 1}\r\n{"a": 1\r\n{"a": 2}\r\n', ['2:8 JSON_SYNTAX']],
    ['{"a": 1} {"a": 2}\n', ['1:10 JSON_SYNTAX']],
    ['[1,\n2]\n', ['1:4 JSON_SYNTAX', '2:2 JSON_SYNTAX']],
    ['{"é": "ü", b: 1}', ['1:12 JSON_SYNTAX']],
    ['{"a": 1}\n{"constructor": 1, "__proto__": {"b": 1}}\n', ['2:20 RESERVED_NAME']],
    ['{"a": [0, {"__proto__": 1}]}', ['1:12 RESERVED_NAME']],
    ['{"a": 1, "b": [12345678901234567890]}', ['1:16 WRONG_VALUE']],
    ['{"a": 1e400}', ['1:7 WRONG_VALUE']],
    [`1\n${nested(64)}\n${nested(65)}`, ['3:1 TOO_DEEP']],
    ['{"a": 1, "b": 2, "a": 3}', ['1:18 DUPLICATE_KEY']],
    ['{"x": {"a": 1}, "y": [{"a": 1, "\\u0061": 2}]}', ['1:32 DUPLICATE_KEY']],
  ])('%j', (text, expected) => {
    expect(brief(text)).toEqual(expected);
  });

  test('of a table in UTF-16', () => {
    const [first] = parseJsonLines('t.jsonl', Buffer.from('\uFEFF{"a": 1}\n', 'utf16le')).problems;
    expect([first!.code, first!.where!.line, first!.where!.column]).toEqual(['NOT_UTF8', 1, 1]);
  });

  test('with the line and a pointer in the frame', () => {
    const [problem] = parse('{"id": "a"}\r\n{"id": b}\r\n{"id": "c"}\r\n').problems;
    expect(problem!.where).toEqual({ file: 't.jsonl', line: 2, column: 8, frame: '> 2 | {"id": b}\n    |        ^' });
    expect(problem!.message).toBe('this line is not JSON: expected a value');
  });

  test('what a row lacks is placed at its start', () => {
    const table = parse('\n{"id":"a",\t"ages":[1,2]}\n{"id":"b"}');
    expect(table.placeOf(0, ['ages', 1])).toMatchObject({ line: 2, column: 22, path: 'ages[1]' });
    expect(table.placeOf(1, ['ages'])).toMatchObject({ line: 3, column: 1 });
  });

  test('a thousand at most', () => {
    expect(parse('x\n'.repeat(5000)).problems).toHaveLength(1000);
  });
});

test('long lines and deep ones are refused or read at once', () => {
  // Anything worse than linear would not end within the test's own limit.
  expect(brief('['.repeat(200_000))).toEqual(['1:200001 JSON_SYNTAX']);
  expect(brief(nested(200_000))).toEqual(['1:1 TOO_DEEP']);
  expect(brief(`{"a": "${'b: '.repeat(1_000_000)}"}`)).toEqual([]);
});
