/**
 * Regular expression pieces (flag `v`) that decide where a name may begin and end in a folded text.
 * A word is made of letters, marks, digits and underscores. Underscores that only surround a word are Markdown.
 * Scripts written without spaces, and Hangul with its particles, end a word of any other script.
 */
const unspaced = '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';

/**
 * Blocks of the alphabets that part words by spaces. Property classes such as \p{L} would say the same, but compiling
 * one costs milliseconds per expression; `foldText` replaces what is not a letter, mark or digit in these blocks.
 */
const alphabets =
  '\\u00c0-\\u0dff\\u10a0-\\u10ff\\u1200-\\u177f\\u1800-\\u1fff\\u2c00-\\u2dff\\ua640-\\ua95f\\ua980-\\ua9df\\uaa00-\\uaa5f\\uaa80-\\uabff' +
  '\\u{10000}-\\u{13fff}\\u{16000}-\\u{16fff}\\u{1e000}-\\u{1e9ff}';

/** One character of a word of a folded text, underscores left out. */
export const wordCharacter = `[A-Za-z0-9${alphabets}]`;

const inAlphabets = new RegExp(`^[${alphabets}]$`, 'v');
const inWords = /^[\p{L}\p{M}\p{Nd}\p{Nl}]$/u;

/** Whether `wordCharacter` would take this character for a part of a word though it is none, e.g. `×` or `،`. */
export const isSignAmongLetters = (character: string): boolean =>
  inAlphabets.test(character) && !inWords.test(character);

const isUnspaced = new RegExp(`^[${unspaced}]$`, 'v');
const isHangul = /^\p{sc=Hangul}$/u;
const isWord = new RegExp(`^${wordCharacter}$`, 'v');
const isDigit = /^\p{Nd}$/u;

const before = `(?<!${wordCharacter}_{0,3})`;
const after = `(?!_{0,3}${wordCharacter})`;

/** The start of a word whose first character is `first`. `letters`: how long the whole name is. */
export const boundaryBefore = (first: string, letters: number): string => {
  if (isUnspaced.test(first)) return '';
  if (isHangul.test(first)) return '(?<!\\p{sc=Hangul})';
  if (!isWord.test(first)) return before;
  // O'Reilly is no Reilly, but d'Adidas is an Adidas.
  let extra = `(?<!(?<!${wordCharacter})o')`;
  if (isDigit.test(first)) extra += '(?<!\\d[.,])';
  if (letters <= 2) extra += `(?<!${wordCharacter}&)`;
  if (letters === 1) extra += `(?<!${wordCharacter}['\\-])`;
  return before + extra;
};

/** The end of a word whose last character is `last`. */
export const boundaryAfter = (last: string, letters: number): string => {
  if (isUnspaced.test(last) || isHangul.test(last)) return '';
  // C++17 is C++, Go!Go! is not Go! twice.
  if (!isWord.test(last)) return `(?!_{0,3}(?!\\d)${wordCharacter})`;
  let extra = '';
  if (isDigit.test(last)) extra += '(?![.,]\\d)';
  // "don't" holds no Don.
  if (last.toLowerCase() === 'n') extra += `(?!'t(?!${wordCharacter}))`;
  if (letters <= 2) extra += `(?!\\+\\+|#|&${wordCharacter})`;
  if (letters === 1) extra += `(?!-${wordCharacter}|'(?!s(?!${wordCharacter})))`;
  return after + extra;
};
