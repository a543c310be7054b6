import { escapeRegex } from './escape-regex.js';

const latin = /\p{sc=Latin}$/u;
const digit = /\p{Nd}$/u;

/** Languages whose inflections are known, by their ISO 639-1 codes. */
export const inflectedLanguages = ['en', 'de', 'fr', 'es'] as const;
export type InflectedLanguage = (typeof inflectedLanguages)[number];

/** The language whose rules are meant: `de` of `de`, `DE` or `de-AT`; undefined for one without rules. */
export const inflectedLanguage = (language: string): InflectedLanguage | undefined => {
  const code = language.toLowerCase().split(/[-_]/)[0];
  return inflectedLanguages.find((known) => known === code);
};

/** A word in lower case, without diacritics: what replaces its last `cut` letters, as the source of an expression. */
interface Ending {
  cut: number;
  forms: string;
}

const english = (word: string): Ending[] => {
  if (/[^aeiou\P{L}]y$/u.test(word)) return [{ cut: 1, forms: "ies'?" }];
  return [{ cut: 0, forms: /(?:s|x|z|ch|sh|o)$/.test(word) ? "'?s|es" : "'?s" }];
};

/** Genitive, dative and plural; the umlaut of a plural is gone from a folded text anyway (Apfel, Äpfel). */
const german = (word: string): Ending[] => {
  if (/(?:nis|[^aeo]us)$/.test(word)) return [{ cut: 0, forms: "'s|se[ns]?" }];
  if (/(?:s|x|z)$/.test(word)) return [{ cut: 0, forms: "'?s|e[ns]?" }];
  if (/in$/.test(word)) return [{ cut: 0, forms: "'?s|nen|e[ns]?" }];
  if (/e$/.test(word)) return [{ cut: 0, forms: "'?s|ns?" }];
  if (/(?:el|er|en)$/.test(word)) return [{ cut: 0, forms: "'?s|n" }];
  if (/[aiouy]$/.test(word)) return [{ cut: 0, forms: "'?s" }];
  return [{ cut: 0, forms: "'?s|e[ns]?" }];
};

const french = (word: string): Ending[] => {
  if (/(?:s|x|z)$/.test(word)) return [{ cut: 0, forms: "'s" }];
  if (/(?:au|eu|ou)$/.test(word)) return [{ cut: 0, forms: "'?s|x" }];
  const plural = { cut: 0, forms: "'?s" };
  return /al$/.test(word) ? [plural, { cut: 1, forms: 'ux' }] : [plural];
};

const spanish = (word: string): Ending[] => {
  if (/z$/.test(word))
    return [
      { cut: 1, forms: 'ces' },
      { cut: 0, forms: "'s" },
    ];
  return [{ cut: 0, forms: /[iu]$|[^aeo]$/.test(word) ? "'?s|es" : "'?s" }];
};

const endings: { [language in InflectedLanguage]: (word: string) => Ending[] } = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
};

/**
 * Regular expression for a word with its forms in a language: in English `Nikes`, `Nike's`, `Lexuses`, `Blackberries`; in
 * German `Hundes`, `Hunden`, `Busse`; in French `gâteaux`, `journaux`; in Spanish `camiones`, `lápices`. `word` is as the
 * author writes it, after folding of everything but case; the expression is lower case when `lower` is set. Words of
 * other scripts, and all words of a language without rules, stand as they are: list their forms as aliases.
 * One letter takes only 's; two letters take a plural only when both are capitals (`TVs`, but not `it` → `its`).
 */
export const inflected = (word: string, lower: boolean, language: InflectedLanguage | undefined): string => {
  const written = lower ? word.toLowerCase() : word;
  const stem = escapeRegex(written);
  if (language === undefined) return stem;
  if (digit.test(word)) return `${stem}(?:'?s)?`;
  if (!latin.test(word)) return stem;
  const letters = [...word].length;
  if (letters === 1 || (letters === 2 && word !== word.toUpperCase())) return `${stem}(?:'s)?`;
  if (letters === 2 && language !== 'en') return `${stem}(?:'?s)?`;
  const [first, ...rest] = endings[language](written.toLowerCase()).map(({ cut, forms }) =>
    cut === 0
      ? `${stem}(?:${forms})?`
      : `${escapeRegex(written.slice(0, -cut))}(?:${written.slice(-cut)}(?:'?s)?|${forms})`,
  );
  return rest.length === 0 ? first! : `(?:${[first, ...rest].join('|')})`;
};
