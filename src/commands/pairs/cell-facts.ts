import type { CellEntry } from '../../contract/record.js';
import type { Outcome } from '../../contract/trial.js';
import type { Verdict } from './pair.js';

const verdicts: readonly Verdict[] = [null, 'chosen', 'rejected', 'tie'];
const outcomes: readonly (Outcome['kind'] | null)[] = [null, 'answered', 'refused', 'failed', 'skipped'];

/** What the record says of every cell, a byte for each fact: hundreds of thousands of cells take a few megabytes. */
export class CellFacts {
  readonly #outcomes: Uint8Array;
  /** Cells after cells, graders within. */
  readonly #verdicts: Uint8Array;
  readonly #graders: number;

  /** @param graders indices of the graders whose scores are verdicts, in the eval's order of graders */
  constructor(entries: Iterable<CellEntry>, cells: number, graders: readonly number[]) {
    this.#graders = graders.length;
    this.#outcomes = new Uint8Array(cells);
    this.#verdicts = new Uint8Array(cells * graders.length);
    // A later entry of a cell replaces an earlier one.
    for (const { cell, outcome, scores } of entries) {
      this.#outcomes[cell] = outcomes.indexOf(outcome.kind);
      for (const [place, index] of graders.entries()) {
        const score = scores[index];
        const value = score !== undefined && 'value' in score ? score.value : null;
        this.#verdicts[cell * graders.length + place] = verdicts.indexOf(verdictOf(value));
      }
    }
  }

  /** How a cell ended, as far as it has been recorded. */
  outcome(cell: number): Outcome['kind'] | null {
    return outcomes[this.#outcomes[cell]!]!;
  }

  /** The verdict of the grader that stands at `place` of those asked for. */
  verdict(cell: number, place: number): Verdict {
    return verdicts[this.#verdicts[cell * this.#graders + place]!]!;
  }
}

/** 1 is for the chosen text, 0 for the rejected one, anything between for neither. */
function verdictOf(value: number | null): Verdict {
  if (value === null) return null;
  return value === 1 ? 'chosen' : value === 0 ? 'rejected' : 'tie';
}
