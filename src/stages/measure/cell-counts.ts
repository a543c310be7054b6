import type { Report } from '../../contract/report.js';
import { failureOfCode, outcomeCode } from './outcome-codes.js';
import type { ScoreColumns } from './score-columns.js';

/** How the cells ended, and how many calls they are built on. */
export interface CellCounts {
  cells: Report['counts']['cells'];
  /** Failure reason → cells; reasons that occur, in a fixed order. */
  failures: Report['counts']['failures'];
  /** Calls of the settled cells, each cell counting its own. */
  askedByCells: number;
}

export function countCells({ outcomes, calls }: ScoreColumns): CellCounts {
  const byCode = new Array<number>(256).fill(0);
  let askedByCells = 0;
  for (let cell = 0; cell < outcomes.length; cell++) {
    byCode[outcomes[cell]!]!++;
    askedByCells += calls[cell]!;
  }
  const failures: CellCounts['failures'] = {};
  let failed = 0;
  byCode.forEach((count, code) => {
    const reason = failureOfCode(code);
    if (reason === undefined || count === 0) return;
    failures[reason] = count;
    failed += count;
  });
  return {
    cells: {
      planned: outcomes.length,
      answered: byCode[outcomeCode.answered]!,
      refused: byCode[outcomeCode.refused]!,
      failed,
      skipped: byCode[outcomeCode.skipped]! + byCode[outcomeCode.none]!,
    },
    failures,
    askedByCells,
  };
}
