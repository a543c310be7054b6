import { commonWords } from './common-words.js';

const nounPhrase = /\b(a|an|the|my|our) ((?:[a-z]+(?:-[a-z]+)* ){0,2}[a-z]+(?:-[a-z]+)*)(?=([.,;:?!]| [a-z’']+\b))/g;
// After these a noun phrase has ended; after "to" or a pronoun its last word was a verb.
const closing = new Set([
  ...[
    'in',
    'on',
    'at',
    'of',
    'for',
    'with',
    'without',
    'by',
    'from',
    'and',
    'or',
    'but',
    'than',
    'that',
    'which',
    'who',
    'when',
    'where',
    'if',
    'because',
    'so',
  ],
  ...[
    'is',
    'are',
    'was',
    'were',
    'has',
    'have',
    'had',
    'will',
    'would',
    'can',
    'could',
    'should',
    'may',
    'might',
    'must',
    'does',
    'do',
    'over',
    'into',
    'about',
    'instead',
    'to',
    'until',
    'after',
    'be',
  ],
]);
const vague = new Set(
  'start point trouble second rest deal idea mind sort ways moment body reason side little stand good year years week month time half alike'.split(
    ' ',
  ),
);
const spoken: { [word: string]: string } = { my: 'your', our: 'your', a: 'a', an: 'an', the: 'the' };

/**
 * Phrases of a text that an answer may take up, turned to the one who asked (`my street` → `your street`). Only words in
 * lower case, so names never come along.
 * @param without words that must not occur, lower case
 */
export function topicPhrasesIn(text: string, without: readonly string[] = []): string[] {
  const phrases = new Set<string>();
  for (const match of text.matchAll(nounPhrase)) {
    const nouns = match[2]!.split(' ');
    const cut = nouns.findIndex((word) => closing.has(word));
    const kept = cut < 0 ? nouns : nouns.slice(0, cut);
    const follower = cut < 0 ? match[3]!.trim() : nouns[cut]!;
    if (!endsBefore(follower, kept) || !speaksOfThing(kept)) continue;
    if (kept.some((word) => without.some((banned) => akin(word, banned)))) continue;
    phrases.add(`${spoken[match[1]!]} ${kept.join(' ')}`);
  }
  return [...phrases];
}

/** Whether a noun phrase can end before this word; before "to" its last word may be a verb, before "or" half of it is missing. */
const endsBefore = (follower: string, kept: readonly string[]): boolean =>
  /^[.,;:?!]/.test(follower) ||
  (closing.has(follower) && follower !== 'or' && (follower !== 'to' || kept.length === 1));

/** Whether the last word is a thing; an `-s` before it gives away a verb. */
function speaksOfThing(kept: readonly string[]): boolean {
  const last = kept.at(-1);
  if (last === undefined || last.length < 4 || commonWords.has(last) || vague.has(last)) return false;
  return !kept.slice(0, -1).some((word) => /[^s]s$/.test(word));
}

/** Same word, up to its ending. */
const akin = (word: string, banned: string): boolean => {
  const stem = Math.max(3, Math.min(word.length, banned.length) - 2);
  return word.slice(0, stem) === banned.slice(0, stem);
};
