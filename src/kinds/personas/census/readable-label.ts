const prefix = /^[A-Z]{3}-/;

/** Words that keep their capital in running text. */
const properNames = new Set(['Internet', 'Native', 'American', 'Indian', 'Alaska', 'Hawaiian']);

const isService = (label: string): boolean => /^(MIL-)?U\.\s?S\./.test(label);

/**
 * A dictionary's label (`MFG-Miscellaneous Manufacturing, N.E.C.`) as it is written within a sentence: without its
 * prefix, in lower case, abbreviations in full. Names of the armed services keep their capitals.
 */
export function readableLabel(label: string): string {
  const text = label
    .replace(prefix, '')
    .replace(/\bN\.?\s?E\.?\s?C\.?(?=$|[\s,)])/gi, 'not elsewhere classified')
    .replace(/\bExc\.? /g, 'except ')
    .replace(/\bMisc\.? /g, 'miscellaneous ');
  if (isService(text)) return text;
  // Dictionaries until 2012 are in capitals throughout.
  if (!/\p{Ll}/u.test(text)) return text.toLowerCase();
  return text.replace(/\p{L}[\p{L}'’]*/gu, (word) => {
    return properNames.has(word) || /^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase();
  });
}

/** The same with a capital at its start. */
export function asSentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
