import { EvalrunError } from '../../contract/problem.js';
import type { CellEntry, StoredScore } from '../../contract/record.js';
import type { QuoteCount, Scale } from '../../contract/score.js';
import { codeOfOutcome, codeOfUnscored, outcomeCode, statusCode, unscoredOfCode } from './outcome-codes.js';

/** Whether a judge that compares kept to its judgement when the order was swapped. */
export const orderCode = { none: 0, swapped: 1, kept: 2 } as const;

/** Stands for a judgement without a confidence; others are 0–100. */
export const noConfidence = 255;

/** One grader's scores, a place per cell. */
interface GraderColumns {
  /** Value on the grader's scale; of a label its number in the scale. Meaningless unless scored. */
  values: Float64Array;
  status: Uint8Array;
  confidences: Uint8Array;
  orders: Uint8Array;
  /** Quotes given and found, side by side; made for the first score that counts any. */
  quotes: Uint8Array | null;
  /** Probabilities of the labels, those of a cell side by side; made for the first score that has any. NaN: none. */
  shares: Float32Array | null;
}

/**
 * Outcomes and scores of all cells as columns: 11 bytes a cell and grader, 3 bytes a cell; where a grader gives
 * probabilities of its labels, 4 bytes more for each label; where it counts quotes, 2 bytes more.
 */
export class ScoreColumns {
  readonly outcomes: Uint8Array;
  /** Calls that each cell is built on. */
  readonly calls: Uint16Array;
  readonly #graders: GraderColumns[];
  readonly #scales: readonly Scale[];

  constructor(cells: number, scales: readonly Scale[]) {
    this.outcomes = new Uint8Array(cells);
    this.calls = new Uint16Array(cells);
    this.#scales = scales;
    this.#graders = scales.map(() => ({
      values: new Float64Array(cells),
      status: new Uint8Array(cells),
      confidences: new Uint8Array(cells).fill(noConfidence),
      orders: new Uint8Array(cells),
      quotes: null,
      shares: null,
    }));
  }

  /** @throws EvalrunError `CELL_OUTSIDE_PLAN` for an entry that the plan has no cell for */
  put({ cell, outcome, scores, calls }: CellEntry): void {
    if (!Number.isInteger(cell) || cell < 0 || cell >= this.outcomes.length) {
      throw new EvalrunError('CELL_OUTSIDE_PLAN', `the record has cell ${cell}, the plan has ${this.outcomes.length}`, {
        hint: 'record and plan.json belong to different runs',
      });
    }
    this.outcomes[cell] = codeOfOutcome(outcome);
    this.calls[cell] = calls;
    this.#graders.forEach((columns, grader) => {
      putScore(columns, cell, scores[grader] ?? { unscored: 'skipped' }, this.#scales[grader]!);
    });
  }

  outcomeOf(cell: number): number {
    return this.outcomes[cell] ?? outcomeCode.none;
  }

  /** `statusCode` of a cell. */
  statusOf(grader: number, cell: number): number {
    return this.#graders[grader]!.status[cell]!;
  }

  /** The judge's own confidence, 0–100, or `noConfidence`. */
  confidenceOf(grader: number, cell: number): number {
    return this.#graders[grader]!.confidences[cell]!;
  }

  /** `orderCode` of a cell. */
  orderOf(grader: number, cell: number): number {
    return this.#graders[grader]!.orders[cell]!;
  }

  /** Quotes that a judgement gave and that were found; null for graders that count none. */
  quotesOf(grader: number, cell: number): QuoteCount | null {
    const { quotes } = this.#graders[grader]!;
    return quotes === null ? null : { given: quotes[2 * cell]!, found: quotes[2 * cell + 1]! };
  }

  /** Value on the grader's scale; of a label its number in the scale. Meaningless unless scored. */
  valueOf(grader: number, cell: number): number {
    return this.#graders[grader]!.values[cell]!;
  }

  /** The score as it was recorded, but for confidence and order; a cell without an entry was skipped. */
  scoreOf(grader: number, cell: number): StoredScore {
    const columns = this.#graders[grader]!;
    const status = columns.status[cell]!;
    if (status !== statusCode.scored) return { unscored: unscoredOfCode(status) ?? 'skipped' };
    const value = columns.values[cell]!;
    const scale = this.#scales[grader]!;
    const label = scale.kind === 'label' ? scale.labels[value] : undefined;
    if (label === undefined) return { value };
    const shares = sharesOf(columns, cell, scale);
    return shares === null ? { value, label } : { value, label, shares };
  }
}

function putScore(columns: GraderColumns, cell: number, score: StoredScore, scale: Scale): void {
  putShares(columns, cell, 'unscored' in score ? undefined : score.shares, scale);
  putQuotes(columns, cell, 'unscored' in score ? undefined : score.quotes);
  if ('unscored' in score) {
    columns.status[cell] = codeOfUnscored(score.unscored);
    columns.confidences[cell] = noConfidence;
    columns.orders[cell] = orderCode.none;
    return;
  }
  const { value, label, confidence, orderConsistent } = score;
  const place = scale.kind === 'label' && label !== undefined ? scale.labels.indexOf(label) : value;
  columns.values[cell] = place;
  columns.status[cell] = statusCode.scored;
  columns.confidences[cell] = confidence === undefined ? noConfidence : Math.floor(confidence);
  columns.orders[cell] =
    orderConsistent === undefined ? orderCode.none : orderConsistent ? orderCode.kept : orderCode.swapped;
}

function putQuotes(columns: GraderColumns, cell: number, quotes: QuoteCount | undefined): void {
  if (quotes !== undefined) columns.quotes ??= new Uint8Array(2 * columns.values.length);
  columns.quotes?.set([quotes?.given ?? 0, quotes?.found ?? 0], 2 * cell);
}

function putShares(columns: GraderColumns, cell: number, shares: readonly number[] | undefined, scale: Scale): void {
  if (scale.kind !== 'label') return;
  const { length } = scale.labels;
  if (shares?.length === length) {
    columns.shares ??= new Float32Array(columns.values.length * length).fill(Number.NaN);
    columns.shares.set(shares, cell * length);
  } else columns.shares?.fill(Number.NaN, cell * length, (cell + 1) * length);
}

function sharesOf({ shares }: GraderColumns, cell: number, scale: Scale): number[] | null {
  if (shares === null || scale.kind !== 'label') return null;
  const { length } = scale.labels;
  if (Number.isNaN(shares[cell * length])) return null;
  return Array.from(shares.subarray(cell * length, (cell + 1) * length));
}
