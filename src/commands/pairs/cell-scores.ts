import type { CellEntry, StoredScore } from '../../contract/record.js';

/** Recorded scores of a few graders for every cell: a number and a label's number each, so that memory stays small. */
export class CellScores {
  /** Cells after cells, graders within; NaN where there is no score. */
  readonly #values: Float64Array;
  readonly #labels: Uint16Array;
  readonly #names: string[] = [''];
  readonly #graders: readonly number[];

  /** @param graders indices of the graders, in the eval's order of graders */
  constructor(cells: number, graders: readonly number[]) {
    this.#graders = graders;
    this.#values = new Float64Array(cells * graders.length).fill(Number.NaN);
    this.#labels = new Uint16Array(cells * graders.length);
  }

  /** The same entries; a later entry of a cell replaces an earlier one. */
  *taken(entries: Iterable<CellEntry>): Generator<CellEntry> {
    for (const entry of entries) {
      for (const [place, index] of this.#graders.entries()) {
        const score = entry.scores[index];
        const at = entry.cell * this.#graders.length + place;
        const scored = score !== undefined && 'value' in score;
        this.#values[at] = scored ? score.value : Number.NaN;
        this.#labels[at] = scored ? this.#numberOf(score.label) : 0;
      }
      yield entry;
    }
  }

  /** The score of the grader that stands at `place` of those asked for; null where there is none. */
  score(cell: number, place: number): StoredScore | null {
    const at = cell * this.#graders.length + place;
    const value = this.#values[at]!;
    if (Number.isNaN(value)) return null;
    const label = this.#labels[at]!;
    return label === 0 ? { value } : { value, label: this.#names[label]! };
  }

  #numberOf(label: string | undefined): number {
    if (label === undefined) return 0;
    const known = this.#names.indexOf(label, 1);
    if (known !== -1) return known;
    return this.#names.push(label) - 1;
  }
}
