import path from 'node:path';
import { takeLock } from '../store/lock.js';
import type { RecordReader } from '../store/record-reader.js';
import { runFiles } from '../store/run-folder.js';
import { connect } from './connect.js';
import { execute } from './execute.js';
import { exitCodes } from './exit-codes.js';
import { finish } from './finish.js';
import { onInterrupt } from './interrupt.js';
import type { Invocation } from './invocation.js';
import { openRun } from './open-run.js';

/**
 * `evalrun grade RUN`: grades every cell again with the graders of today's evalrun. Answers come from the record;
 * a judge is asked only what it has not been asked before.
 */
export async function grade([folder = '']: string[], invocation: Invocation): Promise<number> {
  const run = openRun(folder, invocation);
  const release = takeLock(path.join(run.folder, runFiles.lock));
  const interrupt = onInterrupt((line) => invocation.stderr.write(`${line}\n`));
  try {
    const endpoints = await connect(run.plan, {}, invocation);
    let record: RecordReader;
    try {
      ({ record } = await execute({ ...run, earlier: null, endpoints, interrupt, again: true }, invocation));
    } finally {
      await endpoints.close();
    }
    const { report, code } = await finish(run, record, invocation);
    return interrupt.drain.aborted && !report.run.complete ? exitCodes.interrupted : code;
  } finally {
    interrupt.release();
    release();
  }
}
