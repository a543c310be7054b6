import { escapeRegex } from './escape-regex.js';
import { foldText } from './fold-text.js';
import type { InflectedLanguage } from './inflect.js';
import { latinLookalike, mayHoldLookalikes } from './lookalikes.js';

/** The name and other ways of writing it that folding does not make equal. */
export const nameSpellings = (name: string, language: InflectedLanguage | undefined): string[] => {
  const spellings = [name, ...asLookalikes(name)];
  if (language === 'de' || language === 'en') {
    const transcribed = name.normalize('NFC').replace(/[äöü]/gi, (letter) => {
      const [vowel] = letter.normalize('NFD');
      return `${vowel}e`;
    });
    if (transcribed !== name.normalize('NFC')) spellings.push(transcribed);
  }
  return spellings;
};

/** Spellings of a name in other alphabets as they come out when look-alikes are read as Latin. */
const asLookalikes = (name: string): string[] => {
  if (!mayHoldLookalikes(name)) return [];
  return [name, name.toLowerCase(), name.toUpperCase()].map((text) => [...text].map(latinLookalike).join(''));
};

const contractions: { [language: string]: [article: RegExp, forms: string[]][] } = {
  es: [[/^El (?=\p{Lu})/u, ['Del ', 'Al ']]],
  fr: [
    [/^Le (?=\p{Lu})/u, ['Du ', 'Au ']],
    [/^Les (?=\p{Lu})/u, ['Des ', 'Aux ']],
  ],
};

/**
 * A name that begins with an article, contracted with the preposition before it: `del Niño`, `au Monde`. `rest`: how
 * many characters of the name follow the article; they count only with their own capitals, since `du monde` is ordinary
 * French.
 */
export const contracted = (name: string, language: InflectedLanguage | undefined): { text: string; rest: string }[] =>
  (contractions[language ?? ''] ?? []).flatMap(([article, forms]) =>
    article.test(name)
      ? forms.map((form) => ({ text: name.replace(article, form), rest: name.replace(article, '') }))
      : [],
  );

const oneWord = /^\p{sc=Latin}{2,16}$/u;
/** Letters from which on a word that is spelled letter by letter is taken for the name in any case. */
const longEnough = 4;

/** Expression for a name of one word with a sign between all of its letters, and whether it needs its own capitals. */
export interface SpelledOut {
  pattern: string;
  capitalised: boolean;
}

/** `N-I-K-E`, `n i k e`, `I.B.M.`, `I. B. M.`: the same sign throughout. Null for names that are not one Latin word. */
export const spelledOut = (name: string, lower: boolean): SpelledOut | null => {
  const cased = foldText(name.trim(), { case: false }).text;
  if (!oneWord.test(cased)) return null;
  const letters = [...(lower ? cased.toLowerCase() : cased)].map(escapeRegex);
  const short = letters.length < longEnough;
  const capitals = cased === cased.toUpperCase();
  if (short && !capitals) return null;
  const joined = (sign: string) => letters.join(sign);
  const dots = `${joined('\\.')}(?:\\.|(?![.]))|${joined('\\.[^\\S\\n]')}\\.?`;
  const all = short ? dots : `${dots}|${joined('[^\\S\\n]')}|${joined('-')}`;
  // A letter alone before or after would make another, longer word that is spelled out. Folded Latin letters are ASCII;
  // the full classes of `word-boundary` would take longer to compile than all the rest of a name.
  const before = "(?<![A-Za-z0-9_]|[A-Za-z][.\\-]|(?<![A-Za-z0-9'])[A-Za-z][^\\S\\n])";
  const pattern = `${before}(?:${all})(?![A-Za-z0-9_]|[.\\-][A-Za-z](?![A-Za-z]))`;
  return { pattern, capitalised: short };
};
