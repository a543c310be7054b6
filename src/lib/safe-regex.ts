import { RE2JS } from 're2js';
import { EvalrunError } from '../contract/problem.js';
import type { Span } from '../contract/score.js';
import { BoundedCache } from './bounded-cache.js';

const compiled = new BoundedCache<RE2JS>(256);

/** The text as a literal of `safeRegex`. */
export const quoteForSafeRegex = (text: string): string => RE2JS.quote(text);

/**
 * A regular expression in RE2's language (no back-references, no look-around): time linear in the text, whatever the
 * pattern. Kept by pattern.
 * @throws EvalrunError BAD_REGEX
 */
export const safeRegex = (pattern: string, ignoreCase = false): RE2JS =>
  compiled.getOrMake(`${ignoreCase ? 'i' : '-'}${pattern}`, () => {
    try {
      return RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    } catch (cause) {
      throw new EvalrunError('BAD_REGEX', cause instanceof Error ? cause.message : String(cause), {
        hint: 'Patterns are RE2: no back-references and no look-around; see https://github.com/google/re2/wiki/Syntax.',
        cause,
      });
    }
  });

/** Whether and where a pattern matches; at most `most` places, those without a length left out. */
export const findAll = (regex: RE2JS, text: string, most: number): { found: boolean; spans: Span[] } => {
  const matcher = regex.matcher(text);
  const spans: Span[] = [];
  let found = false;
  while (spans.length < most && matcher.find()) {
    found = true;
    if (matcher.end() > matcher.start()) spans.push({ start: matcher.start(), end: matcher.end() });
  }
  return { found, spans };
};
