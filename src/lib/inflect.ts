import { escapeRegex } from './escape-regex.js';

const latin = /\p{sc=Latin}$/u;
const digit = /\p{Nd}$/u;

/**
 * Regular expression for a word with its English plural and possessive forms: `Nike`, `Nikes`, `Nike's`, `Lexuses`,
 * `Blackberries`. `word` as the author writes it, after folding of everything but case; the expression is lower case
 * when `lower` is set. Words of other scripts stand as they are: list their case forms as aliases.
 * One letter takes only 's; two letters take a plural only when both are capitals (`TVs`, but not `it` → `its`).
 */
export const inflected = (word: string, lower: boolean): string => {
  const written = lower ? word.toLowerCase() : word;
  const stem = escapeRegex(written);
  if (digit.test(word)) return `${stem}(?:'?s)?`;
  if (!latin.test(word)) return stem;
  const letters = [...word].length;
  if (letters === 1 || (letters === 2 && word !== word.toUpperCase())) return `${stem}(?:'s)?`;
  const end = written.toLowerCase();
  if (letters > 2 && /[^aeiou\P{L}]y$/u.test(end)) {
    return `${escapeRegex(written.slice(0, -1))}(?:${written.slice(-1)}(?:'?s)?|ies'?)`;
  }
  return /(?:s|x|z|ch|sh|o)$/.test(end) ? `${stem}(?:'?s|es)?` : `${stem}(?:'?s)?`;
};
