import type { Json, JsonObject } from './json.js';
import type { PersonaSet } from './persona.js';
import type { PromptSuite } from './prompt-suite.js';

/** A named prompting condition. Every string in `fields` is a template, rendered once per cell. */
export interface Arm {
  id: string;
  fields: JsonObject;
}

/**
 * One line of a step's conversation. Exactly one of `system`, `user`, `assistant` (templates) and
 * `turns` (path of a list of turns, inserted as they are) is present.
 */
export interface MessageSpec {
  system?: string;
  user?: string;
  assistant?: string;
  turns?: string;
  /** With `turns`: paths of a text that is put before the user's first turn, or before each of them. */
  beforeFirst?: string;
  beforeEach?: string;
  /** Path; the line is sent only if its value is neither missing, null, false nor empty. */
  when?: string;
  /** Path; the line is left out if its value is neither missing, null, false nor empty. */
  unless?: string;
}

/** How a step's reply is read. */
export type ReplyParser =
  | { kind: 'text' }
  /** One JSON object; each of `fields` must be present. Types are words or JSON Schemas. */
  | { kind: 'json'; fields: { [field: string]: Json } }
  /** One of the listed options, alone or as the only one named in the reply. */
  | { kind: 'choice'; options: string[] };

/** Who says a looped step's reply in the conversation of its loop. */
export interface Says {
  as: 'user' | 'assistant';
  /** Field of the parsed reply that is said. Absent: the whole text. */
  field?: string;
}

/** The round of a loop that a step belongs to. Loops are unrolled when an eval is loaded. */
export interface LoopRound {
  /** Name of the loop; its conversation is `loops.<name>`. */
  loop: string;
  /** From 1. */
  round: number;
  /** Id as written: names the latest output of all rounds. */
  step: string;
  says?: Says;
  /** On the first step of each round but the first: the loop ends unless this path is present, or if it is. */
  while?: string;
  until?: string;
}

/** One model call of a cell's little program. */
export interface Step {
  /** Of a looped step: with the number of its round, `reply_2`. */
  id: string;
  /** `subject` is the provider under test; other roles are filled by the config. */
  role: string;
  messages: MessageSpec[];
  parse: ReplyParser;
  when?: string;
  unless?: string;
  round?: LoopRound;
}

/** A grader of an eval: its kind's options plus these. */
export interface GraderSpec {
  id: string;
  kind: string;
  /** What is graded: a step's id (its text) or `step.field` (a field of its parsed reply). */
  of: string;
  /** Score that a refused cell gets instead of `unscored`. */
  whenRefused?: number;
  /** Score that a cell gets whose graded reply could not be parsed, instead of `unscored`. */
  whenUnparseable?: number;
  /** Options of the kind, validated against its schema. */
  options: JsonObject;
}

/** Which way is good. `none` for descriptive metrics. */
export type Better = 'higher' | 'lower' | 'none';

/** A field whose values form groups; numbers may be cut into bands. */
export interface GroupBy {
  field: string;
  /** Ascending lower ends: `[18, 35]` makes `<18`, `18–34` and `35+`. */
  bands?: number[];
}

/** A field with those of its values, or that closed range of its numbers, that count. */
export interface Condition {
  field: string;
  values?: (string | number | boolean)[];
  from?: number;
  to?: number;
}

/** Pairs for which every condition holds, as one group. */
export interface Intersection {
  name: string;
  where: Condition[];
}

/** One number per provider and arm, and per group of each field in `by`. */
export interface MetricSpec {
  id: string;
  kind: string;
  title?: string;
  /** Id of the grader whose scores it summarises. */
  of: string;
  better: Better;
  /** Metric as written and number of the round, of one that is given for each round of a loop. */
  round?: { metric: string; number: number };
  /** Cluster fields for the interval, at most two, e.g. `['persona.id', 'item.id']`. */
  clusters: string[];
  /** Fields by which groups are formed, e.g. `item.domain`. */
  by: GroupBy[];
  /** Groups by several fields at once. Absent: none. */
  intersections?: Intersection[];
  options: JsonObject;
}

/** A paired difference between two arms (or two metrics): mean over matched cells of (of − against). */
export interface ContrastSpec {
  name: string;
  metric: string;
  of: string;
  against: string;
  /** Metric on the side of `against`, where it is not the same. Both must have the same unit. */
  againstMetric?: string;
}

/** A number that relates two arms by one metric, beyond their difference. */
export interface RelationSpec {
  name: string;
  kind: string;
  metric: string;
  of: string;
  against: string;
  options: JsonObject;
}

/** Which number is the control of which headline. */
export interface ControlSpec {
  for: { metric: string; arm: string };
  is: { metric: string; arm: string };
}

/** A filter of preference pairs: its kind's options, as the kind froze them. */
export interface FilterSpec {
  kind: string;
  options: JsonObject;
}

/** Which pairs stay together, and how many go where. */
export interface SplitSpec {
  /** Path of a value; all pairs that have the same go to one split. */
  by: string;
  /** Share of the values, 0–1. */
  validation: number;
  test: number;
}

/** How cells become preference pairs. `instruction`, `persona` and `system` are templates. */
export interface PairsSpec {
  /** Exactly one of `instruction` and `prompt` is present. */
  instruction?: string;
  /** Path of a list of turns, e.g. `item.dialogue`. */
  prompt?: string;
  /** `step`, `step.field`, or the path of a text of the item, e.g. `item.reply`. */
  rejected: string;
  chosen: string;
  persona?: string;
  /** System message before the instruction, so that the person can be seen by what is trained. */
  system?: string;
  /** Grader: 1 where the chosen text is preferred. Absent: nobody ranked the pair. */
  preferred?: string;
  /** Name → grader of the same pair for somebody else. */
  controls: { [name: string]: string };
  /** Absent: by persona and question. */
  split?: SplitSpec;
  /** In the order in which they are asked. Absent: none. */
  filters?: FilterSpec[];
}

/** How items and personas are paired. Ignored without personas. */
export type Design = { kind: 'crossed' } | { kind: 'zip' } | { kind: 'balanced'; promptsPerPersona: number };

/** What is measured: everything that would break comparability if it changed. */
export interface EvalSpec {
  id: string;
  title: string;
  description?: string;
  version: number;
  source?: Json;
  items: PromptSuite;
  personas: PersonaSet | null;
  design: Design;
  arms: Arm[];
  steps: Step[];
  graders: GraderSpec[];
  metrics: MetricSpec[];
  contrasts: ContrastSpec[];
  controls: ControlSpec[];
  /** Absent for evals that state none. */
  relations?: RelationSpec[];
  /** Absent for evals that make no pairs. */
  pairs?: PairsSpec;
}
