/** How many rows were left out, by reason, in the order in which reasons came up. */
export class RowsLeftOut {
  readonly #counts = new Map<string, number>();

  add(reason: string, rows = 1): void {
    if (rows > 0) this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + rows);
  }

  /** `; left out: 3 not answered, 2 …`; empty if nothing was. */
  words(): string {
    if (this.#counts.size === 0) return '';
    return `; left out: ${[...this.#counts].map(([reason, rows]) => `${rows.toLocaleString('en-US')} (${reason})`).join(', ')}`;
  }
}
