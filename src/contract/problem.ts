/** A position in a source file. Lines and columns count from 1; columns count UTF-16 code units. */
export interface Place {
  /** The file as the user would name it: relative to the working directory where that is shorter. */
  file: string;
  line: number;
  column: number;
  /** Where in the document, as a path such as `graders[0].of`. Absent for syntax errors. */
  path?: string;
  /** Two or three source lines with a pointer under the place. Absent when the source is not text. */
  frame?: string;
}

/** Facts of a problem beside its message. */
export interface ProblemFacts {
  where?: Place;
  /** What to do about it: the nearest known name, the allowed values, a command. */
  hint?: string;
  cause?: unknown;
}

/**
 * The one error of evalrun. Every mistake that a person can mend is one of these, with a stable
 * `code` that has a row in `docs/errors.md`. Several at once travel in an `AggregateError`.
 */
export class EvalrunError extends Error {
  /** Stable, upper case with underscores, e.g. `UNKNOWN_KEY`. */
  readonly code: string;
  readonly where: Place | undefined;
  readonly hint: string | undefined;

  constructor(code: string, message: string, facts: ProblemFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'EvalrunError';
    this.code = code;
    this.where = facts.where;
    this.hint = facts.hint;
  }
}
