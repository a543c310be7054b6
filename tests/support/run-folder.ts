import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CellEntry } from '../../src/contract/record.js';
import type { Report } from '../../src/contract/report.js';
import { RecordReader } from '../../src/store/record-reader.js';

export const recordFile = (out: string): string => path.join(out, 'record.ndjson.zst');

export const readReport = (out: string): Report => JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8'));

/** The bytes of report.json without the three parts that may differ from run to run. */
export function settledReport(out: string): string {
  const { timing: _timing, host: _host, effort: _effort, ...rest } = readReport(out);
  return JSON.stringify(rest, null, 2);
}

function withRecord<Value>(out: string, read: (record: RecordReader) => Value): Value {
  const record = new RecordReader(recordFile(out));
  try {
    return read(record);
  } finally {
    record.close();
  }
}

/** Texts of all recorded replies; none where there is no record yet. */
export const recordedTexts = (out: string): string[] =>
  existsSync(recordFile(out)) ? withRecord(out, (record) => [...record.replies()].map(({ text }) => text)) : [];

/** The last entry of each recorded cell, in the order of the cells. */
export const recordedCells = (out: string): CellEntry[] =>
  withRecord(out, (record) => [...new Map([...record.cells()].map((entry) => [entry.cell, entry])).values()]).sort(
    (a, b) => a.cell - b.cell,
  );
