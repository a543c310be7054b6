import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Plan } from '../contract/plan.js';
import { EvalrunError } from '../contract/problem.js';
import { jsonLine } from '../lib/json-line.js';
import { registry } from '../registry.js';
import { compareRuns } from '../stages/measure/compare/compare-runs.js';
import type { ComparedRun, Comparison } from '../stages/measure/compare/comparison.js';
import { RecordReader } from '../store/record-reader.js';
import { runFiles } from '../store/run-folder.js';
import { type ComparedPlans, comparePage, differsText, isSimulated } from './compare-page.js';
import { exitCodes } from './exit-codes.js';
import type { FinishedRun } from './finish.js';
import { graderScales } from './grader-kinds.js';
import { type Flags, type Invocation, wantsColor } from './invocation.js';
import { openRun } from './open-run.js';

/** Changes that are listed where the user does not say how many. */
const defaultChanges = 20;

/** @throws EvalrunError NOT_A_RUN where nothing was recorded yet */
function openRecord({ folder }: FinishedRun): RecordReader {
  const file = path.join(folder, runFiles.record);
  if (existsSync(file)) return new RecordReader(file);
  throw new EvalrunError('NOT_A_RUN', `${folder} has a plan but no ${runFiles.record}`, {
    hint: 'run it first: evalrun run with --out naming that folder',
  });
}

function comparedRun({ plan, matrix }: FinishedRun, record: RecordReader): ComparedRun {
  return {
    plan,
    matrix,
    entries: record.cells(),
    metricKinds: registry.metrics,
    graderScales: graderScales(plan),
    isJudge: () => false,
  };
}

const runFacts = (plan: Plan, folder: string) => ({
  folder,
  run: plan.id,
  repeats: plan.matrix.repeats,
  simulated: isSimulated(plan),
});

function* jsonRecords(found: Comparison, plans: ComparedPlans): Generator<object> {
  const { changes, differences, ...facts } = found;
  const [a, b] = [runFacts(plans.a, plans.folders.a), runFacts(plans.b, plans.folders.b)];
  yield { type: 'comparison', eval: plans.a.matrix.eval.id, a, b, ...facts };
  for (const change of changes) yield { type: 'change', ...change };
  for (const difference of differences) yield { type: 'difference', ...difference };
}

/**
 * `evalrun compare A B`: what changed from one run of an eval to another, cell by cell and on the whole. Nothing is
 * called and nothing is written. What makes the two hard to compare is said on stderr.
 */
export async function compare([first = '', second = '']: string[], invocation: Invocation): Promise<number> {
  const { flips = defaultChanges, provider = [], json } = invocation.flags as Flags & { flips?: number };
  const runs = [openRun(first, invocation), openRun(second, invocation)] as const;
  const records: RecordReader[] = [];
  try {
    for (const run of runs) records.push(openRecord(run));
    const found = await compareRuns(comparedRun(runs[0], records[0]!), comparedRun(runs[1], records[1]!), {
      providers: provider,
      changes: flips,
    });
    const plans = { a: runs[0].plan, b: runs[1].plan, folders: { a: first, b: second } };
    if (found.differs.length > 0) invocation.stderr.write(differsText(found.differs));
    if (json === true) for (const record of jsonRecords(found, plans)) invocation.stdout.write(`${jsonLine(record)}\n`);
    else {
      const color = wantsColor(invocation, invocation.stdout);
      invocation.stdout.write(comparePage(found, plans, { columns: invocation.stdout.columns ?? 100, color }));
    }
  } finally {
    for (const record of records) record.close();
  }
  return exitCodes.complete;
}
