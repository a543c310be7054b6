import type { UnitMetricKind } from '../../../contract/metric-kind.js';
import type { Matrix } from '../../../contract/plan.js';
import { type MetricTable, type PairValues, pairValues } from '../metric-table.js';
import type { ScoreColumns } from '../score-columns.js';
import type { PairMatch } from './match-pairs.js';

/** One metric of one run, and where its scores are. */
export interface MetricSide {
  table: MetricTable<UnitMetricKind>;
  matrix: Matrix;
  scores: ScoreColumns;
}

/** Provider and arm of a slice, as indices. */
export interface SliceAt {
  provider: number;
  arm: number;
}

/** Values of a slice on both sides, by A's pair numbers; scored where both runs scored a matched pair. */
export interface SliceValues {
  a: PairValues;
  b: PairValues;
  /** B − A. */
  difference: PairValues;
  /** Matched pairs without a score, on either side and on each. */
  unscored: number;
  unscoredIn: { a: number; b: number };
}

/** Averages the repeats on each side and sets the matched pairs beside each other. */
export function sliceValues(
  a: MetricSide & { at: SliceAt },
  b: MetricSide & { at: SliceAt },
  match: PairMatch,
): SliceValues {
  const ownA = pairValues(a.table, a.matrix, a.scores, a.at);
  const ownB = pairValues(b.table, b.matrix, b.scores, b.at);
  const { length } = ownA.values;
  const scored = new Uint8Array(length);
  const valuesOfB = new Float64Array(length);
  const differences = new Float64Array(length);
  const unscoredIn = { a: 0, b: 0 };
  let unscored = 0;
  for (let k = 0; k < match.a.length; k++) {
    const pair = match.a[k]!;
    const other = match.b[k]!;
    const missingA = 1 - ownA.scored[pair]!;
    const missingB = 1 - ownB.scored[other]!;
    unscoredIn.a += missingA;
    unscoredIn.b += missingB;
    unscored += missingA | missingB;
    if ((missingA | missingB) === 1) continue;
    scored[pair] = 1;
    valuesOfB[pair] = ownB.values[other]!;
    differences[pair] = ownB.values[other]! - ownA.values[pair]!;
  }
  return {
    a: { values: ownA.values, scored },
    b: { values: valuesOfB, scored },
    difference: { values: differences, scored },
    unscored,
    unscoredIn,
  };
}
