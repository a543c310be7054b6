#!/usr/bin/env node
/**
 * Peak memory of a small and of a full matrix on the simulated provider: it must not grow with the number of cells.
 *
 *   node bench/memory.mjs [--small 10000] [--people 1586] [--questions 50] [--concurrency 64] [--json]
 *
 * The full matrix is people × questions × 4 arms (317,200 cells), each cell a call of its own and one `mentions` score.
 * The small one is the same config with `--limit`. Peak memory is the largest resident set of the whole process, from
 * loading to the HTML report; rates are cells over its wall time.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { readArguments } from './parts/arguments.mjs';
import { writeSimulatedEval } from './parts/eval-files.mjs';
import { conclude, say } from './parts/figures.mjs';
import { runEvalrun, temporaryFolder } from './parts/processes.mjs';

const { small, people, questions, concurrency, json } = readArguments(
  { small: 10_000, people: 1586, questions: 50, concurrency: 64 },
  import.meta.url,
);
const folder = temporaryFolder();
const config = writeSimulatedEval(folder, { people, questions, concurrency });

async function measure(name, flags) {
  const out = path.join(folder, name, 'out');
  const { done, seconds, cpuSeconds, peakRssMb } = await runEvalrun(
    [config, '--out', out, '--no-reuse', '--json', ...flags],
    { cwd: folder },
  );
  const cells = done.cells.answered + done.cells.refused;
  if (cells !== done.cells.planned) throw new Error(`${done.cells.planned - cells} cells are not settled`);
  say(`${name}: ${cells} cells, ${peakRssMb.toFixed(0)} MB`);
  return {
    run: name,
    cells,
    calls: done.calls.recorded,
    peakRssMb,
    seconds,
    cellsPerSecond: cells / seconds,
    cpuMsPerCell: (cpuSeconds * 1000) / cells,
    recordBytes: statSync(path.join(out, 'record.ndjson.zst')).size,
  };
}

const runs = [await measure('small', ['--limit', String(small)]), await measure('full', [])];
const ratio = runs[1].peakRssMb / runs[0].peakRssMb;
conclude(
  json,
  { runs, ratio },
  {
    'Simulated provider, one call and one score a cell': runs,
    'Peak memory': [{ 'full over small': ratio }],
  },
);
