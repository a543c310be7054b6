import type { Reply } from '../../contract/call.js';
import type { Json, JsonObject } from '../../contract/json.js';
import type { Score } from '../../contract/score.js';
import { readJson } from '../../lib/read-json.js';

/** What a judge said. */
export interface Judgement {
  /** One of the labels, as the rubric writes it. */
  verdict: string;
  /** 0–100; absent where the judge gave none that can be read. */
  confidence?: number;
  rationale?: string;
  /** Words that it says decide, in its order, at most `mostQuotes`; empty where it gave none. */
  quotes: string[];
}

/** More quotes than this decide nothing. */
const mostQuotes = 50;

type Unscored = Extract<Score, { kind: 'unscored' }>;

const unparseable = (detail: string): Unscored => ({ kind: 'unscored', reason: 'judge_unparseable', detail });

/** Labels are told apart by their letters and digits alone: `Needs revision.` is `needs_revision`. */
export const plainLabel = (label: string): string =>
  label
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .replace(/^[\s"'“”‘’`*<(.[]+|[\s"'“”‘’`*>).,!:;\]]+$/g, '');

/** Own value under a key, whatever its case. */
const field = (value: JsonObject, key: string): Json | undefined => {
  if (Object.hasOwn(value, key)) return value[key];
  const found = Object.keys(value).find((name) => name.trim().toLowerCase() === key);
  return found === undefined ? undefined : value[found];
};

const asText = (value: Json | undefined): string | undefined => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return undefined;
};

/** 0–100 from `85`, `"85"`, `"85 %"`, `0.85`. One is taken as certain: judges that use fractions write it, others do not. */
const readConfidence = (value: Json | undefined): number | undefined => {
  const text = asText(value)
    ?.trim()
    .replace(/\s*(?:%|\/\s*100|percent)$/i, '');
  if (text === undefined || !/^\d+(?:\.\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  const percent = number > 0 && number <= 1 ? number * 100 : number;
  return percent <= 100 ? Math.round(percent) : undefined;
};

const readRationale = (value: Json | undefined): string | undefined => {
  if (Array.isArray(value)) return value.map((part) => asText(part) ?? JSON.stringify(part)).join('\n');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : asText(value);
};

/** Texts of a list, or one text. */
const readQuotes = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value : [value])
    .filter((one) => typeof one === 'string')
    .filter((one) => one.trim() !== '')
    .slice(0, mostQuotes);

/** Reads a judge's reply. Lenient about form (fences, prose, case, quotes), strict about the verdict. */
export const readJudgement = (reply: Reply, labels: readonly string[]): Judgement | Unscored => {
  if (reply.finish === 'length') return unparseable('the judge’s reply was cut at the token limit');
  if (reply.finish === 'refusal') return unparseable('the judge declined to answer');
  const read = readJson(reply.text);
  if (!read.ok) return unparseable(read.error);
  const [only] = Array.isArray(read.value) && read.value.length === 1 ? read.value : [read.value];
  if (typeof only !== 'object' || only === null || Array.isArray(only))
    return unparseable('the reply is no single object');
  const said = asText(field(only, 'verdict'));
  if (said === undefined) return unparseable('the reply has no verdict');
  const verdict = labels.find((label) => plainLabel(label) === plainLabel(said));
  if (verdict === undefined)
    return unparseable(`${JSON.stringify(said.slice(0, 80))} is none of: ${labels.join(', ')}`);
  const confidence = readConfidence(field(only, 'confidence'));
  const rationale = readRationale(field(only, 'rationale'));
  return {
    verdict,
    quotes: readQuotes(field(only, 'quotes')),
    ...(confidence === undefined ? {} : { confidence }),
    ...(rationale === undefined ? {} : { rationale }),
  };
};
