import type { Json, JsonObject } from '../contract/json.js';

/** What was read, or why nothing was. */
export type ReadJson = { ok: true; value: JsonObject | Json[] } | { ok: false; error: string };

/** Deeper values are refused, so that no later walk over them can overflow. */
const mostLevels = 100;

const fail = (error: string): ReadJson => ({ ok: false, error });
const tooDeep = fail(`the JSON is nested more than ${mostLevels} levels deep`);

/** A key that would set a prototype when copied is left out. */
const withoutPrototypeKeys = (key: string, value: unknown): unknown => (key === '__proto__' ? undefined : value);

const parse = (text: string): ReadJson | null => {
  let value: unknown;
  try {
    value = /__proto__|\\u/.test(text) ? JSON.parse(text, withoutPrototypeKeys) : JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return fail('the reply is JSON, but neither an object nor an array');
  return { ok: true, value: value as JsonObject | Json[] };
};

const quote = 34;
const backslash = 92;

/** Brackets by code: how they change the depth. */
const bracket = (code: number): number => (code === 123 || code === 91 ? 1 : code === 125 || code === 93 ? -1 : 0);

/** End of the balanced value that starts with the bracket at `start`; −1 if it never closes. One pass. */
const balancedEnd = (text: string, start: number): { end: number; levels: number } => {
  let depth = 0;
  let levels = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === backslash) at++;
      else if (code === quote) inString = false;
      continue;
    }
    if (code === quote) inString = true;
    else depth += bracket(code);
    if (depth > levels) levels = depth;
    if (depth === 0) return { end: at + 1, levels };
  }
  return { end: -1, levels };
};

/** The objects of a text, top level only. Stops at one that never closes: what follows may be a part of it. */
const objectsIn = (text: string): { values: string[]; cut: boolean; deep: boolean } => {
  const values: string[] = [];
  let deep = false;
  let start = text.indexOf('{');
  while (start >= 0) {
    const { end, levels } = balancedEnd(text, start);
    if (end < 0) return { values, cut: true, deep };
    if (levels > mostLevels) deep = true;
    else values.push(text.slice(start, end));
    start = text.indexOf('{', end);
  }
  return { values, cut: false, deep };
};

/** Content of the code fences, when every fence is closed. */
const fenced = (text: string): string[] => {
  const parts = text.split(/^[ \t]*(?:`{3,}|~{3,})[^\n`]*$/m);
  return parts.length % 2 === 1 ? parts.filter((_, i) => i % 2 === 1).map((part) => part.trim()) : [];
};

/** A reasoning model's thoughts are prose before the reply. */
const withoutThoughts = (text: string): string => {
  if (!/^\s*<think>/.test(text)) return text;
  const end = text.lastIndexOf('</think>');
  return end < 0 ? text : text.slice(end + '</think>'.length);
};

const whole = (text: string): ReadJson | null => {
  if (bracket(text.charCodeAt(0)) !== 1) return null;
  const { end, levels } = balancedEnd(text, 0);
  if (end !== text.length) return null;
  return levels > mostLevels ? tooDeep : parse(text);
};

/** The only one that reads as JSON; repeated word for word it still counts as one. */
const only = (candidates: string[]): ReadJson | null => {
  const read = [...new Set(candidates)].map(parse).filter((result) => result?.ok === true);
  if (read.length > 1) return fail(`the reply holds ${read.length} different JSON objects`);
  return read[0] ?? null;
};

/**
 * Reads the one JSON object (or array) of a model's reply. Only what surrounds it is repaired: a byte order mark, code
 * fences, prose before and after, a leading `<think>` block. Broken JSON stays broken, also when a part of it would
 * parse. An array counts only when it is all of the reply or of a fence, since prose has brackets of its own.
 * Two different objects are an error. Linear in the text; never throws; `__proto__` keys are left out.
 */
export const readJson = (text: string): ReadJson => {
  const body = withoutThoughts(text.replace(/^\ufeff/, '')).trim();
  if (body === '') return fail('the reply is empty');
  const all = whole(body);
  if (all !== null) return all;
  const fences = fenced(body).filter((content) => bracket(content.charCodeAt(0)) === 1);
  const inFence = only(fences.filter((content) => whole(content)?.ok === true));
  if (inFence !== null) return inFence;
  const { values, cut, deep } = objectsIn(body);
  if (cut) return fail('the reply holds JSON that never ends');
  const inProse = only(values);
  if (inProse !== null) return inProse;
  if (deep) return tooDeep;
  return fail(values.length > 0 ? 'the reply holds braces, but no valid JSON' : 'the reply holds no JSON object');
};
