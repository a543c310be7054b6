import { calendarWords, commonWords } from './common-words.js';

/** A word of a text with where it stands. */
export interface Word {
  text: string;
  lower: string;
  start: number;
  end: number;
  /** First of its sentence, so that a capital says nothing. */
  opens: boolean;
}

/** A run of words that may be a name or the noun for a thing. */
export interface Phrase {
  text: string;
  start: number;
  end: number;
  /** True if it only stands where every word has a capital. */
  opens: boolean;
}

const wordPattern = /[\p{L}\p{N}][\p{L}\p{N}'’+#&-]*(?:\.(?=[\p{L}\p{N}])[\p{L}\p{N}'’+#&-]+)*/gu;
const linking = new Set(['of', 'de', 'da', 'del', 'di', 'du', 'la', 'le', 'van', 'von', 'der', 'den', '&']);

export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let end = 0;
  for (const match of text.matchAll(wordPattern)) {
    const bare = match[0].replace(/['’]s$|['’-]+$/, '');
    const opens = words.length === 0 || /[.!?:]["”’)]*\s|\n/.test(text.slice(end, match.index));
    words.push({ text: bare, lower: bare.toLowerCase(), start: match.index, end: match.index + bare.length, opens });
    end = match.index + match[0].length;
  }
  return words;
}

const isName = (word: Word): boolean => /\p{Lu}/u.test(word.text) && !calendarWords.has(word.lower);
const adjoin = (text: string, left: Word, right: Word): boolean => /^ (?:& )?$/.test(text.slice(left.end, right.start));

/** Names of a text, each with its parts (`Vasco da Gama`, `The Witcher 3`, `Steinway & Sons`), in order. */
export function namesIn(text: string, words: readonly Word[]): Phrase[] {
  const names: Phrase[] = [];
  for (let index = 0; index < words.length; index++) {
    const first = words[index]!;
    if (!isName(first) || (first.opens && commonWords.has(first.lower) && !startsTitle(text, words, index))) continue;
    let last = index;
    for (let next = index + 1; next < words.length && adjoin(text, words[next - 1]!, words[next]!); next++) {
      const word = words[next]!;
      if (isName(word) || (/^\d+$/.test(word.text) && last === next - 1)) last = next;
      else if (!linking.has(word.lower)) break;
    }
    names.push({
      text: text.slice(first.start, words[last]!.end),
      start: first.start,
      end: words[last]!.end,
      opens: first.opens,
    });
    index = last;
  }
  return names;
}

/** `The` belongs to a name only where it has its capital inside a sentence, or a name follows at a sentence's start. */
const startsTitle = (text: string, words: readonly Word[], index: number): boolean => {
  const next = words[index + 1];
  return words[index]!.lower === 'the' && next !== undefined && isName(next) && adjoin(text, words[index]!, next);
};

/** Runs of up to three words, none of them common, that nothing but a space parts. */
export function nounRunsIn(text: string, words: readonly Word[]): Phrase[] {
  const runs: Phrase[] = [];
  for (let index = 0; index < words.length; index++) {
    for (let last = index; last < Math.min(index + 3, words.length); last++) {
      const word = words[last]!;
      if (commonWords.has(word.lower) || word.text.length < 3 || /^\d/.test(word.text)) break;
      if (last > index && !adjoin(text, words[last - 1]!, word)) break;
      runs.push({
        text: text.slice(words[index]!.start, word.end),
        start: words[index]!.start,
        end: word.end,
        opens: words[index]!.opens,
      });
    }
  }
  return runs;
}

/** Names that a text lists together with one of its names: `A and B`, `A, B and C`, `B or C`. */
export function namesBeside(name: string, text: string): string[] {
  const names = namesIn(text, wordsOf(text));
  const at = names.findIndex((one) => one.text === name);
  if (at < 0) return [];
  const isListed = (left: Phrase, right: Phrase) =>
    /^(?:, (?:and |or )?| and | or )$/.test(text.slice(left.end, right.start));
  let [first, last] = [at, at];
  while (first > 0 && isListed(names[first - 1]!, names[first]!)) first--;
  while (last < names.length - 1 && isListed(names[last]!, names[last + 1]!)) last++;
  return names.slice(first, last + 1).flatMap((one) => (one === names[at] ? [] : [one.text]));
}
