import type { Span } from '../contract/score.js';

const same = (start: number, end: number): Span => ({ start, end });

/**
 * A text in lower case that knows where each code unit came from; with `fold` false, the text itself. Case alone:
 * diacritics and everything else stay.
 */
export const foldCase = (text: string, fold: boolean): { text: string; spanOf(start: number, end: number): Span } => {
  if (!fold) return { text, spanOf: same };
  const lower = text.toLowerCase().replaceAll('ς', 'σ');
  if (lower.length === text.length) return { text: lower, spanOf: same };
  let out = '';
  const origins: [start: number, end: number][] = [];
  let at = 0;
  for (const character of text) {
    const folded = character.toLowerCase().replace('ς', 'σ');
    for (let i = 0; i < folded.length; i++) origins.push([at, at + character.length]);
    out += folded;
    at += character.length;
  }
  return { text: out, spanOf: (start, end) => ({ start: origins[start]![0], end: origins[end - 1]![1] }) };
};
