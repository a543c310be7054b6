#!/usr/bin/env node
/**
 * kill -9 at random moments: a run resumes, asks for nothing that it has on record, and ends with the same report.
 *
 *   node bench/crash.mjs [--kills 25] [--chain 25] [--cells 2000] [--latency 5] [--seed 1] [--concurrency 64]
 *        [--rate-limited 5] [--server-error 2] [--dropped 1] [--truncated 1] [--malformed 1] [--json]
 *
 * The server fails the given percentages of requests. First one undisturbed run. Then `--kills` runs, each killed once (its
 * process group, SIGKILL) at a random moment and resumed with the same command: one in ten during start-up, the others
 * evenly between the first request and the exit, writing the reports included. Then one run that is killed up to `--chain`
 * times in a row, each time soon after its first request, and resumed until it ends by itself. `--chain 0` leaves that out.
 *
 * Checked for every run:
 *   - it ends with exit code 0 and all cells answered;
 *   - report.json without `timing`, `host` and `effort` has the same bytes as the undisturbed run's;
 *   - after each kill the record is read (by our own reader) and the server's counts are taken, once nothing is in flight.
 *     No request arrives later for a reply that was in the record (`askedAgain` = 0), and none of these replies disappears;
 *   - replies that the server gave twice (`repeatOk`) are exactly those that it had given but that had not reached the
 *     record when the kill came (`lost`).
 * Exit code 1 if any of this fails. The temporary folder is kept then, and named.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readArguments } from './parts/arguments.mjs';
import { writeChatEval } from './parts/eval-files.mjs';
import { conclude, median, say } from './parts/figures.mjs';
import { RecordWitness, runUntil } from './parts/killed-run.mjs';
import { startServer } from './parts/processes.mjs';

const {
  kills,
  chain,
  cells,
  seed,
  concurrency,
  json,
  help: _,
  ...serverOptions
} = readArguments(
  {
    kills: 25,
    chain: 25,
    cells: 2000,
    latency: 5,
    seed: 1,
    concurrency: 64,
    rateLimited: 5,
    serverError: 2,
    dropped: 1,
    truncated: 1,
    malformed: 1,
  },
  import.meta.url,
);
const folder = mkdtempSync(path.join(tmpdir(), 'evalrun-crash-'));
const server = await startServer({ seed, ...serverOptions });
// A call must never run out of attempts by chance: at 10 % faults, 20 attempts fail together once in 10^20.
const config = writeChatEval(folder, { cells, baseUrl: server.baseUrl, concurrency, retries: 20 });

/** A share in [0, 1) for the n-th draw of a name; the same seed kills at the same shares. */
const share = (name, at) => createHash('sha256').update(`${seed} ${name} ${at}`).digest().readUInt32LE(0) / 2 ** 32;

/** report.json without the three parts that may differ. */
function comparableReport(out) {
  const { timing, host, effort, ...rest } = JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8'));
  return { text: JSON.stringify(rest, null, 2), cells: rest.counts.cells };
}

/** The first run: its report and how its time divides. Every run has a working folder of its own, under equal names. */
async function undisturbed() {
  const cwd = path.join(folder, 'undisturbed');
  mkdirSync(cwd);
  const startedAtMs = performance.timeOrigin + performance.now();
  const { code, stderr } = await runUntil(config, 'out', { cwd, moment: null, server });
  const seconds = (performance.timeOrigin + performance.now() - startedAtMs) / 1000;
  if (code !== 0) throw new Error(`the undisturbed run ended with ${code}:\n${stderr}`);
  const stats = await server.stats();
  const report = comparableReport(path.join(cwd, 'out'));
  if (report.cells.answered !== cells) throw new Error(`the undisturbed run answered ${report.cells.answered} cells`);
  if (stats.repeatOk !== 0) throw new Error(`the undisturbed run asked ${stats.repeatOk} answered requests again`);
  const firstCallSeconds = (stats.firstAtMs - startedAtMs) / 1000;
  say(
    `undisturbed: ${seconds.toFixed(2)} s, first call after ${firstCallSeconds.toFixed(2)} s, faults ${JSON.stringify(stats.faults)}`,
  );
  return {
    seconds,
    firstCallSeconds,
    callSeconds: (stats.lastAtMs - stats.firstAtMs) / 1000,
    faults: stats.faults,
    requests: stats.total,
    report: report.text,
  };
}

/**
 * One run, killed at each of the moments in turn, then resumed to its end.
 */
async function killedRun(name, moments, expected) {
  const cwd = path.join(folder, name);
  mkdirSync(cwd);
  await server.reset();
  const witness = new RecordWitness(server, path.join(cwd, 'out'));
  const recordedAtKill = [];
  let last;
  for (const moment of [...moments, null]) {
    last = await runUntil(config, 'out', { cwd, moment, server });
    if (!last.killed) break;
    recordedAtKill.push(await witness.look());
  }
  const problems = [];
  const recorded = await witness.look();
  const [askedAgain, { repeatOk, total }] = [await witness.askedAgain(), await server.stats()];
  if (last.code !== 0) problems.push(`exit code ${last.code}: ${last.stderr.slice(-500)}`);
  else {
    const report = comparableReport(path.join(cwd, 'out'));
    if (report.cells.answered !== cells) problems.push(`${report.cells.answered} cells answered`);
    if (report.text !== expected) problems.push('another report');
  }
  if (recorded !== cells) problems.push(`${recorded} replies on record`);
  if (askedAgain !== 0) problems.push(`${askedAgain} requests for recorded replies`);
  if (repeatOk !== witness.lost) problems.push(`${repeatOk} replies given twice, ${witness.lost} lost`);
  say(
    `${name}: killed with ${recordedAtKill.join(', ') || 'no kill'} of ${cells} on record, ${witness.lost} lost${problems.length > 0 ? `; ${problems.join('; ')}` : ''}`,
  );
  if (problems.length === 0) rmSync(cwd, { recursive: true });
  return {
    name,
    kills: recordedAtKill.length,
    recordedAtKill,
    requests: total,
    repeatOk,
    lost: witness.lost,
    askedAgain,
    problems,
  };
}

const calm = await undisturbed();

/** One in ten during start-up, the others evenly over all that follows. */
function momentOf(at) {
  const place = share('moment', at);
  if (at % 10 === 9) return { from: 'start', seconds: place * calm.firstCallSeconds };
  return { from: 'first request', seconds: place * (calm.seconds - calm.firstCallSeconds) };
}

const single = [];
// A moment that comes after the end is no kill: another one is drawn.
for (let at = 0; single.filter((run) => run.kills > 0).length < kills && at < 3 * kills; at++) {
  single.push(await killedRun(`killed-${at}`, [momentOf(at)], calm.report));
}
const steps = Array.from({ length: chain }, (_unused, at) => ({
  from: 'first request',
  seconds: ((2 * calm.callSeconds) / chain) * share('step', at),
}));
const chained = chain > 0 ? [await killedRun('chain', steps, calm.report)] : [];
server.stop();

const summary = (label, runs) => ({
  runs: label,
  kills: runs.reduce((total, run) => total + run.kills, 0),
  'on record at a kill, median': median(runs.flatMap((run) => run.recordedAtKill)),
  'before the first reply': runs.flatMap((run) => run.recordedAtKill).filter((recorded) => recorded === 0).length,
  'after the last reply': runs.flatMap((run) => run.recordedAtKill).filter((recorded) => recorded === cells).length,
  lost: runs.reduce((total, run) => total + run.lost, 0),
  repeatOk: runs.reduce((total, run) => total + run.repeatOk, 0),
  askedAgain: runs.reduce((total, run) => total + run.askedAgain, 0),
  'all checks passed': `${runs.filter((run) => run.problems.length === 0).length} of ${runs.length}`,
});
const rows = [
  ['killed once', single],
  ['killed in a row', chained],
]
  .filter(([, runs]) => runs.some((run) => run.kills > 0))
  .map(([label, runs]) => summary(label, runs));
const failed = [...single, ...chained].filter((run) => run.problems.length > 0);
const { report: _report, ...undisturbedFigures } = calm;
conclude(
  json,
  { cells, undisturbed: undisturbedFigures, runs: [...single, ...chained], failed: failed.length },
  {
    [`${cells.toLocaleString('en-US')} cells, undisturbed ${calm.seconds.toFixed(2)} s, ${calm.requests} requests`]:
      rows,
  },
);
const enough = single.filter((run) => run.kills > 0).length >= kills;
if (failed.length > 0 || !enough) {
  say(
    enough
      ? `failed: ${failed.map((run) => run.name).join(', ')}; see ${folder}`
      : `too few kills came before the end; see ${folder}`,
  );
  process.exitCode = 1;
} else rmSync(folder, { recursive: true });
