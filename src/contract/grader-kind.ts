import type { TSchema } from 'typebox';
import type { Reply, TokenChoice } from './call.js';
import type { GraderSpec } from './eval-spec.js';
import type { JsonObject } from './json.js';
import type { Message } from './message.js';
import type { Scale, Score } from './score.js';
import type { Trial } from './trial.js';

/** What a grader sees of a cell. */
export interface GradeInput {
  trial: Trial;
  /** The graded text: `of` looked up. */
  text: string;
  /** First tokens of `text`, where it is all of a reply and the provider reports them. */
  logprobs?: TokenChoice[];
  /** Value at a path such as `item.pink` or `persona.age`; undefined if there is none. */
  lookup(path: string): unknown;
  /** Renders a template of the eval's author with the cell's values; `extra` adds names or hides others. */
  render(template: string, extra?: Record<string, unknown>): string;
  /**
   * Asks the model in a role. Recorded and shared like every call.
   * @throws CallFailure when no reply could be had.
   */
  ask(role: string, messages: Message[]): Promise<Reply>;
}

/** A compiled grader. Pure but for `ask`. */
export interface Grader {
  grade(input: GradeInput): Score | Promise<Score>;
  /**
   * Of graders that read no text, only the scores of the graders before them: asked instead of `grade`, also where there
   * is no text to be graded or the cell was not answered.
   */
  ofScores?(scores: Trial['scores']): Score;
}

/** Another grader of the same eval, as a kind may look at it while its options are checked. */
export interface NamedGrader {
  of: string;
  scale: Scale;
  /** Labels that its scores carry, where they are known beforehand. */
  labels?: readonly string[];
  /** Whether it asks a model. */
  asks: boolean;
}

/** A value of the data that an eval runs on. */
export interface WrittenValue {
  value: unknown;
  /** What has it, e.g. `item "nikon-canon-1"`. */
  owner: string;
  /** Position of its owner: two paths with the same root give values of the same owners at the same positions. */
  index: number;
  /** Reports a problem where the value is written, at a path inside it, e.g. `['aliases', 1]`. */
  problem(code: string, path: (string | number)[], message: string, hint?: string): void;
}

/** What a kind may ask while its options are checked. */
export interface GraderCheck {
  /** Reports a problem at a path inside the grader's own YAML, e.g. `['regex']`. */
  problem(code: string, path: (string | number)[], message: string, hint?: string): void;
  /** Checks that a path such as `item.pink` exists for every cell. */
  path(value: string, at: (string | number)[]): void;
  /** Values at a path that begins with `item` or `arm`, of every item or arm; none at any other path. */
  values(path: string): Iterable<WrittenValue>;
  /** Checks a template's variables. `extra`: names that the grader itself gives to `render`. */
  template(value: string, at: (string | number)[], extra?: readonly string[]): void;
  /** Checks that there is an output such as `reply` (a step's id) or `reply.answer` (a field of its parsed reply). */
  output(value: string, at: (string | number)[]): void;
  /** Checks that a role is known; a role that no provider fills is reported by the config. */
  role(value: string, at: (string | number)[]): void;
  /** What this grader itself grades, as written. */
  readonly of: string;
  /**
   * Checks that another grader exists; `earlier`: that it stands before this one.
   * @returns undefined where a problem was reported, or where the other's own keys are not in order
   */
  grader(id: string, at: (string | number)[], how: { earlier: boolean }): NamedGrader | undefined;
}

/** What turns outputs into scores. Adding one means adding one file and one line in the registry. */
export interface GraderKind {
  readonly kind: string;
  /** Bumped when a published score could move. */
  readonly version: number;
  readonly options: TSchema;
  scale(options: JsonObject): Scale;
  /** Labels that scores of a scale without labels carry beside their value; absent where there are none. */
  labels?(options: JsonObject): string[];
  /** Of judges: id of the grader without a model that its judgements are held against. */
  rule?(options: JsonObject): string | undefined;
  /** Roles that it asks. */
  roles(options: JsonObject): string[];
  /** A kind of rules that asks only where they do not decide: it is no judge, and plans cannot count what it asks. */
  readonly asksWhereUnsure?: true;
  check?(options: JsonObject, check: GraderCheck): void;
  create(spec: GraderSpec): Grader | Promise<Grader>;
}
