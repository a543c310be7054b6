import { EvalrunError, type Place } from '../../contract/problem.js';

/** Collects problems; each is kept once however often it is found. */
export class Problems {
  readonly #byKey = new Map<string, EvalrunError>();

  add(code: string, where: Place, message: string, hint?: string): void {
    this.take(new EvalrunError(code, message, { where, ...(hint === undefined ? {} : { hint }) }));
  }

  take(problem: EvalrunError): void {
    const { file, line, column } = problem.where ?? { file: '', line: 0, column: 0 };
    // One mapping can lack several keys; else the same code at the same place is the same mistake, seen from two sides.
    const which = problem.code === 'MISSING_KEY' || problem.where === undefined ? problem.message : '';
    const key = [file, line, column, problem.code, which].join('\0');
    if (!this.#byKey.has(key)) this.#byKey.set(key, problem);
  }

  get size(): number {
    return this.#byKey.size;
  }

  /** By file in the order in which files were first found wanting, then by place. */
  sorted(): EvalrunError[] {
    const all = [...this.#byKey.values()];
    const files = [...new Set(all.map((one) => one.where?.file ?? ''))];
    const rank = (one: EvalrunError) => files.indexOf(one.where?.file ?? '');
    return all.sort(
      (a, b) =>
        rank(a) - rank(b) ||
        (a.where?.line ?? 0) - (b.where?.line ?? 0) ||
        (a.where?.column ?? 0) - (b.where?.column ?? 0),
    );
  }

  /** @throws AggregateError of all problems, if there are any. */
  throwIfAny(): void {
    if (this.size === 0) return;
    const all = this.sorted();
    throw new AggregateError(
      all,
      `${all.length} ${all.length === 1 ? 'problem' : 'problems'} found; nothing was called`,
    );
  }
}
