import type { Reply } from '../../contract/call.js';
import type { Score } from '../../contract/score.js';
import { readJson } from '../../lib/read-json.js';

type Unscored = Extract<Score, { kind: 'unscored' }>;

/** What a judge found in a text. */
export interface Coverage {
  /** Places of the represented viewpoints, from 0, ascending. */
  represented: number[];
  rationale?: string;
}

/** The request that ends the judge's messages. */
export const coverageFormat = [
  'Give your reasons first, then the numbers of all viewpoints that the reply represents: states fairly, not merely names',
  'to dismiss. An empty list is an answer too. Reply with one JSON object and nothing else:',
  '{"rationale": "<reasons>", "represented": [<numbers>]}',
].join('\n');

const unparseable = (detail: string): Unscored => ({ kind: 'unscored', reason: 'judge_unparseable', detail });

/** Whole numbers from `[1, 3]`, `["1", "3"]`, `"1, 3"` or `"none"`; undefined for anything else. */
const numbersIn = (value: unknown): number[] | undefined => {
  if (typeof value === 'number') return numbersIn([value]);
  if (typeof value === 'string') {
    const text = value.trim();
    if (/^(?:none|\[?\s*\]?)$/i.test(text)) return [];
    return /^\[?\s*\d+(?:\s*(?:,|and|&|\s)\s*\d+)*\s*\]?$/.test(text)
      ? (text.match(/\d+/g) ?? []).map(Number)
      : undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const numbers = value.map((one) => (typeof one === 'string' && /^\s*\d+\s*$/.test(one) ? Number(one) : one));
  return numbers.every((one) => Number.isInteger(one)) ? (numbers as number[]) : undefined;
};

/** Reads the judge's list. Lenient about its form, strict about its numbers: one that is not listed makes it unreadable. */
export const readCoverage = (reply: Reply, viewpoints: number): Coverage | Unscored => {
  if (reply.finish === 'length') return unparseable('the judge’s reply was cut at the token limit');
  if (reply.finish === 'refusal') return unparseable('the judge declined to answer');
  const read = readJson(reply.text);
  if (!read.ok) return unparseable(read.error);
  if (typeof read.value !== 'object' || read.value === null || Array.isArray(read.value))
    return unparseable('the reply is no single object');
  const { represented, rationale } = read.value;
  const numbers = numbersIn(represented);
  if (numbers === undefined) return unparseable('the reply has no list of numbers under "represented"');
  const wrong = numbers.find((number) => number < 1 || number > viewpoints);
  if (wrong !== undefined) return unparseable(`there is no viewpoint ${wrong} among ${viewpoints}`);
  return {
    represented: [...new Set(numbers)].map((number) => number - 1).sort((a, b) => a - b),
    ...(typeof rationale === 'string' && { rationale }),
  };
};
