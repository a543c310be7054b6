import type { Report } from '../../contract/report.js';
import type { UnscoredReason } from '../../contract/score.js';
import type { MeasureInput } from './measure-input.js';
import { outcomeCode, statusCode, unscoredOfCode } from './outcome-codes.js';
import { judgementFlag, type ScoreColumns } from './score-columns.js';

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
        }))
      : [],
  );
}

/**
 * To be judged are the answered cells, less those that the grader does not apply to. So `n` is what was scored plus
 * what `unscored` lists; cells that failed, were refused or were skipped gave nothing to judge.
 */
function judgeHealth(
  { matrix }: MeasureInput,
  scores: ScoreColumns,
  grader: number,
  provider: number,
): Omit<Judge, 'grader' | 'provider'> {
  const unscored: { [reason in UnscoredReason]?: number } = {};
  const flags = new Array<number>(16).fill(0);
  let n = 0;
  let scored = 0;
  for (const cell of cellsOf(matrix, provider)) {
    if (scores.outcomes[cell] !== outcomeCode.answered) continue;
    const status = scores.statusOf(grader, cell);
    const reason = unscoredOfCode(status);
    if (reason === 'not_applicable') continue;
    n++;
    if (status === statusCode.scored) {
      scored++;
      flags[scores.flagsOf(grader, cell)]!++;
    } else if (reason !== undefined) unscored[reason] = (unscored[reason] ?? 0) + 1;
  }
  const having = (flag: number) => flags.reduce((sum, count, bits) => sum + ((bits & flag) === 0 ? 0 : count), 0);
  const ordered = having(judgementFlag.hasOrder);
  return {
    n,
    unscored: Object.fromEntries(Object.entries(unscored).sort(([a], [b]) => (a < b ? -1 : 1))),
    coverage: n === 0 ? null : scored / n,
    ...(having(judgementFlag.hasConfidence) > 0 && { confident: having(judgementFlag.confident) / scored }),
    ...(ordered > 0 && { orderConsistency: having(judgementFlag.orderConsistent) / ordered }),
  };
}

function* cellsOf(matrix: MeasureInput['matrix'], provider: number): Generator<number> {
  for (let pair = 0; pair < matrix.pairs; pair++) {
    for (let arm = 0; arm < matrix.arms; arm++) {
      for (let repeat = 0; repeat < matrix.repeats; repeat++) yield matrix.ordinalOf({ pair, provider, arm, repeat });
    }
  }
}
