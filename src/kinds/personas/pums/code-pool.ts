import { EvalrunError } from '../../../contract/problem.js';
import { currentCode, unpadded } from '../census/pums-record.js';

/** Ids of up to so many codes of several fields make one key without collision. Only incomes have more. */
export const MOST_CODES = 8192;

/** Codes of one field as small whole numbers, with how many rows have each. */
export class CodePool {
  readonly field: string;
  readonly #year: number;
  /** Text as the file has it → id; `01` and `1` have the same. */
  readonly #written = new Map<string, number>();
  readonly #ids = new Map<string, number>();
  readonly codes: string[] = [];
  readonly rows: number[] = [];

  constructor(field: string, year: number) {
    this.field = field;
    this.#year = year;
  }

  /** Id of a code as a file has it. */
  idOf(written: string): number {
    const known = this.#written.get(written);
    if (known !== undefined) return known;
    const id = this.idOfCode(currentCode(this.field, unpadded(written), this.#year));
    this.#written.set(written, id);
    return id;
  }

  /** Id of a code without padding. */
  idOfCode(code: string): number {
    const known = this.#ids.get(code);
    if (known !== undefined) return known;
    const id = this.codes.length;
    if (id >= MOST_CODES && this.field !== 'PINCP') {
      const message = `the files have more than ${MOST_CODES} different codes of ${this.field}, as no PUMS has`;
      throw new EvalrunError('UNKNOWN_CODES', message, { hint: 'is the column what its name says?' });
    }
    this.#ids.set(code, id);
    this.codes.push(code);
    this.rows.push(0);
    return id;
  }

  /** Counts a row with this code. */
  count(id: number): void {
    this.rows[id] = (this.rows[id] as number) + 1;
  }
}
