import type { FailureReason, Finish, TokenChoice } from './call.js';
import type { Json, JsonObject } from './json.js';
import type { Message } from './message.js';
import type { Persona } from './persona.js';
import type { Item } from './prompt-suite.js';
import type { Score } from './score.js';

/** How a cell ended, each variant with its facts. */
export type Outcome =
  | { kind: 'answered' }
  /** The endpoint declined; `text` is what it said, if anything. */
  | { kind: 'refused'; step: string; text: string }
  | { kind: 'failed'; step: string; reason: FailureReason; message: string; attempts: number }
  | { kind: 'skipped'; reason: 'budget' | 'interrupted' | 'endpoint_down'; message: string };

/** What one step of a cell gave. */
export interface StepOutput {
  text: string;
  finish: Finish;
  /** Fields of the parsed reply. Absent for plain text, and when parsing failed. */
  fields?: JsonObject;
  /** First tokens of `text`, where the provider reports them. */
  logprobs?: TokenChoice[];
  /** Why the reply could not be parsed. */
  parseError?: string;
}

/** One point of the matrix, looked up. */
export interface Cell {
  /** 0 … cells−1; the identity of a cell within its plan. */
  ordinal: number;
  item: Item;
  persona: Persona | null;
  /** Another persona of the set, never the same one: the shuffled control. Null without two personas. */
  other: Persona | null;
  /** Arm id and its fields as written (templates not yet rendered). */
  arm: { id: string; fields: JsonObject };
  /** Index into the plan's providers. */
  provider: number;
  repeat: number;
}

/** One executed cell. */
export interface Trial {
  cell: Cell;
  outcome: Outcome;
  /** By step id; steps that did not run are missing. */
  outputs: { [step: string]: StepOutput };
  /** Grader id → score, in the eval's order. */
  scores: { [grader: string]: Score };
}

/** A trial as a person reads it: re-rendered from plan and record. */
export interface Transcript {
  cell: number;
  provider: string;
  arm: string;
  item: JsonObject;
  persona: { id: string; attributes: { [attribute: string]: Json } } | null;
  repeat: number;
  outcome: Outcome;
  steps: {
    id: string;
    role: string;
    messages: Message[];
    reply: string | null;
    finish: Finish | null;
    parseError?: string;
    tokens: { input: number; output: number } | null;
  }[];
  scores: { grader: string; of: string; graded: string; score: Score }[];
}
