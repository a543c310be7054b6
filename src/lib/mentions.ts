import { EvalrunError } from '../contract/problem.js';
import type { Span } from '../contract/score.js';
import { BoundedCache } from './bounded-cache.js';
import { type FoldOptions, foldText } from './fold-text.js';
import { latinLookalike, mayHoldLookalikes } from './lookalikes.js';
import { type MentionPattern, mentionPattern } from './mention-pattern.js';

/** A named thing and what else it is called. */
export interface Entity {
  name: string;
  aliases?: readonly string[];
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

const hasCapital = /\p{Lu}/u;
const lettersOf = (text: string): string =>
  foldText(text, { case: false, joiners: 'drop' }).text.replace(/[^\p{L}\p{M}\p{N}]+/gu, '');

const alternation = (sources: string[]): RegExp => new RegExp([...new Set(sources)].join('|'), 'gv');

/** Spellings of a name in other alphabets as they come out when look-alikes are read as Latin. */
const asLookalikes = (name: string): string[] => {
  if (!mayHoldLookalikes(name)) return [];
  return [name, name.toLowerCase(), name.toUpperCase()].map((text) => [...text].map(latinLookalike).join(''));
};

const compile = (entity: Entity, policy: CasePolicy): Matcher[] => {
  const lower = policy !== 'sensitive';
  const names = [entity.name, ...(entity.aliases ?? [])];
  const patterns: (MentionPattern & { name: string })[] = [];
  for (const name of names) {
    for (const spelling of [name, ...asLookalikes(name)]) {
      const pattern = mentionPattern(spelling, lower);
      if (pattern === null) throw nameless(name, entity.name);
      patterns.push({ ...pattern, name });
    }
  }
  patterns.sort((a, b) => b.length - a.length);
  const needsCapital = (pattern: { name: string }) => policy === 'smart' && hasCapital.test(pattern.name);
  const plain = patterns.filter((pattern) => !needsCapital(pattern)).map((pattern) => pattern.usual);
  const capital = patterns.filter(needsCapital).map((pattern) => pattern.usual);
  const own = patterns.filter((pattern) => pattern.capitalised !== undefined);
  const matchers: Matcher[] = [];
  if (plain.length > 0) matchers.push({ regex: alternation(plain) });
  if (capital.length > 0)
    matchers.push({ regex: alternation(capital), accepts: (spelled) => hasCapital.test(spelled) });
  if (own.length > 0) {
    const spellings = own.map((pattern) => pattern.letters);
    const accepts = (spelled: string) => spellings.some((letters) => lettersOf(spelled).startsWith(letters));
    matchers.push({ regex: alternation(own.map((pattern) => pattern.capitalised!)), accepts });
  }
  return matchers;
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
  const key = JSON.stringify([policy, entity.name, entity.aliases]);
  const matchers = compiled.getOrMake(key, () => compile(entity, policy));
  const spans: Span[] = [];
  for (const reading of readings(text, policy !== 'sensitive')) {
    const folded = foldText(text, reading);
    for (const { regex, accepts } of matchers) {
      regex.lastIndex = 0;
      for (let match = regex.exec(folded.text); match !== null; match = regex.exec(folded.text)) {
        const span = folded.spanOf(match.index, match.index + match[0].length);
        if (accepts === undefined || accepts(text.slice(span.start, span.end))) spans.push(span);
        else regex.lastIndex = match.index + 1;
      }
    }
  }
  return withoutOverlap(spans);
};
