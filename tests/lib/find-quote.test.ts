import { describe, expect, test } from '@jest/globals';
import { findQuote } from '../../src/lib/find-quote.js';

const textAt = (text: string, quote: string): string | null => {
  const span = findQuote(text, quote);
  return span && text.slice(span.start, span.end);
};

describe('findQuote', () => {
  test.each([
    ['I would take the tram. It is quick.', 'take the tram', 'take the tram'],
    ['I would take the tram. It is quick.', '  Take The Tram.  ', 'take the tram.'],
    ['She said “don’t go”, and left.', `"don't go"`, '“don’t go”'],
    ['Do not go.', '“do not go”', 'Do not go'],
    ['It is “quick”.', 'it is "quick"', 'It is “quick”'],
    ["She said 'no' twice.", 'She said "no" twice', "She said 'no' twice"],
    ['One line\n  and the next\u00a0one.', 'line and the next one', 'line\n  and the next\u00a0one'],
    ['A café – or a naïve plan?', 'a cafe - or a naive', 'A café – or a naïve'],
    ['It goes on and on.', '…goes on and on...', 'goes on and on'],
    ['Straße 5 ist es.', 'STRASSE 5', 'Straße 5'],
    ['a+b (twice)', 'A+B (TWICE)', 'a+b (twice)'],
    ['Twice: one. And one.', 'one', 'one'],
  ])('%j holds %j', (text, quote, found) => expect(textAt(text, quote)).toBe(found));

  test.each([
    ['I would take the tram.', 'take the bus'],
    ['I would take the tram.', ''],
    ['I would take the tram.', ' “…” '],
    ['take tram the', 'take the tram'],
    ['', 'anything'],
  ])('%j does not hold %j', (text, quote) => expect(findQuote(text, quote)).toBeNull());

  test('stays fast on hostile text', () => {
    const started = performance.now();
    expect(findQuote(`a${' '.repeat(50_000)}b `.repeat(4), `a${' '.repeat(50_000)}c`)).toBeNull();
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
