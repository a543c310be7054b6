import { EvalrunError, type Place } from '../../../contract/problem.js';

const MOST = 1000;

/** Problems of one file, at most a thousand: whoever has more will come back. */
export class ProblemList {
  readonly #all: EvalrunError[] = [];

  report(code: string, message: string, where: Place, hint?: string): void {
    if (this.isFull) return;
    this.#all.push(new EvalrunError(code, message, { where, ...(hint === undefined ? {} : { hint }) }));
  }

  get isFull(): boolean {
    return this.#all.length >= MOST;
  }

  /** @throws EvalrunError, or an AggregateError of several */
  throwIfAny(): void {
    if (this.#all.length === 1) throw this.#all[0]!;
    if (this.#all.length > 1) throw new AggregateError(this.#all, 'the personas have problems');
  }
}
