import type { Report } from '../../contract/report.js';
import type { QuoteCount, UnscoredReason } from '../../contract/score.js';
import type { MeasureInput } from './measure-input.js';
import { outcomeCode, statusCode, unscoredOfCode } from './outcome-codes.js';
import { ruleAgreement } from './rule-agreement.js';
import { noConfidence, orderCode, type ScoreColumns } from './score-columns.js';

type Judge = Report['judges'][number];

/** Health of each judging grader over the answers of each provider. */
export function judgesOf(input: MeasureInput, scores: ScoreColumns): Judge[] {
  const { eval: spec, providers } = input.plan.matrix;
  return spec.graders.flatMap((grader, place) =>
    input.isJudge(grader)
      ? providers.map(({ id }, provider) => ({
          grader: grader.id,
          provider: id,
          ...judgeHealth(input, scores, place, provider),
          ...ruleOf(input, scores, place, provider),
        }))
      : [],
  );
}

/** How far the judge agrees with its rule, where it has one. */
function ruleOf(input: MeasureInput, scores: ScoreColumns, judge: number, provider: number): Pick<Judge, 'rule'> {
  const { graders } = input.plan.matrix.eval;
  const named = input.ruleOf?.(graders[judge]!);
  const rule = graders.findIndex(({ id }) => id === named);
  const agreement = ruleAgreement(input, scores, { judge, rule }, cellsOf(input.matrix, provider));
  return agreement === null ? {} : { rule: agreement };
}

/** Confidences (0–100) from which on judgements are also summed up apart. */
const thresholds = [0, 50, 60, 70, 80, 90];
/** A judge counts as confident from here on. */
const confidentFrom = 80;

/**
 * To be judged are the answered cells, less those that the grader does not apply to. So `n` is what was scored plus
 * what `unscored` lists; cells that failed, were refused or were skipped gave nothing to judge.
 */
function judgeHealth(
  input: MeasureInput,
  scores: ScoreColumns,
  grader: number,
  provider: number,
): Omit<Judge, 'grader' | 'provider'> {
  const unscored: { [reason in UnscoredReason]?: number } = {};
  const orders = [0, 0, 0];
  const byConfidence = new ByConfidence();
  const quotes = new Quotes();
  let n = 0;
  let scored = 0;
  for (const cell of cellsOf(input.matrix, provider)) {
    if (scores.outcomes[cell] !== outcomeCode.answered) continue;
    const status = scores.statusOf(grader, cell);
    const reason = unscoredOfCode(status);
    if (reason === 'not_applicable') continue;
    n++;
    if (status === statusCode.scored) {
      scored++;
      orders[scores.orderOf(grader, cell)]!++;
      quotes.add(scores.quotesOf(grader, cell));
      byConfidence.add(scores.confidenceOf(grader, cell), scores.valueOf(grader, cell));
    } else if (reason !== undefined) unscored[reason] = (unscored[reason] ?? 0) + 1;
  }
  const ordered = orders[orderCode.kept]! + orders[orderCode.swapped]!;
  const hasMean = input.graderScales[grader]!.kind !== 'label';
  return {
    n,
    unscored: Object.fromEntries(Object.entries(unscored).sort(([a], [b]) => (a < b ? -1 : 1))),
    coverage: n === 0 ? null : scored / n,
    ...(byConfidence.stated > 0 && {
      confident: byConfidence.from(confidentFrom).n / scored,
      byConfidence: thresholds.map((from) => {
        const { n: kept, mean } = byConfidence.from(from);
        return { from, n: kept, coverage: kept / n, mean: hasMean ? mean : null };
      }),
    }),
    ...(ordered > 0 && { orderConsistency: orders[orderCode.kept]! / ordered }),
    ...quotes.facts(),
  };
}

/** Counts and sums of scores, by the judge's confidence. */
class ByConfidence {
  readonly #counts = new Float64Array(256);
  readonly #sums = new Float64Array(256);

  add(confidence: number, value: number): void {
    this.#counts[confidence]!++;
    this.#sums[confidence] = this.#sums[confidence]! + value;
  }

  /** Judgements that state a confidence. */
  get stated(): number {
    return this.from(0).n;
  }

  /** Judgements of at least this confidence, and their mean score; null without any. */
  from(least: number): { n: number; mean: number | null } {
    let n = 0;
    let sum = 0;
    for (let confidence = least; confidence < noConfidence; confidence++) {
      n += this.#counts[confidence]!;
      sum += this.#sums[confidence]!;
    }
    return { n, mean: n === 0 ? null : sum / n };
  }
}

/** Quotes of a judge that is asked for them. */
class Quotes {
  #asked = false;
  #judgements = 0;
  #given = 0;
  #found = 0;

  add(quoted: QuoteCount | null): void {
    if (quoted === null) return;
    this.#asked = true;
    if (quoted.given > 0) this.#judgements++;
    this.#given += quoted.given;
    this.#found += quoted.found;
  }

  facts(): Pick<Judge, 'quotes'> {
    if (!this.#asked) return {};
    const [judgements, given, found] = [this.#judgements, this.#given, this.#found];
    return { quotes: { judgements, given, found, share: given === 0 ? null : found / given } };
  }
}

function* cellsOf(matrix: MeasureInput['matrix'], provider: number): Generator<number> {
  for (let pair = 0; pair < matrix.pairs; pair++) {
    for (let arm = 0; arm < matrix.arms; arm++) {
      for (let repeat = 0; repeat < matrix.repeats; repeat++) yield matrix.ordinalOf({ pair, provider, arm, repeat });
    }
  }
}
