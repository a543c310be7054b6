import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EvalrunError } from '../contract/problem.js';
import type { CellEntry } from '../contract/record.js';
import { attributeScope } from '../lib/attribute-scope.js';
import { sha256 } from '../lib/canonical-json.js';
import type { OpenSourceRun, SourceCell, SourceRun } from '../stages/load/source-run.js';
import { compileProgram } from '../stages/run/cell-program.js';
import { outputValues } from '../stages/run/cell-scope.js';
import { outputFields } from '../stages/run/compiled-eval.js';
import { RecordReader } from '../store/record-reader.js';
import { runFiles, runFoldersIn } from '../store/run-folder.js';
import { type FinishedRun, finishedReport } from './finish.js';
import type { Invocation } from './invocation.js';
import { openRun } from './open-run.js';
import { askAgain, recordedReply } from './recorded-reply.js';
import { shownPath } from './shown-path.js';

/**
 * Finds the runs that items are made from: a run folder, else the newest finished run of an eval among the reports.
 * @param known eval id → folder of the run that is to be taken, before any other
 */
export function sourceRuns(invocation: Invocation, known: ReadonlyMap<string, string>): OpenSourceRun {
  return (named, folder) => {
    const asFolder = path.resolve(folder, named);
    if (known.has(named)) return finishedSource(known.get(named)!, invocation);
    if (existsSync(path.join(asFolder, runFiles.plan))) return finishedSource(asFolder, invocation);
    if (/[/\\]/.test(named)) return null;
    const newest = runFoldersIn(path.join(invocation.cwd, 'reports', named)).find(
      (one) => finishedReport(openRun(one, invocation)) !== null,
    );
    return newest === undefined ? null : sourceOf(openRun(newest, invocation), invocation);
  };
}

function finishedSource(folder: string, invocation: Invocation): SourceRun {
  const run = openRun(folder, invocation);
  if (finishedReport(run) !== null) return sourceOf(run, invocation);
  throw new EvalrunError('SOURCE_RUN_INCOMPLETE', `the run in ${folder} is not finished`, {
    hint: `run ${run.plan.command} to its end first`,
  });
}

function sourceOf(run: FinishedRun, { cwd }: Invocation): SourceRun {
  const { plan, matrix, folder } = run;
  const { eval: spec, providers } = plan.matrix;
  const file = path.join(folder, runFiles.plan);
  return {
    folder: shownPath(folder, cwd),
    id: plan.id,
    eval: spec.id,
    file: { name: path.relative(cwd, file), digest: sha256(readFileSync(file)) },
    steps: spec.steps.map((step) => ({
      id: step.id,
      ...(step.round !== undefined && { written: step.round.step, loop: step.round.loop }),
      fields: outputFields(step),
    })),
    graders: spec.graders.map(({ id }) => id),
    several: { arms: spec.arms.length > 1, providers: providers.length > 1, repeats: matrix.repeats > 1 },
    planned: matrix.cells,
    cells: () => answeredCells(run),
  };
}

/** Answered cells in the order of items, people, arms and so on: that in which they are run is shuffled. */
function inOrder({ matrix }: FinishedRun, entries: ReadonlyMap<number, CellEntry>): number[] {
  const axes = ['item', 'persona', 'arm', 'provider', 'repeat'] as const;
  const answered = [...entries.values()].filter(({ outcome }) => outcome.kind === 'answered');
  const placed = answered.map(({ cell }) => ({ cell, at: matrix.positionAt(cell) }));
  placed.sort((a, b) => {
    const axis = axes.find((one) => a.at[one] !== b.at[one]);
    return axis === undefined ? 0 : a.at[axis] - b.at[axis];
  });
  return placed.map(({ cell }) => cell);
}

/** Executes the steps of every answered cell once more, with each reply from the record. */
async function* answeredCells(run: FinishedRun): AsyncGenerator<SourceCell> {
  const { plan, matrix, folder } = run;
  const { eval: spec, providers } = plan.matrix;
  const program = compileProgram({ ...spec, graders: [] }, new Map());
  const record = new RecordReader(path.join(folder, runFiles.record));
  const askFor = askAgain(plan.matrix, (digest) => recordedReply(record, digest));
  try {
    const entries = new Map<number, CellEntry>();
    for (const entry of record.cells()) entries.set(entry.cell, entry);
    for (const ordinal of inOrder(run, entries)) {
      const entry = entries.get(ordinal)!;
      const cell = matrix.cellAt(ordinal);
      const { outputs } = await program.run(cell, askFor(cell));
      yield {
        ordinal,
        item: cell.item,
        persona: cell.persona === null ? null : (attributeScope(cell.persona) as SourceCell['persona']),
        arm: { id: cell.arm.id },
        provider: providers[cell.provider]!.id,
        repeat: cell.repeat + 1,
        steps: Object.fromEntries(Object.entries(outputs).map(([step, output]) => [step, outputValues(output)])),
        scores: scoresOf(spec.graders, entry),
      };
    }
  } finally {
    record.close();
  }
}

function scoresOf(graders: { id: string }[], { scores }: CellEntry): SourceCell['scores'] {
  return Object.fromEntries(
    graders.map(({ id }, i) => {
      const score = scores[i];
      if (score === undefined || 'unscored' in score) return [id, null];
      return [id, { value: score.value, ...(score.label !== undefined && { label: score.label }) }];
    }),
  );
}
