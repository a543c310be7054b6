/** Languages that the simulated model converses in. */
export type Language = 'en' | 'de' | 'fr' | 'es';

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Small words of each language that are no English ones, as `was`, `die` and `plus` would be. */
const marks: { [language in Exclude<Language, 'en'>]: ReadonlySet<string> } = {
  de: list(
    'der das und ist nicht ich wir sie mit für auf ein eine einen dem von wie auch noch uns mein meine zu ohne oder kann habe bei nach werden darf',
  ),
  fr: list('le les des est et un une pas dans que qui je nous vous avec mon ma sur du au ce faut où'),
  es: list('el los las es y un una para que por con mi en lo se del al como qué cuál hay más'),
};

/** The language of a text by its small words; English where none of the others stands out. */
export function languageOf(text: string): Language {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  let best: Language = 'en';
  // Loanwords and foreign names hold some of these, so one word in eight must be among them.
  let most = Math.max(2, words.length / 8);
  for (const [language, small] of Object.entries(marks)) {
    const count = words.filter((word) => small.has(word)).length;
    if (count > most) [best, most] = [language as Language, count];
  }
  return best;
}
