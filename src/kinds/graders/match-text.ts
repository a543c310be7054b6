import { EvalrunError } from '../../contract/problem.js';
import type { Span } from '../../contract/score.js';
import { foldCase } from '../../lib/fold-case.js';
import { findAll, quoteForSafeRegex, safeRegex } from '../../lib/safe-regex.js';

/** What a test found in a text. */
export interface Found {
  found: boolean;
  evidence: Span[];
  rationale?: string;
}

/** A compiled criterion. */
export type Test = (text: string) => Found;

const mostEvidence = 20;

const occurrences = (text: string, wanted: string, ignoreCase: boolean): Span[] => {
  const folded = foldCase(text, ignoreCase);
  const needle = foldCase(wanted, ignoreCase).text;
  const spans: Span[] = [];
  if (needle === '') return spans;
  for (
    let at = folded.text.indexOf(needle);
    at >= 0 && spans.length < mostEvidence;
    at = folded.text.indexOf(needle, at + needle.length)
  ) {
    spans.push(folded.spanOf(at, at + needle.length));
  }
  return spans;
};

/** Whether any (or all) of the texts are there. An empty one, from a template, is nowhere. */
export const testTexts =
  (wanted: string[], how: { all: boolean; ignoreCase: boolean }): Test =>
  (text) => {
    const places = wanted.map((one) => occurrences(text, one, how.ignoreCase));
    const there = (spans: Span[]) => spans.length > 0;
    const evidence = places
      .flat()
      .sort((a, b) => a.start - b.start)
      .slice(0, mostEvidence);
    return { found: how.all ? places.every(there) : places.some(there), evidence };
  };

/** Whether the text is this one, white space around either left out. */
export const testEquals = (wanted: string, ignoreCase: boolean): Test => {
  const target = foldCase(wanted.trim(), ignoreCase).text;
  return (text) => {
    const found = foldCase(text.trim(), ignoreCase).text === target;
    const start = text.length - text.trimStart().length;
    return { found, evidence: found && text.trim() !== '' ? [{ start, end: start + text.trim().length }] : [] };
  };
};

/** Whether the pattern matches somewhere. @throws EvalrunError BAD_REGEX */
export const testRegex = (pattern: string, ignoreCase: boolean): Test => {
  const regex = safeRegex(pattern, ignoreCase);
  return (text) => {
    const { found, spans } = findAll(regex, text, mostEvidence);
    return { found, evidence: spans };
  };
};

/**
 * A pattern with its `{{ … }}` replaced by the literal of their values, so that no value is read as a pattern.
 * @throws EvalrunError BAD_REGEX for a pattern with `{% … %}`
 */
export const renderPattern = (pattern: string, render: (template: string) => string): string => {
  if (pattern.includes('{%')) {
    throw new EvalrunError('BAD_REGEX', 'a pattern cannot hold {% … %}', { hint: 'Insert values with {{ … }} only.' });
  }
  return pattern.replace(/\{\{[^{}]*\}\}/g, (output) => quoteForSafeRegex(render(output)));
};
