import type { Report } from '../../contract/report.js';
import { type CellCounts, countCells } from './cell-counts.js';
import { contrastsOf } from './contrasts.js';
import { controlsOf } from './controls.js';
import { estimatesOf } from './estimates.js';
import { gatesOf } from './gates.js';
import { groupComparisonsOf } from './group-comparisons.js';
import { judgesOf } from './judges.js';
import type { MeasureInput } from './measure-input.js';
import { tablesOf } from './metric-tables.js';
import { pairAxesOf } from './pair-axes.js';
import { relationsOf } from './relations.js';
import { ScoreColumns } from './score-columns.js';

/** The parts of a report that are computed from scores. */
export interface Measured extends CellCounts {
  estimates: Report['estimates'];
  contrasts: Report['contrasts'];
  relations?: NonNullable<Report['relations']>;
  groups: Report['groups'];
  gates: Report['gates'];
  judges: Report['judges'];
  controls: Report['controls'];
}

/**
 * Turns a record's scores into estimates, contrasts, gates and the health of judges: a pure function of plan and
 * record, whatever the order in which cells were settled. Reads the entries once and keeps about 14 bytes for each
 * cell and grader.
 *
 * @throws EvalrunError `CELL_OUTSIDE_PLAN` for a record of another plan
 */
export async function measure(input: MeasureInput): Promise<Measured> {
  const { matrix: frozen, policy } = input.plan;
  const scores = new ScoreColumns(input.matrix.cells, input.graderScales);
  for await (const entry of input.entries) scores.put(entry);
  const tables = tablesOf(input, scores, pairAxesOf(input.matrix, frozen));
  const estimates = estimatesOf(input, tables, scores);
  const providers = frozen.providers.map(({ id }) => id);
  return {
    ...countCells(scores),
    estimates,
    contrasts: contrastsOf(input, tables, scores),
    ...(frozen.eval.relations && { relations: relationsOf(input, tables, scores) }),
    groups: groupComparisonsOf(input, tables, scores, estimates),
    gates: gatesOf(policy.gates, estimates),
    judges: judgesOf(input, scores),
    controls: controlsOf(frozen.eval.controls, providers, estimates),
  };
}
