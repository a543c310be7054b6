#!/usr/bin/env node
/**
 * What the same command costs again once its run is finished: it must call nothing and take a small share of the time.
 *
 *   node bench/resume.mjs [--people 1586] [--questions 50] [--served 2000] [--concurrency 64] [--json]
 *
 * `again` is the same command on the finished run; `report lost` is the same after report.json was deleted, so that every
 * number is computed from the record again. The first three rows are on the simulated provider (people × questions ×
 * 4 arms), `served` is against a server that counts its requests. Exit code 1 if a finished run made any call.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { readArguments } from './parts/arguments.mjs';
import { writeChatEval, writeSimulatedEval } from './parts/eval-files.mjs';
import { conclude, say } from './parts/figures.mjs';
import { runEvalrun, startServer, temporaryFolder } from './parts/processes.mjs';

const { people, questions, served, concurrency, json } = readArguments(
  { people: 1586, questions: 50, served: 2000, concurrency: 64 },
  import.meta.url,
);
const folder = temporaryFolder();

async function timed(name, config, out) {
  const { seconds, peakRssMb, done } = await runEvalrun([config, '--out', out, '--json'], { cwd: folder });
  if (!done.complete) throw new Error(`${name} is not complete`);
  say(`${name}: ${seconds.toFixed(2)} s, ${done.calls.sent} calls sent`);
  return { run: name, cells: done.cells.planned, seconds, peakRssMb, callsSent: done.calls.sent };
}

async function simulated() {
  const config = writeSimulatedEval(path.join(folder, 'simulated'), { people, questions, concurrency });
  const out = path.join(folder, 'simulated', 'runs', 'out');
  const first = await timed('first', config, out);
  const again = await timed('again', config, out);
  rmSync(path.join(out, 'report.json'));
  const rebuilt = await timed('again, report.json lost', config, out);
  return [first, again, rebuilt].map((row) => ({ ...row, shareOfFirst: row.seconds / first.seconds }));
}

async function againstServer() {
  const server = await startServer();
  const config = writeChatEval(path.join(folder, 'served'), { cells: served, baseUrl: server.baseUrl, concurrency });
  const out = path.join(folder, 'served', 'runs', 'out');
  const rows = [];
  let before = 0;
  for (const name of ['served, first', 'served, again']) {
    const row = await timed(name, config, out);
    const { total } = await server.stats();
    rows.push({ ...row, requestsSeen: total - before });
    before = total;
  }
  server.stop();
  return rows.map((row) => ({ ...row, shareOfFirst: row.seconds / rows[0].seconds }));
}

const rows = [...(await simulated()), ...(await againstServer())].map(({ requestsSeen = null, ...row }) => ({
  ...row,
  requestsSeen,
}));
const repeated = rows.filter(({ run }) => run.includes('again'));
conclude(json, { rows }, { 'The same command, again': rows });
if (repeated.some(({ callsSent, requestsSeen }) => callsSent > 0 || requestsSeen > 0)) {
  say('a finished run made calls');
  process.exitCode = 1;
}
