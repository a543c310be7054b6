import { EvalrunError } from '../contract/problem.js';
import type { Span } from '../contract/score.js';
import { BoundedCache } from './bounded-cache.js';
import { type FoldOptions, foldText } from './fold-text.js';
import { type InflectedLanguage, inflectedLanguage } from './inflect.js';
import { mayHoldLookalikes } from './lookalikes.js';
import { type MentionPattern, mentionPattern } from './mention-pattern.js';
import { contracted, nameSpellings, spelledOut } from './name-spellings.js';

/** A named thing and what else it is called. */
export interface Entity {
  name: string;
  aliases?: readonly string[];
  /** Whose inflections count: `en` (the default), `de`, `fr`, `es`; of any other, none. */
  language?: string;
  /** What else the name means where it is an ordinary word, e.g. `the fruit`; see `readMentions`. */
  ambiguity?: string;
}

/**
 * `insensitive`: capitals do not matter. `sensitive`: letters must be as written. `smart`: a name written with a capital
 * counts only where the text has a capital in it (`Apple` and `APPLE`, not `apple`); a name without one in any case.
 */
export type CasePolicy = 'insensitive' | 'sensitive' | 'smart';

interface Matcher {
  regex: RegExp;
  /** Whether the original spelling of a match counts. Absent: all count. */
  accepts?: (spelled: string) => boolean;
}

const compiled = new BoundedCache<Matcher[]>(512);

/** Pictures; not the signs ©, ®, ™ and digits, which are drawn as text. */
const emoji = /[\u2600-\u27bf\u{1f000}-\u{1faff}]/u;
const sharpS = /[ßẞ]/;
const hasCapital = /\p{Lu}/u;
const lettersOf = (text: string): string =>
  foldText(text, { case: false, joiners: 'drop' }).text.replace(/[^\p{L}\p{M}\p{N}]+/gu, '');

const alternation = (sources: string[]): RegExp => new RegExp([...new Set(sources)].join('|'), 'gv');

const compile = (entity: Entity, policy: CasePolicy): Matcher[] => {
  const lower = policy !== 'sensitive';
  const language = inflectedLanguage(entity.language ?? 'en');
  const patterns: (MentionPattern & { name: string })[] = [];
  const matchers: Matcher[] = [];
  for (const name of [entity.name, ...(entity.aliases ?? [])]) {
    for (const spelling of nameSpellings(name, language)) {
      const pattern = mentionPattern(spelling, { lower, language });
      if (pattern === null) throw nameless(name, entity.name);
      patterns.push({ ...pattern, name });
    }
    for (const { text, rest } of contracted(name, language))
      matchers.push(contractedMatcher(text, rest, lower, language));
  }
  patterns.sort((a, b) => b.length - a.length);
  const needsCapital = (pattern: { name: string }) => policy === 'smart' && hasCapital.test(pattern.name);
  const usual = (group: typeof patterns) => group.map((pattern) => pattern.usual);
  const names = new Map(patterns.map((pattern) => [pattern.name, spelledOut(pattern.name, lower)]));
  const spelled = [...names].flatMap(([name, how]) => (how === null ? [] : [{ name, ...how }]));
  const loose = (one: (typeof spelled)[number]) => !one.capitalised && !needsCapital(one);
  const plain = [
    ...usual(patterns.filter((pattern) => !needsCapital(pattern))),
    ...spelled.filter(loose).map(({ pattern }) => pattern),
  ];
  const capital = [
    ...usual(patterns.filter(needsCapital)),
    ...spelled.filter((one) => !loose(one)).map(({ pattern }) => pattern),
  ];
  const own = patterns.filter((pattern) => pattern.capitalised !== undefined);
  if (plain.length > 0) matchers.push({ regex: alternation(plain) });
  if (capital.length > 0) matchers.push({ regex: alternation(capital), accepts: (text) => hasCapital.test(text) });
  if (own.length > 0) {
    const spellings = own.map((pattern) => pattern.letters);
    const accepts = (text: string) => spellings.some((letters) => lettersOf(text).startsWith(letters));
    matchers.push({ regex: alternation(own.map((pattern) => pattern.capitalised!)), accepts });
  }
  return matchers;
};

/** Finds `del Niño` for El Niño, with the capitals of what follows the article. */
const contractedMatcher = (
  text: string,
  rest: string,
  lower: boolean,
  language: InflectedLanguage | undefined,
): Matcher => {
  // Without regard to case, since the contraction is written small inside a sentence.
  const { usual } = mentionPattern(lower ? text : text[0]!.toLowerCase() + text.slice(1), { lower, language })!;
  const skipped = lettersOf(text).length - lettersOf(rest).length;
  const accepts = (spelled: string) => {
    const letters = lettersOf(spelled).slice(skipped);
    return letters.startsWith(lettersOf(rest)) || (letters === letters.toUpperCase() && hasCapital.test(letters));
  };
  return { regex: alternation([usual]), accepts };
};

const nameless = (name: string, entity: string): EvalrunError =>
  new EvalrunError('BAD_ENTITY', `${JSON.stringify(name)} cannot be looked for: it holds no letter or digit`, {
    hint: `Give ${entity.trim() === '' ? 'the entity' : JSON.stringify(entity)} a name, and list only aliases that can be read in a text.`,
  });

/** The ways in which a text can be read; nearly always one. */
const readings = (text: string, lower: boolean): FoldOptions[] => {
  const joined = text.includes('\u200b') || (text.includes('*') && /[\p{L}\p{N}]\*{1,3}[\p{L}\p{N}]/u.test(text));
  const base: FoldOptions = { case: lower, joiners: 'drop' };
  const joiners: FoldOptions[] = joined ? [base, { ...base, joiners: 'keep' }] : [{ ...base, joiners: 'keep' }];
  if (emoji.test(text)) joiners.push({ ...base, emoji: 'space' });
  return mayHoldLookalikes(text) ? joiners.flatMap((reading) => [reading, { ...reading, lookalikes: true }]) : joiners;
};

/** Sorted, the longer of two that overlap. */
const withoutOverlap = (spans: Span[]): Span[] => {
  if (spans.length < 2) return spans;
  const sorted = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const kept: Span[] = [];
  for (const span of sorted) {
    const last = kept.at(-1);
    if (last === undefined || span.start >= last.end) kept.push(span);
    else if (span.end - span.start > last.end - last.start) kept[kept.length - 1] = span;
  }
  return kept;
};

/**
 * Where a text names an entity: spans of the original text in UTF-16 code units, in order, without overlap.
 * Compiled once per entity and policy; linear in the text.
 * @throws EvalrunError BAD_ENTITY for a name or alias without a letter or digit.
 */
export const findMentions = (text: string, entity: Entity, policy: CasePolicy = 'insensitive'): Span[] => {
  const key = JSON.stringify([policy, entity.name, entity.aliases, entity.language]);
  const matchers = compiled.getOrMake(key, () => compile(entity, policy));
  // Folded alike, but Buße is no plural of Bus.
  const holdsSharpS = !sharpS.test(text) || [entity.name, ...(entity.aliases ?? [])].some((name) => /ss|ß/i.test(name));
  const spans: Span[] = [];
  for (const reading of readings(text, policy !== 'sensitive')) {
    const folded = foldText(text, reading);
    for (const { regex, accepts } of matchers) {
      regex.lastIndex = 0;
      for (let match = regex.exec(folded.text); match !== null; match = regex.exec(folded.text)) {
        const span = folded.spanOf(match.index, match.index + match[0].length);
        const spelled = text.slice(span.start, span.end);
        const counts = (accepts === undefined || accepts(spelled)) && (holdsSharpS || !sharpS.test(spelled));
        if (counts) spans.push(span);
        else regex.lastIndex = match.index + 1;
      }
    }
  }
  return withoutOverlap(spans);
};
