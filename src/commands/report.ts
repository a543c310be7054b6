import path from 'node:path';
import { RecordReader } from '../store/record-reader.js';
import { runFiles } from '../store/run-folder.js';
import { finish } from './finish.js';
import type { Invocation } from './invocation.js';
import { openRun } from './open-run.js';

/** `evalrun report RUN`: every report of the config again, from the record alone. */
export async function report([folder = '']: string[], invocation: Invocation): Promise<number> {
  const run = openRun(folder, invocation);
  return (await finish(run, new RecordReader(path.join(run.folder, runFiles.record)), invocation)).code;
}
