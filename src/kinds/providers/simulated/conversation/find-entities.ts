import { commonWords, raisingWords } from './common-words.js';
import { namesIn, nounRunsIn, type Phrase, type Word, wordsOf } from './read-names.js';

const unusual = /[aiou]$|eh$|[jqxz]|oe$|^u[^np]/;

interface Seen {
  text: string;
  count: number;
  turns: Set<number>;
  /** Stood inside a sentence at least once. */
  firm: boolean;
}

/** The entity that a talk has been about: the name (else the noun) that comes back most often, in most turns. */
export function topicOf(turns: readonly string[]): string | null {
  const words = turns.map(wordsOf);
  const names = seenIn(
    turns.map((turn, index) => namesIn(turn, words[index]!).map((name) => withoutArticle(name, turn))),
  );
  const name = heaviest(names.filter((entry) => entry.firm || entry.count > 1));
  // Most talks name what they are about more than once: then their nouns, which are many, need not be counted.
  if (name !== null && name.count > 1) return name.text;
  const noun = heaviest(
    seenIn(turns.map((turn, index) => nounRunsIn(turn, words[index]!))).filter((entry) => entry.count > 1),
  );
  if (name === null || (noun !== null && noun.count > 2)) return noun?.text ?? null;
  return name.text;
}

/** `The` at the start of a sentence is not yet part of a name. */
const withoutArticle = (name: Phrase, turn: string): Phrase =>
  name.opens && name.text.startsWith('The ') && !turn.includes(` ${name.text}`)
    ? { ...name, text: name.text.slice(4), opens: false }
    : name;

function seenIn(turns: readonly Phrase[][]): Seen[] {
  const seen = new Map<string, Seen>();
  turns.forEach((phrases, turn) => {
    for (const { text, opens } of phrases) {
      const key = text.toLowerCase();
      const entry = seen.get(key) ?? { text, count: 0, turns: new Set(), firm: false };
      entry.count++;
      entry.turns.add(turn);
      entry.firm ||= !opens;
      seen.set(key, entry);
    }
  });
  return [...seen.values()];
}

const heaviest = (entries: readonly Seen[]): Seen | null =>
  entries.reduce<Seen | null>((best, entry) => (best === null || weight(entry) > weight(best) ? entry : best), null);

// A longer phrase that comes back as often as a part of it is the better name of the two.
const weight = (entry: Seen): number => entry.turns.size * 4 + entry.count + Math.min(entry.text.length, 40) / 50;

/**
 * The entity that the last turn raises, as it stands there: a name that is new to the talk, else another name than the
 * talk's topic, else the new noun that the wording points to. Null if the turn raises nothing.
 */
export function raisedIn(last: string, earlier: string, topic: string | null): string | null {
  const words = wordsOf(last);
  const names = namesIn(last, words).filter((name) => topic === null || !overlaps(name.text, topic));
  const before = earlier.toLowerCase();
  const fresh = names.filter((name) => !before.includes(name.text.toLowerCase()));
  const firm = fresh.filter((name) => !name.opens);
  const opening = fresh.find((candidate) => candidate.opens && !/^[.,;!?]/.test(last.slice(candidate.end)));
  const name = firm[0] ?? opening ?? names.find((candidate) => !candidate.opens);
  if (name !== undefined) return extended(name, last, words);
  return newNoun(last, words, before, topic);
}

/** "the Copenhagen interpretation": a definite article and a noun make the name longer. */
function extended(name: Phrase, text: string, words: readonly Word[]): string {
  const next = words.find((word) => word.start === name.end + 1);
  if (!/\bthe $/i.test(text.slice(0, name.start)) || next === undefined || text[name.end] !== ' ') return name.text;
  return commonWords.has(next.lower) ? name.text : text.slice(name.start, next.end);
}

function newNoun(text: string, words: readonly Word[], before: string, topic: string | null): string | null {
  const known = new Set(wordsOf(before).map((word) => word.lower));
  let best: { text: string; score: number } | null = null;
  for (const run of nounRunsIn(text, words)) {
    const parts = run.text.toLowerCase().split(' ');
    if (run.opens || parts.some((part) => known.has(part)) || (topic !== null && overlaps(run.text, topic))) continue;
    const score = salience(run, text, words);
    if (best === null || score > best.score) best = { text: run.text, score };
  }
  return best?.text ?? null;
}

/** How much the wording points to a noun as the new subject. */
function salience(run: Phrase, text: string, words: readonly Word[]): number {
  const at = words.findIndex((word) => word.start === run.start);
  const previous = words[at - 1];
  const after = words.find((word) => word.start >= run.end);
  const parts = run.text.split(' ');
  let score = 0;
  if (previous !== undefined && raisingWords.has(previous.lower)) score += 3;
  if (/^(a|an|her|his|their|the)$/.test(previous?.lower ?? '') && raisingWords.has(words[at - 2]?.lower ?? ''))
    score += 2;
  if (after?.lower === 'instead') score += 3;
  if (after === undefined || commonWords.has(after.lower) || /[.,;?!]/.test(text[run.end] ?? '')) score += 1;
  if (parts.some((part) => unusual.test(part.toLowerCase()))) score += 1.5;
  if (/(?:s|ed|er|ly|ing)$/.test(run.text) && !/ing$/.test(run.text)) score -= 1;
  return score + (parts.length - 1) * 0.6;
}

/** Whether two phrases are about the same entity: one holds the other as whole words. */
export function overlaps(one: string, other: string): boolean {
  const [a, b] = [one, other].map(
    (phrase) =>
      ` ${phrase
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
        .trim()} `,
  ) as [string, string];
  return a.includes(b) || b.includes(a);
}
