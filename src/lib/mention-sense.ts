import type { Span } from '../contract/score.js';
import { foldText } from './fold-text.js';
import { inflectedLanguage } from './inflect.js';
import { type CasePolicy, type Entity, findMentions } from './mentions.js';

/** Mentions of an entity by whether the words alone say that it is meant. Both in order, in UTF-16 code units. */
export interface Mentions {
  explicit: Span[];
  /** The name stands there, but may be the ordinary word. Empty for an entity without `ambiguity`. */
  ambiguous: Span[];
}

const hasCapital = /\p{Lu}/u;
const letter = /[\p{L}\p{N}]/u;
/** Signs that end a sentence or begin a quotation; after them a capital says nothing. */
const opening = /[.!?…:;\n"“”„«»‹›¿¡]/u;
const sentenceEnd = /[.!?…\n]/u;
/** How far a sentence is followed to either side, so that time stays linear in the text. */
const reach = 400;
/** Words that stay small in a title. */
const smallWords = new Set(
  'a an and as at by de del des der die das du el en et for from in la las le les los of on or the to und vs with y'.split(
    ' ',
  ),
);

const lettersOf = (text: string): string =>
  foldText(text, { case: false, joiners: 'drop' }).text.replace(/[^\p{L}\p{M}\p{N}]+/gu, '');

const opensSentence = (text: string, start: number): boolean => {
  for (let at = start - 1; at >= Math.max(0, start - reach); at--) {
    const sign = text[at]!;
    if (letter.test(sign)) return false;
    if (opening.test(sign)) return true;
  }
  return true;
};

/** Whether the rest of the sentence is written with small letters, as running text is and a title is not. */
const inRunningText = (text: string, { start, end }: Span): boolean => {
  let from = start;
  while (from > Math.max(0, start - reach) && !sentenceEnd.test(text[from - 1]!)) from--;
  let to = end;
  while (to < Math.min(text.length, end + reach) && !sentenceEnd.test(text[to]!)) to++;
  const words = `${text.slice(from, start)} ${text.slice(end, to)}`.match(/\p{L}+/gu) ?? [];
  return words.some((word) => word.length > 1 && word === word.toLowerCase() && !smallWords.has(word));
};

/** Whether a match is written as the brand is, in a place where an ordinary word would not be. */
const isBrandForm = (text: string, span: Span, entity: Entity, nameLetters: string): boolean => {
  if (!hasCapital.test(nameLetters)) return false;
  const initialOnly = !hasCapital.test(nameLetters.slice(1));
  // Every German noun has a capital; only one inside a name tells it apart (eBay).
  if (initialOnly && inflectedLanguage(entity.language ?? 'en') === 'de') return false;
  const spelled = lettersOf(text.slice(span.start, span.end));
  if (!spelled.startsWith(nameLetters)) return false;
  return inRunningText(text, span) && !(initialOnly && opensSentence(text, span.start));
};

/**
 * Where a text names an entity, and where it may only seem to. An entity with `ambiguity` has a name that is also an
 * ordinary word. Of its mentions are explicit: every alias that is not just the name in other capitals or another form;
 * and the name with its own capitals inside a sentence of running text. Ambiguous are the others: small letters
 * (`apple`), the start of a sentence or quotation, titles and text in capitals, German nouns.
 * @throws EvalrunError BAD_ENTITY as `findMentions` does.
 */
export const readMentions = (text: string, entity: Entity, policy?: CasePolicy): Mentions => {
  const all = findMentions(text, entity, policy);
  if (entity.ambiguity === undefined || all.length === 0) return { explicit: all, ambiguous: [] };
  const { language, name } = entity;
  const bare: Entity = { name, ...(language === undefined ? {} : { language }) };
  const ofName = new Set(findMentions(text, bare, policy).map(({ start, end }) => `${start}-${end}`));
  const nameLetters = lettersOf(name);
  const explicit: Span[] = [];
  const ambiguous: Span[] = [];
  for (const span of all) {
    const decided = !ofName.has(`${span.start}-${span.end}`) || isBrandForm(text, span, entity, nameLetters);
    (decided ? explicit : ambiguous).push(span);
  }
  return { explicit, ambiguous };
};
