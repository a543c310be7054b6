import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Plan } from '../contract/plan.js';
import type { Report } from '../contract/report.js';
import { jsonLine } from '../lib/json-line.js';
import { takeLock } from '../store/lock.js';
import { moveAside, placeRun, readPlan, runFiles, writeWhole } from '../store/run-folder.js';
import { connect } from './connect.js';
import { earlierRun } from './earlier-run.js';
import { type ExecutionSummary, execute } from './execute.js';
import { type ExitCode, exitCodes } from './exit-codes.js';
import { exitCodeOf, finish, finishedReport, printReport } from './finish.js';
import { onInterrupt } from './interrupt.js';
import type { Invocation } from './invocation.js';
import type { Prepared } from './prepare.js';
import { say } from './say.js';
import { shownPath } from './shown-path.js';

const shown = (file: string, { cwd }: Invocation): string => shownPath(file, cwd);

const sayInJson = ({ flags, stdout }: Invocation, record: object): void => {
  if (flags.json === true) stdout.write(`${jsonLine(record)}\n`);
};

/**
 * The plan of the folder, if it holds this run already: what was frozen at its first start (command, git state) stays;
 * policy follows the config of today.
 */
function adopt(plan: Plan, folder: string): { plan: Plan; changed: boolean } {
  if (!existsSync(path.join(folder, runFiles.plan))) return { plan, changed: true };
  const frozen = readPlan(folder);
  const changed = !isDeepStrictEqual(frozen.policy, JSON.parse(JSON.stringify(plan.policy)));
  return { plan: { ...frozen, policy: plan.policy }, changed };
}

function closingWords(invocation: Invocation, folder: string, report: Report, summary: ExecutionSummary | null): void {
  const { cells } = report.counts;
  if (summary !== null && summary.halted !== null) say(invocation, `stopped: ${summary.halted}`);
  if (!report.run.complete) {
    say(
      invocation,
      `incomplete: ${cells.answered + cells.refused} of ${cells.planned} cells settled, ${cells.failed} failed, ${cells.skipped} not asked; run the same command to resume`,
    );
  }
  const html = path.join(folder, runFiles.html);
  if (existsSync(html)) say(invocation, `report: ${shown(html, invocation)}`);
}

function openingWords(invocation: Invocation, folder: string, { plan, matrix, notes }: Prepared): void {
  const cells = matrix.cells.toLocaleString('en-US');
  say(invocation, `${plan.matrix.eval.id}: ${cells} cells, run ${plan.id}, ${shown(folder, invocation)}`);
  for (const note of notes) say(invocation, note);
}

/** How many replies an earlier run spared. */
function reuseWords(invocation: Invocation, earlier: string | null, { traffic }: ExecutionSummary): void {
  if (earlier === null || traffic.reused === 0) return;
  const [reused, fresh] = [traffic.reused, traffic.recorded].map((count) => count.toLocaleString('en-US'));
  say(invocation, `${reused} unchanged replies taken over from ${shown(earlier, invocation)}, ${fresh} new`);
}

/** Runs one config in its folder, which is locked by now. */
async function runIn(
  folder: string,
  earlier: string | null,
  prepared: Prepared,
  invocation: Invocation,
): Promise<ExitCode> {
  const { plan, changed } = adopt(prepared.plan, folder);
  const run = { plan, matrix: prepared.matrix, folder };
  const done = changed ? null : finishedReport(run);
  if (done !== null) {
    say(invocation, 'already complete; nothing to run');
    await printReport(run, done, invocation);
    return conclude(folder, done, null, invocation);
  }
  if (changed) writeWhole(path.join(folder, runFiles.plan), `${JSON.stringify(plan)}\n`);
  const endpoints = await connect(plan, prepared.providerFolders, invocation);
  // Starts on a line of its own: the progress line is not ended, and the terminal has echoed ^C.
  const interrupt = onInterrupt((line) => say(invocation, invocation.stderr.isTTY ? `\n${line}` : line));
  let summary: ExecutionSummary;
  try {
    summary = await execute({ plan, matrix: prepared.matrix, folder, earlier, endpoints, interrupt }, invocation);
  } finally {
    interrupt.release();
    await endpoints.close();
  }
  reuseWords(invocation, earlier, summary);
  const { report } = await finish(run, summary.record, invocation);
  return conclude(folder, report, summary, invocation, interrupt.drain.aborted);
}

function conclude(
  folder: string,
  report: Report,
  summary: ExecutionSummary | null,
  invocation: Invocation,
  interrupted = false,
): ExitCode {
  closingWords(invocation, folder, report, summary);
  const code = interrupted && !report.run.complete ? exitCodes.interrupted : exitCodeOf(report);
  sayInJson(invocation, {
    type: 'done',
    run: report.run.id,
    folder,
    complete: report.run.complete,
    cells: report.counts.cells,
    calls: {
      recorded: summary?.traffic.recorded ?? 0,
      reused: summary?.traffic.reused ?? 0,
      sent: summary?.traffic.sent ?? 0,
    },
    gates: report.gates,
    exitCode: code,
  });
  return code;
}

/** Runs what was prepared, in the folder that is its own. */
export async function runPrepared(
  prepared: Prepared,
  invocation: Invocation,
): Promise<{ code: ExitCode; folder: string }> {
  const date = invocation.now().toISOString().slice(0, 10);
  const place = placeRun(prepared.plan, invocation.flags.out ?? null, path.join(invocation.cwd, 'reports'), date);
  mkdirSync(place.folder, { recursive: true });
  const release = takeLock(path.join(place.folder, runFiles.lock));
  try {
    const movedTo = place.occupied ? moveAside(place.folder) : null;
    if (movedTo !== null)
      say(invocation, `${place.folder} held another run; it is kept in ${shown(movedTo, invocation)}`);
    const earlier = earlierRun(movedTo ?? place.earlier, invocation);
    openingWords(invocation, place.folder, prepared);
    sayInJson(invocation, {
      type: 'launch',
      run: prepared.plan.id,
      eval: prepared.plan.matrix.eval.id,
      folder: place.folder,
      cells: prepared.matrix.cells,
      earlier,
    });
    return { code: await runIn(place.folder, earlier, prepared, invocation), folder: place.folder };
  } finally {
    release();
  }
}
