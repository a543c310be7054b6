import { escapeRegex } from './escape-regex.js';
import { foldText } from './fold-text.js';
import { type InflectedLanguage, inflected } from './inflect.js';
import { boundaryAfter, boundaryBefore } from './word-boundary.js';

/** What a name looks like in a text that `foldText` has folded. Sources of regular expressions, flag `v`. */
export interface MentionPattern {
  /** The name with its inflections and the usual ways to join or part its words. */
  usual: string;
  /**
   * Spellings that count only with the name's own capitals, since they could be other words without them:
   * `Face Time` for FaceTime, `GoPro` for Go Pro. Absent if there are none.
   */
  capitalised?: string;
  /** Letters and digits of the name, folded but for case. */
  letters: string;
  /** Length by which alternatives are ordered, longest first. */
  length: number;
}

/** What a name is compiled for. */
export interface WordForm {
  /** The text is folded to lower case. */
  lower: boolean;
  /** Whose inflections count; undefined: none. */
  language: InflectedLanguage | undefined;
}

type Token = { word: string } | { gap: string };

const emphasis = '[*_]{0,3}';
/** A hyphen, or spaces with at most one line break. Each text can be read in one way only, so that nothing is tried twice. */
const seen = `(?:-(?:\\r?\\n|\\s)?|(?=\\s)[^\\S\\n]{0,8}(?:\\n[^\\S\\n]{0,8})?)${emphasis}`;
const visibleGap = emphasis + seen;
/** Any usual way to join two words of a name; also nothing. */
const anyGap = `${emphasis}(?:${seen})?`;
const and = '\\s?(?:&(?:amp;)?|and(?![A-Za-z0-9]))\\s?';

const isWord = /[\p{L}\p{M}\p{N}]/u;
const hump = /(?<=\p{Ll})(?=\p{Lu})/u;
const letterDigit = /(?<=\p{L})(?=\p{Nd})/u;

const tokensOf = (name: string): Token[] =>
  (name.match(/[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+/gu) ?? []).map((part) =>
    isWord.test(part) ? { word: part } : { gap: part },
  );

/** Words that also stand alone in English, so that "a team" is no A-Team. */
const isArticle = (word: string): boolean => /^[aio]$/i.test(word);

/** Words that make another word when written together with the next: "The Rapist". */
const joinsBadly = (left: string, right: string): boolean =>
  (Math.min(left.length, right.length) < 3 && !/\p{Nd}/u.test(left + right)) || /^(?:the|for|out|not|and)$/i.test(left);

/** Gap of spaces and hyphens between two words of a name. */
const plainGap = (gap: string, left: string, right: string): { usual: string; capitalised: string } => {
  if (/\p{Nd}$/u.test(left) && /^\p{Nd}/u.test(right)) return { usual: visibleGap, capitalised: visibleGap };
  if (gap.includes('-')) {
    return isArticle(left) || isArticle(right)
      ? { usual: '-?', capitalised: anyGap }
      : { usual: anyGap, capitalised: anyGap };
  }
  return { usual: joinsBadly(left, right) ? visibleGap : anyGap, capitalised: anyGap };
};

/** Signs between (or around) words. `letters`: how many the name has in all; a short one keeps all of its signs. */
const signsOf = (gap: string, at: 'start' | 'inside' | 'end', letters: number): string => {
  const inside = at === 'inside';
  if (at === 'end' && gap === '.') return '\\.?';
  let out = '';
  for (const part of gap.match(/\s*&\s*|[\s-]+|[^\s&-]/gu) ?? []) {
    if (part.trim() === '&' && inside) out += and;
    else if (/^[\s-]+$/.test(part)) out += inside ? anyGap : escapeRegex(part);
    else if (part === "'" && letters > 2) out += "'?";
    else if (part === '.' && inside && letters > 2) out += gap === '.' ? `\\.?${anyGap}` : '\\.?';
    else out += escapeRegex(part);
  }
  return out;
};

/** A word whose inner joints are filled: `GPT-4` for GPT4, `Play-Station` for PlayStation, with `open` also `Play Station`. */
const wordPattern = (word: string, how: WordForm & { last: boolean; open: boolean }): string => {
  const humps = word.split(hump).map((part) => part.split(letterDigit));
  const pieceOf = (part: string, ends: boolean) =>
    ends ? inflected(part, how.lower, how.language) : escapeRegex(how.lower ? part.toLowerCase() : part);
  return humps
    .map((parts, h) =>
      parts
        .map((part, i) => {
          const ends = how.last && h === humps.length - 1 && i === parts.length - 1;
          if (i === parts.length - 1) return pieceOf(part, ends);
          // "A 4" may be an article and a number, "PS 5" may not.
          return pieceOf(part, ends) + (/\p{L}{2}$/u.test(part) ? '(?:-|[^\\S\\n])?' : '-?');
        })
        .join(''),
    )
    .join(how.open ? anyGap : '-?');
};

interface Draft {
  usual: string;
  capitalised: string;
}

const addToken = (
  draft: Draft,
  tokens: Token[],
  at: number,
  context: WordForm & { letters: number; lastWord: number },
) => {
  const token = tokens[at]!;
  if ('word' in token) {
    // The s of McDonald's takes no further plural.
    const ownS =
      at === context.lastWord && at > 1 && /^s$/i.test(token.word) && (tokens[at - 1] as { gap?: string }).gap === "'";
    const last = at === context.lastWord && !ownS;
    // Adjectives of a German name: die Deutsche Bahn, der Deutschen Bahn.
    const adjective = context.language === 'de' && at < context.lastWord && /\p{L}{3}e$/u.test(token.word);
    const ending = adjective ? '[mnrs]?' : '';
    draft.usual += wordPattern(token.word, { ...context, last, open: false }) + ending;
    draft.capitalised += wordPattern(token.word, { ...context, last, open: true }) + ending;
    return;
  }
  const left = tokens[at - 1];
  const right = tokens[at + 1];
  if (left !== undefined && right !== undefined && 'word' in left && 'word' in right && /^[\s-]+$/.test(token.gap)) {
    const gap = plainGap(token.gap, left.word, right.word);
    draft.usual += gap.usual;
    draft.capitalised += gap.capitalised;
    return;
  }
  if (token.gap === "'" && left !== undefined && 'word' in left && left.word.length === 1 && context.letters > 2) {
    // LOreal is L'Oréal, but the plural of a name without its apostrophe would be another name.
    const rest =
      right !== undefined && 'word' in right ? escapeRegex(context.lower ? right.word.toLowerCase() : right.word) : '';
    const elided = at + 1 === context.lastWord && rest !== '' ? `(?:'|(?!${rest}s))` : "'?";
    draft.usual += elided;
    draft.capitalised += elided;
    return;
  }
  const place = left === undefined ? 'start' : right === undefined ? 'end' : 'inside';
  const signs = signsOf(token.gap, place, context.letters);
  draft.usual += signs;
  draft.capitalised += signs;
};

/**
 * Compiles one name. All repetition in the result is bounded, so that a
 * search is linear in the text.
 * @returns null for a name without a letter or digit.
 */
export const mentionPattern = (name: string, form: WordForm): MentionPattern | null => {
  const cased = foldText(name.trim(), { case: false }).text.trim();
  const tokens = tokensOf(cased);
  const letters = tokens.map((token) => ('word' in token ? token.word : '')).join('');
  if (letters === '') return null;
  const count = [...letters].length;
  const lastWord = tokens.findLastIndex((token) => 'word' in token);
  const draft: Draft = { usual: '', capitalised: '' };
  for (let at = 0; at < tokens.length; at++) addToken(draft, tokens, at, { ...form, letters: count, lastWord });
  const first = [...cased][0]!;
  const endsInOptionalSign = /['.]$/.test(cased) && count > 2;
  const last = endsInOptionalSign ? [...letters].at(-1)! : [...cased].at(-1)!;
  const bound = (body: string) =>
    `${boundaryBefore(first === "'" && count > 2 ? [...letters][0]! : first, count)}${body}${boundaryAfter(last, count)}`;
  const usual = bound(draft.usual);
  const capitalised = bound(draft.capitalised);
  return { usual, letters, length: cased.length, ...(capitalised === usual ? {} : { capitalised }) };
};
