import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { terminalText, visibleText, xmlText } from '../../../../src/kinds/reporters/shared/safe-text.js';

const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\u001b',
      '[',
      ']',
      '\u0007',
      '\u009b',
      '\u0090',
      '\\',
      'm',
      '3',
      ';',
      '\u202e',
      '\u0000',
      '\r',
      '\n',
      '\ud800',
      '<',
      '&',
      '"',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 60,
});

describe('safe text', () => {
  test('a terminal gets one line of printable text', () => {
    expect(terminalText('\u001b[31mred\u001b[0m\u001b]0;title\u0007 a\tb\r\nc \u009b5m\u202eX')).toBe('red a b c X');
    fc.assert(
      fc.property(nasty, (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
        expect(terminalText(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });

  test('ordinary text passes unchanged', () => {
    const text = 'Zürich – “quoted” 東京 مرحبا 👍 a < b & c';
    expect(terminalText(text)).toBe(text);
    expect(visibleText(`${text}\n\ttabbed`)).toBe(`${text}\n\ttabbed`);
  });

  test('a page shows control characters without moving what follows', () => {
    expect(visibleText('a\u001b[0m\u0000\u202eb')).toBe('a␛[0m␀�b');
    fc.assert(fc.property(nasty, (text) => expect(visibleText(text)).toHaveLength(text.length)));
  });

  test('XML gets only what it can hold', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const escaped = xmlText(text);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
        expect(escaped).not.toMatch(/[\u0000-\u001f<>"\ufffe\uffff]/);
        expect(escaped.replace(/&#\d+;/g, '')).not.toContain('&');
        expect(escaped.isWellFormed()).toBe(true);
      }),
    );
  });
});
