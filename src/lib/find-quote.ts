import type { Span } from '../contract/score.js';
import { escapeRegex } from './escape-regex.js';
import { foldText } from './fold-text.js';

/** What people put around a quote without meaning it as a part: quotation marks, an ellipsis where it was cut. */
const around = ['"', "'", '`', '\u201a', '...'];

/** A folded quote without what stands around it. By hand: a pattern for the end of a text is slow on hostile ones. */
function withoutMarks(folded: string): string {
  let bare = folded.trim();
  for (let mark = around.find((one) => bare.startsWith(one)); mark !== undefined; ) {
    bare = bare.slice(mark.length).trimStart();
    mark = around.find((one) => bare.startsWith(one));
  }
  for (let mark = around.find((one) => bare.endsWith(one)); mark !== undefined; ) {
    bare = bare.slice(0, -mark.length).trimEnd();
    mark = around.find((one) => bare.endsWith(one));
  }
  return bare;
}

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
  const whole = foldText(wanted, { case: true }).text.trim();
  const bare = withoutMarks(whole);
  if (bare === '') return null;
  const folded = foldText(text, { case: true });
  const found = placeOf(folded.text, whole) ?? (bare === whole ? null : placeOf(folded.text, bare));
  return found && folded.spanOf(found.start, found.end);
}

/** The first place of some words, whatever white space is between them. */
function placeOf(text: string, words: string): Span | null {
  const found = new RegExp(words.split(/\s+/).map(literal).join('\\s+')).exec(text);
  return found && { start: found.index, end: found.index + found[0].length };
}
