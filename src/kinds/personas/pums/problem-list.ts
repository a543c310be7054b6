import { EvalrunError, type Place } from '../../../contract/problem.js';

const MOST = 20;

/** Problems of a big file: the first of each code are kept, and how many there were. */
export class ProblemList {
  readonly #problems: EvalrunError[] = [];
  readonly #counts = new Map<string, number>();

  add(code: string, message: string, facts: { where?: Place; hint?: string } = {}): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count <= MOST) this.#problems.push(new EvalrunError(code, message, facts));
  }

  get isEmpty(): boolean {
    return this.#problems.length === 0;
  }

  /** @throws EvalrunError, or an AggregateError of several, if there were any */
  throwIfAny(what: string): void {
    for (const [code, count] of this.#counts) {
      if (count > MOST) {
        this.#counts.set(code, MOST);
        this.#problems.push(new EvalrunError(code, `and ${count - MOST} more rows with the same problem`));
      }
    }
    if (this.#problems.length === 1) throw this.#problems[0];
    if (this.#problems.length > 1)
      throw new AggregateError(this.#problems, `${what}: ${this.#problems.length} problems`);
  }
}

/** Where a row (from 0) stands: a CSV's line below its header, which is true as PUMS has no line breaks in cells. */
export function placeOfRow(file: string, row: number): Place {
  return { file, line: file.toLowerCase().endsWith('.parquet') ? row + 1 : row + 2, column: 1 };
}
