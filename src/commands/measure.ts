import path from 'node:path';
import { RecordReader } from '../store/record-reader.js';
import { runFiles } from '../store/run-folder.js';
import { exitCodeOf, measureFolder, writeReports } from './finish.js';
import type { Invocation } from './invocation.js';
import { openRun } from './open-run.js';

/** `evalrun measure RUN`: the numbers again, from the record alone; writes `report.json`. */
export async function measureRun([folder = '']: string[], invocation: Invocation): Promise<number> {
  const opened = openRun(folder, invocation);
  const reports = opened.plan.policy.reports.filter(({ kind }) => kind === 'terminal' || kind === 'json');
  const run = { ...opened, plan: { ...opened.plan, policy: { ...opened.plan.policy, reports } } };
  const record = new RecordReader(path.join(run.folder, runFiles.record));
  try {
    const report = await measureFolder(opened, record);
    await writeReports(run, report, record, invocation);
    return exitCodeOf(report);
  } finally {
    record.close();
  }
}
