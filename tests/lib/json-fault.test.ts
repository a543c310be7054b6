import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonFault } from '../../src/lib/json-fault.js';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('jsonFault', () => {
  test.each([
    ['', 0, 'a value'],
    ['{"a": ', 5, 'a value'],
    ['{a: 1}', 1, 'a key in double quotes or "}"'],
    ["{'a': 1}", 1, 'a key in double quotes or "}"'],
    ['{"a" 1}', 5, '":" after the key'],
    ['{"a": 1 "b": 2}', 8, '"," or "}"'],
    ['{"a": 1,}', 8, 'a key in double quotes'],
    ['[1, 2,]', 6, 'a value'],
    ['[1, 2}', 5, '"," or "]"'],
    ['[', 1, 'a value or "]"'],
    ['{"a": "open', 11, 'a closing double quote'],
    ['{"a": "tab\there"}', 10, 'a closing double quote'],
    ['{"a": "\\x"}', 7, 'a known escape after the backslash'],
    ['{"a": "\\u12g4"}', 7, 'a known escape after the backslash'],
    ['{"a": 01}', 6, 'a value'],
    ['{"a": NaN}', 6, 'a value'],
    ['{"a": True}', 6, 'a value'],
    ['{"a": 1} // note', 9, 'nothing more'],
    ['1 2', 2, 'nothing more'],
  ])('%j', (text, offset, expected) => {
    expect(jsonFault(text)).toEqual({ offset, expected });
    expect(isJson(text)).toBe(false);
  });

  test('agrees with JSON.parse on JSON with one sign taken out, put in or changed', () => {
    const edited = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom(...'{}[]",:\\/ \n\t\u00010-+.eEutn'), fc.nat(2))
      .map(([text, at, sign, cut]) => {
        const i = at % (text.length + 1);
        return `${text.slice(0, i)}${cut === 0 ? '' : sign}${text.slice(i + (cut === 1 ? 0 : 1))}`;
      });
    fc.assert(
      fc.property(edited, (text) => {
        expect([text, jsonFault(text) === undefined]).toEqual([text, isJson(text)]);
      }),
      { numRuns: 3000 },
    );
  });

  test('what stands before the fault could be the start of JSON', () => {
    const texts = ['{"a": [1, {"b": "c"}, tru]}', '[[1, 2], [3 4]]', '{"a": {"b": 1}, "c"}'];
    for (const text of texts) {
      const { offset } = jsonFault(text)!;
      expect(jsonFault(text.slice(0, offset))!.offset).toBe(text.slice(0, offset).trimEnd().length);
    }
  });
});
