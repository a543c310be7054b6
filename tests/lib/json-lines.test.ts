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
    const table = parseJsonLines('t.jsonl', Buffer.concat([bytes('{"a":1}\n{"b":"'), Buffer.from([0xff]), bytes('"}\n')]));
    expect(table.problems.map(({ code, where }) => [code, where!.line, where!.column])).toEqual([['NOT_UTF8', 2, 7]]);
    expect(table.rows).toEqual([{ a: 1 }]);
  });

  test('the place of a value and of its key', () => {
    const table = parse('{"x":0}\n\n{"id":"b","deep":{"er":7}}');
    expect(table.placeOf(1, ['deep', 'er'])).toMatchObject({ line: 3, column: 24, path: 'deep.er' });
    expect(table.placeOf(1, ['deep', 'er'], 'key')).toMatchObject({ line: 3, column: 19 });
  });
});
