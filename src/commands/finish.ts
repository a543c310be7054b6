import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Matrix, Plan } from '../contract/plan.js';
import type { Report } from '../contract/report.js';
import type { ReportInput } from '../contract/reporter-kind.js';
import { registry } from '../registry.js';
import { measure } from '../stages/measure/measure.js';
import { buildReport } from '../stages/report/build-report.js';
import type { RecordReader } from '../store/record-reader.js';
import { runFiles, writeWhole } from '../store/run-folder.js';
import { programOf } from './execute.js';
import { type ExitCode, exitCodes } from './exit-codes.js';
import { graderKindOf, graderScales, isJudge } from './grader-kinds.js';
import { type Invocation, wantsColor } from './invocation.js';
import { transcripts } from './transcripts.js';

/** A run folder that is to be measured or reported. */
export interface FinishedRun {
  plan: Plan;
  matrix: Matrix;
  folder: string;
}

/** Computes the report of a run from its record. */
export async function measureFolder({ plan, matrix }: FinishedRun, record: RecordReader): Promise<Report> {
  const measured = await measure({
    plan,
    matrix,
    entries: record.cells(),
    metricKinds: registry.metrics,
    relationKinds: registry.relations,
    graderScales: graderScales(plan),
    isJudge,
    ruleOf: (grader) => graderKindOf(grader).rule?.(grader.options),
  });
  return buildReport(plan, measured, record);
}

/** The report that a run folder holds, if it is that of a finished run of this very plan and policy. */
export function finishedReport({ plan, folder }: FinishedRun): Report | null {
  const file = path.join(folder, runFiles.report);
  if (!existsSync(file)) return null;
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    return report.run.configDigest === plan.digest && report.run.complete ? report : null;
  } catch {
    return null;
  }
}

/** Runs the plan's reporters: files go into the run folder, text to stdout. */
async function runReporters(
  run: FinishedRun,
  wanted: Plan['policy']['reports'],
  input: Pick<ReportInput, 'report' | 'transcripts'>,
  invocation: Invocation,
): Promise<void> {
  const complete = {
    ...input,
    plan: run.plan,
    columns: invocation.stdout.columns ?? 100,
    color: wantsColor(invocation, invocation.stdout),
  };
  for (const { kind, options } of wanted) {
    const outputs = await registry.reporters.find((one) => one.kind === kind)!.report(complete, options);
    for (const output of outputs) {
      if ('terminal' in output)
        invocation.stdout.write(output.terminal.endsWith('\n') ? output.terminal : `${output.terminal}\n`);
      else writeWhole(path.join(run.folder, output.file), output.content);
    }
  }
}

const isQuiet = ({ flags }: Invocation): boolean => flags.quiet === true || flags.json === true;

/** Prints what the plan's reporters have for the terminal; writes nothing. */
export async function printReport(run: FinishedRun, report: Report, invocation: Invocation): Promise<void> {
  if (isQuiet(invocation)) return;
  const wanted = run.plan.policy.reports.filter(({ kind }) => kind === 'terminal');
  await runReporters(run, wanted, { report, transcripts: async function* () {} }, invocation);
}

/** Runs all of the plan's reporters. `report.json` is what scripts rely on: it is written whatever the config asks for. */
export async function writeReports(
  run: FinishedRun,
  report: Report,
  record: RecordReader,
  invocation: Invocation,
): Promise<void> {
  const { plan, matrix } = run;
  const program = await programOf(plan);
  const wanted = plan.policy.reports.filter(({ kind }) => kind !== 'terminal' || !isQuiet(invocation));
  if (!wanted.some(({ kind }) => kind === 'json')) wanted.push({ kind: 'json', options: {} });
  await runReporters(
    run,
    wanted,
    { report, transcripts: (limit) => transcripts({ plan, matrix, program, record }, limit) },
    invocation,
  );
}

/** What the numbers mean for the exit code. */
export function exitCodeOf(report: Report): ExitCode {
  if (!report.run.complete) return exitCodes.incomplete;
  return report.gates.every((gate) => gate.passed) ? exitCodes.complete : exitCodes.gateMissed;
}

/** Measures and reports from an open record, and closes it. */
export async function finish(
  run: FinishedRun,
  record: RecordReader,
  invocation: Invocation,
): Promise<{ report: Report; code: ExitCode }> {
  try {
    const report = await measureFolder(run, record);
    await writeReports(run, report, record, invocation);
    return { report, code: exitCodeOf(report) };
  } finally {
    record.close();
  }
}
