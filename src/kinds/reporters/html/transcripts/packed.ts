import type { Json } from '../../../../contract/json.js';
import type { Outcome, Transcript } from '../../../../contract/trial.js';

/**
 * Transcripts as they travel inside the page: every string once, rows refer to it by its number. Chunks are unpacked in
 * order, each adds its strings to those before it.
 */
export interface Chunk {
  strings: string[];
  rows: PackedRow[];
}

/** Number of a string; −1 for none. */
export type Ref = number;

export interface PackedRow {
  cell: number;
  provider: Ref;
  arm: Ref;
  repeat: number;
  /** Id of the item, and the whole item as JSON. */
  item: [id: Ref, json: Ref];
  persona: [id: Ref, attributesJson: Ref] | null;
  outcome: Outcome;
  steps: PackedStep[];
  scores: PackedScore[];
}

export interface PackedStep {
  id: Ref;
  role: Ref;
  messages: [role: Ref, content: Ref][];
  reply: Ref;
  finish: Ref;
  parseError: Ref;
  tokens: { input: number; output: number } | null;
}

export interface PackedScore {
  grader: Ref;
  of: Ref;
  graded: Ref;
  /** Null when unscored. */
  value: number | null;
  /** Verdict in words, or the reason of an unscored one. */
  label: Ref;
  /** Rationale, or the detail of an unscored one. */
  words: Ref;
  confidence?: number;
  orderConsistent?: boolean;
  /** Start and end, one after the other. */
  evidence?: number[];
}

/** A longer text is cut, with a remark: the page is for reading, the record keeps all. */
export const longestText = 40_000;

/** Packs one transcript; `ref` numbers a string. */
export function packTranscript(transcript: Transcript, ref: (text: string) => Ref): PackedRow {
  const maybe = (text: string | null | undefined) => (text === null || text === undefined ? -1 : ref(cut(text)));
  return {
    cell: transcript.cell,
    provider: ref(transcript.provider),
    arm: ref(transcript.arm),
    repeat: transcript.repeat,
    item: [ref(String(transcript.item.id ?? '')), maybe(JSON.stringify(transcript.item))],
    persona: transcript.persona && [ref(transcript.persona.id), maybe(JSON.stringify(transcript.persona.attributes))],
    outcome: shortOutcome(transcript.outcome),
    steps: transcript.steps.map((step) => ({
      id: ref(step.id),
      role: ref(step.role),
      messages: step.messages.map(({ role, content }) => [ref(role), maybe(content)]),
      reply: maybe(step.reply),
      finish: maybe(step.finish),
      parseError: maybe(step.parseError),
      tokens: step.tokens,
    })),
    scores: transcript.scores.map((score) => packScore(score, ref, maybe)),
  };
}

function packScore(
  { grader, of, graded, score }: Transcript['scores'][number],
  ref: (text: string) => Ref,
  maybe: (text: string | undefined) => Ref,
): PackedScore {
  const common = { grader: ref(grader), of: ref(of), graded: maybe(graded) };
  if (score.kind === 'unscored')
    return { ...common, value: null, label: ref(score.reason), words: maybe(score.detail) };
  const { value, label, rationale, confidence, orderConsistent, evidence } = score;
  return {
    ...common,
    value,
    label: maybe(label),
    words: maybe(rationale),
    ...(confidence === undefined ? {} : { confidence }),
    ...(orderConsistent === undefined ? {} : { orderConsistent }),
    ...(evidence === undefined ? {} : { evidence: evidence.flatMap(({ start, end }) => [start, end]) }),
  };
}

function shortOutcome(outcome: Outcome): Outcome {
  if (outcome.kind === 'refused') return { ...outcome, text: cut(outcome.text) };
  return 'message' in outcome ? { ...outcome, message: cut(outcome.message) } : outcome;
}

function cut(text: string): string {
  if (text.length <= longestText) return text;
  return `${text.slice(0, longestText).toWellFormed()}\n[… cut in this page: ${text.length} characters in all]`;
}

/** Reads back an item or a persona's attributes; what was cut is shown as the text it is. */
export function unpackJson(json: string): Json {
  try {
    return JSON.parse(json) as Json;
  } catch {
    return json;
  }
}
