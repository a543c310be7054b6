import type { Span } from '../contract/score.js';
import { escapeRegex } from './escape-regex.js';
import { foldText } from './fold-text.js';

/** What people put around a quote without meaning it as a part: quotation marks, an ellipsis where it was cut. */
const around = /^(?:[\s"'“”‘’«»„‚`]|\.{3}|…)+|(?:[\s"'“”‘’«»„‚`]|\.{3}|…)+$/gu;

/** A word as a pattern in which single and double quotation marks are the same. */
const literal = (word: string): string => escapeRegex(word).replaceAll(/\\x2[27]/g, `['"]`);

/**
 * Where a quote stands in a text: as it is, or else after folding of case, accents, white space, hyphens and quotation
 * marks, whose kind often changes when a text is copied by a model.
 *
 * @returns the first such place, in UTF-16 code units of the text; null where it does not stand there, or is empty
 */
export function findQuote(text: string, quote: string): Span | null {
  const wanted = quote.trim();
  if (wanted === '') return null;
  const exact = text.indexOf(wanted);
  if (exact >= 0) return { start: exact, end: exact + wanted.length };
  const words = foldText(wanted.replace(around, ''), { case: true })
    .text.split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return null;
  const folded = foldText(text, { case: true });
  const found = new RegExp(words.map(literal).join('\\s+')).exec(folded.text);
  return found === null ? null : folded.spanOf(found.index, found.index + found[0].length);
}
