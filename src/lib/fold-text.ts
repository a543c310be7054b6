import type { Span } from '../contract/score.js';
import { latinLookalike } from './lookalikes.js';
import { isSignAmongLetters } from './word-boundary.js';

/** How two spellings of the same word are made equal. */
export interface FoldOptions {
  /** Fold case, so that `Straße` and `STRASSE` are equal. */
  case: boolean;
  /** Read letters of other alphabets as the Latin letters that they are drawn like. */
  lookalikes?: boolean;
  /**
   * What stands between letters without being a character of the word: a zero-width space, or Markdown's `*` inside a
   * word. `drop` joins the letters; `keep` leaves `*` and turns the zero-width space into a space.
   */
  joiners?: 'drop' | 'keep';
  /** `space`: a picture (emoji) reads as the space between two words. */
  emoji?: 'space';
}

/** A folded text that knows where each of its code units came from. */
export interface FoldedText {
  text: string;
  /** The span of the original text behind `start`–`end` (end exclusive, not empty) of the folded one. */
  spanOf(start: number, end: number): Span;
}

// biome-ignore lint/suspicious/noMisleadingCharacterClass: single characters are tested
const invisible = /^[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]$/;
const whitespace = /^[^\S\n]$/u;
const lineBreaks = /^[\u0085\u2028\u2029]$/;
const apostrophes = /^[\u2018\u2019\u201b\u02bc\u02b9\u2032\uff07\u00b4]$/;
const quotes = /^[\u201c-\u201f\u00ab\u00bb]$/;
const hyphens = /^[\u2010-\u2013\u2212\ufe58\ufe63\uff0d\u00ad]$/;
/** Signs that compatibility normalisation would turn into letters or digits of the word before them. */
const signs = /^[\u2122\u2120\p{No}]$/u;
/** Stands for signs that lie among the letters of their block, so that a boundary is found by ranges alone. */
const otherSign = '\u00b7';
const removableMarks =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: marks by themselves are meant
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;
const picture = /^[\u2600-\u27bf\u{1f000}-\u{1faff}]/u;
const mark = /^\p{M}$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII
const ascii = /^[\x00-\x7f]*$/;

// biome-ignore format: a table
const undecomposed: { [letter: string]: string } = {
  ß: 'ss', ẞ: 'SS', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ð: 'd', Ð: 'D', ħ: 'h', Ħ: 'H',
  æ: 'ae', Æ: 'AE', œ: 'oe', Œ: 'OE', þ: 'th', Þ: 'TH', ı: 'i', ς: 'σ',
};

const computeFold = (cluster: string, options: FoldOptions): string => {
  if (options.emoji === 'space' && picture.test(cluster)) return ' ';
  if (cluster === '\u200b') return options.joiners === 'keep' ? ' ' : '';
  if (invisible.test(cluster)) return '';
  if (lineBreaks.test(cluster)) return '\n';
  if (whitespace.test(cluster)) return ' ';
  if (apostrophes.test(cluster)) return "'";
  if (hyphens.test(cluster)) return '-';
  if (quotes.test(cluster)) return '"';
  if (cluster === '\u266f') return '#';
  if (isSignAmongLetters(cluster)) return otherSign;
  if (signs.test(cluster)) return cluster;
  const bare = cluster.normalize('NFKC').normalize('NFD').replace(removableMarks, '').normalize('NFC');
  let out = '';
  for (const character of bare) {
    const letter = options.lookalikes ? latinLookalike(character) : character;
    const spelled = undecomposed[letter] ?? letter;
    const cased = options.case ? spelled.toLowerCase().replace(removableMarks, '') : spelled;
    out += undecomposed[cased] ?? cased;
  }
  return out;
};

const clusterCache = new Map<string, string>();
const clusterCacheSize = 4000;

const foldCluster = (cluster: string, options: FoldOptions): string => {
  if (cluster.length > 4) return computeFold(cluster, options);
  const key =
    (options.case ? 'c' : '-') +
    (options.lookalikes ? 'l' : '-') +
    (options.joiners ?? '') +
    (options.emoji ?? '') +
    cluster;
  let folded = clusterCache.get(key);
  if (folded === undefined) {
    folded = computeFold(cluster, options);
    if (clusterCache.size >= clusterCacheSize) clusterCache.clear();
    clusterCache.set(key, folded);
  }
  return folded;
};

/** End of the character at `start` with the marks and Hangul letters that belong to it. */
const clusterEnd = (text: string, start: number): number => {
  let end = start + 1;
  if (text.charCodeAt(start) < 0xd800 && !(text.charCodeAt(end) >= 0x300)) return end;
  if (text.codePointAt(start)! > 0xffff) end++;
  while (end < text.length) {
    const code = text.codePointAt(end)!;
    const jamo = code >= 0x1160 && code <= 0x11ff;
    if (code < 0x300 || !(jamo || mark.test(String.fromCodePoint(code)))) break;
    end += code > 0xffff ? 2 : 1;
  }
  return end;
};

const letterAtStart = /^[\p{L}\p{N}]/u;
const letterAtEnd = /[\p{L}\p{N}]$/u;

/** Number of `*` at `at` if they stand between the letters of a word, else 0. */
const starsInsideWord = (text: string, at: number, afterLetter: boolean): number => {
  if (!afterLetter || text.charCodeAt(at) !== star) return 0;
  let end = at + 1;
  while (end < at + longestEmphasis && text.charCodeAt(end) === star) end++;
  return letterAtStart.test(text.slice(end, end + 2)) ? end - at : 0;
};

const star = 42;
/** Markdown's strongest emphasis. */
const longestEmphasis = 3;

/** Which part of the source each part of a folded text came from. */
class Origins {
  readonly #folded: number[] = [];
  readonly #source: number[] = [];
  /** Source length of a part that is not taken over unit by unit; 0 for one that is. */
  readonly #whole: number[] = [];

  add(folded: number, source: number, whole: number): void {
    this.#folded.push(folded);
    this.#source.push(source);
    this.#whole.push(whole);
  }

  spanOf(start: number, end: number): Span {
    const first = this.#partAt(start);
    const last = this.#partAt(end - 1);
    const from = this.#source[first]!;
    const to = this.#source[last]!;
    return {
      start: this.#whole[first]! > 0 ? from : from + start - this.#folded[first]!,
      end: this.#whole[last]! > 0 ? to + this.#whole[last]! : to + end - this.#folded[last]!,
    };
  }

  #partAt(folded: number): number {
    let low = 0;
    let high = this.#folded.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#folded[middle]! <= folded) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** End of the run of plain ASCII at `at`; `at` itself if there is none. A letter before a mark is not plain. */
const plainEnd = (text: string, at: number, stopAtStars: boolean): number => {
  let end = at;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code >= 0x80 || (stopAtStars && code === star)) break;
  }
  return end > at && text.charCodeAt(end) >= 0x300 ? end - 1 : end;
};

/**
 * Makes spellings comparable: compatibility forms (NFKC: full-width, ligatures, mathematical letters), case (ß, İ, final
 * sigma), diacritics, apostrophes, hyphens and spaces of all sorts, invisible characters. Linear in the text.
 * Does not transcribe: `ü` becomes `u`, not `ue`.
 */
export const foldText = (text: string, options: FoldOptions): FoldedText => {
  const dropStars = options.joiners === 'drop' && text.includes('*');
  if (!dropStars && ascii.test(text)) {
    return { text: options.case ? text.toLowerCase() : text, spanOf: (start, end) => ({ start, end }) };
  }
  const origins = new Origins();
  let out = '';
  let afterLetter = false;
  for (let at = 0, end = 0; at < text.length; at = end) {
    let folded = '';
    end = plainEnd(text, at, dropStars);
    if (end > at) {
      folded = options.case ? text.slice(at, end).toLowerCase() : text.slice(at, end);
      origins.add(out.length, at, 0);
    } else {
      const stars = dropStars ? starsInsideWord(text, at, afterLetter) : 0;
      end = stars > 0 ? at + stars : clusterEnd(text, at);
      if (stars === 0) folded = foldCluster(text.slice(at, end), options);
      if (folded !== '') origins.add(out.length, at, end - at);
    }
    if (dropStars && folded !== '') afterLetter = letterAtEnd.test(folded.slice(-2));
    out += folded;
  }
  return { text: out, spanOf: (start, end) => origins.spanOf(start, end) };
};
