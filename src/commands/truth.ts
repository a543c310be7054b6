import path from 'node:path';
import pc from 'picocolors';
import type { Estimate } from '../contract/estimate.js';
import { EvalrunError } from '../contract/problem.js';
import { simulated } from '../kinds/providers/simulated.js';
import { formatCount, formatDifference, formatInterval, formatValue } from '../kinds/reporters/shared/number-text.js';
import { terminalText } from '../kinds/reporters/shared/safe-text.js';
import { Page } from '../kinds/reporters/terminal/page.js';
import { registry } from '../registry.js';
import { measure } from '../stages/measure/measure.js';
import { RecordReader } from '../store/record-reader.js';
import { runFiles } from '../store/run-folder.js';
import { programOf } from './execute.js';
import { exitCodes } from './exit-codes.js';
import type { FinishedRun } from './finish.js';
import { graderScales } from './grader-kinds.js';
import { type Flags, type Invocation, wantsColor } from './invocation.js';
import { measuredNumbers, nameOf } from './measured-numbers.js';
import { openRun } from './open-run.js';
import { type PlantedValue, plantedValues } from './planted-values.js';

/** A planted value beside what the run measured. */
export interface TruthRow extends PlantedValue, Pick<Estimate, 'value' | 'low' | 'high' | 'level' | 'n' | 'unit'> {
  /** Whether the interval holds the planted value; null where one of them is missing. */
  inside: boolean | null;
}

function checkSimulated({ plan }: FinishedRun): void {
  const { providers } = plan.matrix;
  if (providers.some(({ kind }) => kind === simulated.kind)) return;
  throw new EvalrunError(
    'NOT_SIMULATED',
    `nothing is planted in this run: ${providers.map(({ id }) => id).join(', ')} is not a simulated provider`,
    { hint: 'run the config with --provider simulated --role judge=simulated-judge, and name that run folder' },
  );
}

/** Whether an interval holds a value; ends count. */
function holds({ low, high }: Pick<Estimate, 'low' | 'high'>, planted: number | null): boolean | null {
  if (planted === null || (low === null && high === null)) return null;
  // One end alone: the other side has no bound.
  return (low ?? planted) <= planted && planted <= (high ?? planted);
}

/**
 * Sets the planted truth of a simulated run beside its numbers: one row per metric × provider × arm, then per group,
 * contrast and relation.
 * @param level of the intervals, 0–1, two-sided
 * @throws EvalrunError NOT_SIMULATED when no provider under test is simulated
 */
export async function truthOf(run: FinishedRun, record: RecordReader, level: number): Promise<TruthRow[]> {
  checkSimulated(run);
  const { plan, matrix } = run;
  const scales = graderScales(plan);
  const measured = await measure({
    plan,
    matrix,
    entries: record.cells(),
    metricKinds: registry.metrics,
    relationKinds: registry.relations,
    graderScales: scales,
    isJudge: () => false,
    level,
  });
  const numbers = measuredNumbers(measured);
  const program = await programOf(plan);
  const kinds = { metricKinds: registry.metrics, relationKinds: registry.relations };
  const planted = await plantedValues({ plan, matrix, program, ...kinds, scales }, record.cells());
  return planted.map((row) => {
    const { value, low, high, n, unit } = numbers.get(nameOf(row))!;
    return { ...row, value, low, high, level, n, unit, inside: holds({ low, high }, row.planted) };
  });
}

const verdictWords = ({ inside, planted }: TruthRow): string => {
  if (inside === null) return planted === null ? '' : 'no interval';
  return inside ? 'inside' : 'OUTSIDE';
};

/** Why rows are without a planted value, each reason once. */
function missingWords(rows: TruthRow[]): string[] {
  const metrics = new Map<string, Set<string>>();
  for (const { metric, none } of rows)
    if (none !== undefined) metrics.set(none, (metrics.get(none) ?? new Set()).add(metric));
  return [...metrics].map(([none, names]) => terminalText(`no planted value for ${[...names].join(', ')}: ${none}`));
}

/** What a row is about, beside its metric, provider and arm. */
function subjectOf({ group, contrast, relation }: TruthRow): string | null {
  if (contrast !== undefined) return contrast;
  if (relation !== undefined) return relation;
  return group === undefined
    ? null
    : Object.entries(group)
        .map(([field, label]) => `${field}: ${label}`)
        .join(', ');
}

function truthTable(out: Page, rows: TruthRow[], { level, about }: { level: number; about?: string }): void {
  if (rows.length === 0) return;
  const difference = about === 'contrast';
  const numberOf = (value: number | null, unit: string) =>
    difference ? formatDifference(value, unit) : formatValue(value, unit);
  out.table(
    [
      { head: 'metric' },
      { head: 'provider' },
      { head: 'arm' },
      ...(about === undefined ? [] : [{ head: about }]),
      { head: 'planted', numeric: true },
      { head: 'measured', numeric: true },
      { head: `${percentOf(level)}% interval`, numeric: true },
      { head: 'n', numeric: true },
      { head: '' },
    ],
    rows.map((row) => [
      { text: terminalText(row.metric) },
      { text: terminalText(row.provider) },
      { text: terminalText(row.arm) },
      ...(about === undefined ? [] : [{ text: terminalText(subjectOf(row) ?? '') }]),
      { text: numberOf(row.planted, row.unit) },
      { text: numberOf(row.value, row.unit) },
      { text: formatInterval(row.low, row.high, row.unit) },
      { text: formatCount(row.n) },
      { text: verdictWords(row), paint: row.inside === false ? out.colors.yellow : String },
    ]),
  );
}

const percentOf = (level: number): number => Number((level * 100).toFixed(2));

function page(rows: TruthRow[], level: number, invocation: Invocation): string {
  const colors = pc.createColors(wantsColor(invocation, invocation.stdout));
  const out = new Page(Math.max(40, invocation.stdout.columns ?? 100), colors);
  const judged = rows.filter(({ inside }) => inside !== null);
  out.line('What the simulated world plants, beside what the run measured', colors.bold);
  truthTable(
    out,
    rows.filter((row) => subjectOf(row) === null),
    { level },
  );
  truthTable(
    out,
    rows.filter(({ group }) => group !== undefined),
    { level, about: 'group' },
  );
  truthTable(
    out,
    rows.filter(({ contrast }) => contrast !== undefined),
    { level, about: 'contrast' },
  );
  truthTable(
    out,
    rows.filter(({ relation }) => relation !== undefined),
    { level, about: 'relation' },
  );
  out.line(
    `${judged.filter(({ inside }) => inside).length} of ${judged.length} planted values lie inside their intervals. A planted value is that of this run's own items and personas, while an interval speaks of all like them: so more than ${percentOf(level)} of 100 should.`,
  );
  for (const line of missingWords(rows)) out.line(line, colors.dim);
  return out.text();
}

/** `evalrun truth RUN`: planted and measured values of a simulated run. Nothing is called and nothing is written. */
export async function truth([folder = '']: string[], invocation: Invocation): Promise<number> {
  const { level = 0.95 } = invocation.flags as Flags & { level?: number };
  const run = openRun(folder, invocation);
  const record = new RecordReader(path.join(run.folder, runFiles.record));
  try {
    const rows = await truthOf(run, record, level);
    if (invocation.flags.json === true)
      for (const row of rows) invocation.stdout.write(`${JSON.stringify({ type: 'truth', ...row })}\n`);
    else invocation.stdout.write(page(rows, level, invocation));
  } finally {
    record.close();
  }
  return exitCodes.complete;
}
