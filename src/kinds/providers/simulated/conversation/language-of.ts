/** Languages that the simulated model converses in. */
export type Language = 'en' | 'de' | 'fr' | 'es';

const marks: { [language in Exclude<Language, 'en'>]: ReadonlySet<string> } = {
  de: new Set(
    'der die das und ist nicht ich wir sie mit für auf ein eine einen dem den von wie was man auch noch uns mein meine'.split(
      ' ',
    ),
  ),
  fr: new Set(
    'le les des est et un une pas pour dans que qui je nous vous avec mon ma sur du au ce plus faut'.split(' '),
  ),
  es: new Set('el los las es y un una no para que por con mi en lo se del al como qué cuál hay más'.split(' ')),
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
