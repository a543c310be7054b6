import type { TSchema } from 'typebox';
import type { JsonObject } from './json.js';
import type { Message } from './message.js';
import type { Item } from './prompt-suite.js';
import type { StoredScore } from './record.js';
import type { Scale } from './score.js';

/** What a filter sees of a preference pair. */
export interface FilterInput {
  /** The conversation without a system message, as it was read: it may be malformed. */
  turns: readonly Message[];
  rejected: string;
  chosen: string;
  /** Value at a path such as `item.pink` or `persona.age`; undefined if there is none. */
  lookup(path: string): unknown;
  /** What the record says of a grader that the kind's `graders` named; null where the cell has no score. */
  score(grader: string): StoredScore | null;
}

/** A compiled filter. It may remember pairs that it has seen; pairs come in cell order. */
export interface Filter {
  /** Why a pair is left out, in words that are the same for every such pair, so that they can be counted; null if it stays. */
  reject(input: FilterInput): string | null;
}

/** What is wrong, and where inside the value that was looked at. */
export interface FilterFault {
  code: string;
  message: string;
  hint?: string;
  /** Inside the value at the first of the paths. */
  at?: readonly (string | number)[];
}

/** What a kind may ask while its options are checked. */
export interface FilterCheck {
  /** Reports a problem at a path inside the filter's own YAML, e.g. `['min']`. */
  problem(code: string, path: (string | number)[], message: string, hint?: string): void;
  /**
   * Checks that the option at `at` is a path such as `item.pink` with a value in every cell, and looks at each value; what
   * is wrong is reported where the value is written. `beside`: a second path, whose value for the same item comes along.
   */
  values(
    at: (string | number)[],
    path: string,
    look?: (value: unknown, beside: unknown) => FilterFault | null,
    beside?: string,
  ): void;
  /** The scale of a grader; undefined, with a problem at `at`, where there is no such grader. */
  grader(id: string, at: (string | number)[]): Scale | undefined;
}

/** What decides whether a pair is fit for training. Adding one means adding one file and one line in the registry. */
export interface FilterKind {
  readonly kind: string;
  /** What it keeps, in a line for the data set card. */
  readonly title: string;
  readonly options: TSchema;
  /** Keys of the options that name a prompt suite, relative to the eval. */
  readonly suites?: readonly string[];
  check?(options: JsonObject, check: FilterCheck): void;
  /**
   * The options as they stand in the plan, so that an export needs no file: what a suite holds takes the place of its name.
   * @param items by key of `suites`
   */
  freeze?(options: JsonObject, items: { [key: string]: readonly Item[] }): JsonObject;
  /** Paths of the entities that a pair is about, for the data set card. */
  entities?(options: JsonObject): string[];
  /** Graders whose scores it reads. */
  graders?(options: JsonObject): string[];
  /** Options, with the defaults that hold where nothing is said, as the card shows them. */
  describe(options: JsonObject): { [option: string]: string | number };
  /** @param options as `freeze` gave them */
  create(options: JsonObject): Filter;
}
