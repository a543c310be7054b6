import type { Matrix } from '../../contract/plan.js';
import type { CellEntry, StoredScore } from '../../contract/record.js';
import type { Score } from '../../contract/score.js';
import type { Outcome, Trial } from '../../contract/trial.js';
import type { Caller } from './caller.js';
import type { CellProgram } from './cell-program.js';
import type { Endpoint } from './endpoint.js';
import type { AskRole } from './grade-cell.js';

/** Where settled cells are kept. */
export interface CellStore {
  isSettled(ordinal: number): boolean;
  /** @throws when the disk fails */
  putCell(entry: CellEntry): void;
}

/** Running totals for the progress display; not part of any result. */
export interface CellTally {
  done: { [kind in Outcome['kind']]: number };
}

export interface RunDeps {
  matrix: Matrix;
  program: CellProgram;
  /** Ids of the eval's graders, in order. */
  graders: string[];
  caller: Caller;
  /** Under test, in the plan's order. */
  subjects: Endpoint[];
  roles: { [role: string]: Endpoint };
  store: CellStore;
  cellDeadlineMs: number;
  /** True once no new cell may start. */
  draining(): boolean;
  tally: CellTally;
}

/** A score without what can be derived again from the reply. */
function stored(score: Score): StoredScore {
  if (score.kind === 'unscored') return { unscored: score.reason };
  const { value, label, confidence, orderConsistent, quotes, shares } = score;
  return {
    value,
    ...(label !== undefined && { label }),
    ...(confidence !== undefined && { confidence }),
    ...(orderConsistent !== undefined && { orderConsistent }),
    ...(quotes !== undefined && { quotes }),
    ...(shares !== undefined && { shares }),
  };
}

/** What the record keeps of a trial. */
const cellEntry = ({ cell, outcome, scores }: Trial, graders: string[], calls: number): CellEntry => ({
  cell: cell.ordinal,
  outcome,
  scores: graders.map((id) => stored(scores[id]!)),
  calls,
});

async function runOne(deps: RunDeps, ordinal: number): Promise<void> {
  const cell = deps.matrix.cellAt(ordinal);
  const deadline = performance.now() + deps.cellDeadlineMs;
  let calls = 0;
  const ask: AskRole = (role, messages) => {
    calls++;
    const endpoint = role === 'subject' ? deps.subjects[cell.provider]! : deps.roles[role]!;
    return deps.caller.ask(endpoint, messages, cell.repeat, deadline);
  };
  const trial = await deps.program.run(cell, ask);
  deps.tally.done[trial.outcome.kind]++;
  // A cell that was not asked stays unsettled; leaving it out lets the next invocation take it up.
  if (trial.outcome.kind === 'skipped') return;
  deps.store.putCell(cellEntry(trial, deps.graders, calls));
}

/** The cells of one provider, in order, each ordinal once, shared by all workers of its lane. */
function* cellsOf(matrix: Matrix, provider: number): Generator<number> {
  for (let pair = 0; pair < matrix.pairs; pair++) {
    for (let arm = 0; arm < matrix.arms; arm++) {
      for (let repeat = 0; repeat < matrix.repeats; repeat++) yield matrix.ordinalOf({ pair, provider, arm, repeat });
    }
  }
}

/**
 * Runs every cell that is not settled. Each provider under test has a lane of its own, so that one that hangs or is
 * down holds up nobody else; a lane has twice as many cells on the way as calls it may have in flight, because a cell
 * also waits for the disk and for judges.
 *
 * @throws what the store throws (disk full); cells on the way are settled first
 */
export async function runMatrix(deps: RunDeps): Promise<void> {
  let broken: unknown = null;
  const worker = async (ordinals: Generator<number>): Promise<void> => {
    for (const ordinal of ordinals) {
      if (broken !== null || deps.draining()) return;
      if (deps.store.isSettled(ordinal)) continue;
      try {
        await runOne(deps, ordinal);
      } catch (error) {
        broken ??= error;
      }
    }
  };
  await Promise.all(
    deps.subjects.flatMap((endpoint, provider) => {
      const ordinals = cellsOf(deps.matrix, provider);
      return Array.from({ length: 2 * endpoint.limiter.settings.concurrency }, () => worker(ordinals));
    }),
  );
  if (broken !== null) throw broken;
}
