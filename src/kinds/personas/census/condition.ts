import type { DataNode } from './data-node.js';

/** Attributes of a person while it is put together. */
export interface Attributes {
  [attribute: string]: unknown;
}

/** True if a person meets what a rule, a group or an entry of a list asks. */
export type Condition = (attributes: Attributes) => boolean;

type Test = (value: unknown) => boolean;

const KEYS = ['is', 'not', 'contains', 'lacks', 'from', 'below'] as const;
/** Texts whose answer is remembered, by attribute of a condition. Beyond it, answers are worked out each time. */
const MOST_REMEMBERED = 4096;

/**
 * Reads a mapping of attribute → what its value must be; all of them must hold.
 *
 * - `is`, `not`: a text or a list of texts, compared whole, without regard to case
 * - `contains`, `lacks`: a text or a list of texts, each compared with every place of the value where a word begins
 * - `from`, `below`: bounds of the first number in the value: from ≤ number < below
 * - a text or a list of texts instead of a mapping means `is`
 *
 * An attribute that the person does not have meets no condition: what is unknown breaks no rule.
 */
export function readCondition(node: DataNode): Condition {
  const entries = node.entries();
  const attributes = entries.map(([attribute]) => attribute);
  const tests = entries.map(([, asked]) => readTest(asked));
  if (tests.length === 0) node.fail('WRONG_VALUE', 'a condition must name at least one attribute');
  const count = tests.length;
  return (person) => {
    for (let i = 0; i < count; i++) {
      const value = person[attributes[i]!];
      if (value === undefined || !tests[i]!(value)) return false;
    }
    return true;
  };
}

function readTest(node: DataNode): Test {
  const test = typeof node.value === 'object' && !Array.isArray(node.value) ? readParts(node) : isOneOf(node.texts());
  const known = new Map<unknown, boolean>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const answer = test(value);
    if (known.size < MOST_REMEMBERED) known.set(value, answer);
    return answer;
  };
}

function readParts(node: DataNode): Test {
  const tests = node.entries(KEYS).map(([key, asked]) => readPart(key, asked));
  if (tests.length === 0) node.fail('WRONG_VALUE', `give at least one of ${KEYS.join(', ')}`);
  return (value) => tests.every((test) => test(value));
}

function readPart(key: string, node: DataNode): Test {
  if (key === 'from' || key === 'below') {
    const bound = node.number();
    return (value) => {
      const number = firstNumber(value);
      return number !== undefined && (key === 'from' ? number >= bound : number < bound);
    };
  }
  if (!KEYS.some((known) => known === key)) return () => false;
  const test = key === 'is' || key === 'not' ? isOneOf(node.texts()) : containsOneOf(node.texts());
  return key === 'is' || key === 'contains' ? test : (value) => !test(value);
}

function isOneOf(texts: string[]): Test {
  const folded = new Set(texts.map((text) => text.toLowerCase()));
  return (value) => folded.has(String(value).toLowerCase());
}

function containsOneOf(texts: string[]): Test {
  const parts = texts.map((text) => text.toLowerCase());
  return (value) => {
    const text = String(value).toLowerCase();
    return parts.some((part) => beginsAWord(text, part));
  };
}

function beginsAWord(text: string, part: string): boolean {
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]!)) return true;
  }
  return false;
}

/** First number of a value, with a thousands separator and a sign: `"$49,500"` is 49500. */
export function firstNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const match = /(-\s*\$?\s*)?(\d[\d,]*(?:\.\d+)?)/.exec(String(value));
  if (match === null) return undefined;
  return Number(match[2]!.replaceAll(',', '')) * (match[1] === undefined ? 1 : -1);
}
