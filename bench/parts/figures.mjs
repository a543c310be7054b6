import os from 'node:os';

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median of every numeric field over the runs of one kind. */
export function medians(runs) {
  const fields = Object.keys(runs[0]).filter((field) => typeof runs[0][field] === 'number');
  return Object.fromEntries(fields.map((field) => [field, median(runs.map((run) => run[field]))]));
}

/** A number with three significant digits, or whole from 100 on. */
function show(value) {
  if (value === null || value === undefined) return '–';
  if (typeof value !== 'number') return String(value);
  if (Number.isInteger(value) || Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}

/** Prints rows (objects with the same keys) as an aligned table under a heading. */
export function printTable(heading, rows) {
  const columns = Object.keys(rows[0]);
  const texts = [columns, ...rows.map((row) => columns.map((column) => show(row[column])))];
  const widths = columns.map((_, at) => Math.max(...texts.map((line) => line[at].length)));
  const isNumeric = columns.map((column) => rows.some((row) => typeof row[column] === 'number'));
  const lines = texts.map((line) =>
    line.map((text, at) => (isNumeric[at] ? text.padStart(widths[at]) : text.padEnd(widths[at]))).join('  '),
  );
  process.stdout.write(`\n${heading}\n${lines.join('\n')}\n`);
}

/** The machine and how busy it was: a ratio that was measured beside other work deserves to be taken again. */
export function host() {
  return {
    node: process.version,
    cpus: os.availableParallelism(),
    load: Number(os.loadavg()[0].toFixed(2)),
    date: new Date().toISOString().slice(0, 10),
  };
}

/**
 * The end of a benchmark: tables, or one JSON line.
 * @param figures what `--json` prints
 * @param tables heading → rows
 */
export function conclude(json, figures, tables) {
  const machine = host();
  if (json) {
    process.stdout.write(`${JSON.stringify({ ...figures, host: machine })}\n`);
    return;
  }
  for (const [heading, rows] of Object.entries(tables)) if (rows.length > 0) printTable(heading, rows);
  const { node, cpus, load, date } = machine;
  process.stdout.write(`\n${date}, Node ${node}, ${cpus} CPUs, load ${load}\n`);
}

/** Progress on stderr, so that stdout stays clean for `--json`. */
export const say = (text) => process.stderr.write(`${text}\n`);
