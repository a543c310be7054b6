import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { EvalrunError } from '../../contract/problem.js';
import type { RemoteTrainerKind } from '../../contract/trainer-kind.js';
import { defaultRetries, defaultTimeoutMs } from '../../lib/default-limits.js';
import { takeLock } from '../../store/lock.js';
import { readTuneState, type TuneState, tuneFiles } from '../../store/tune-folder.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import { cancelRemotely, type RemoteTuning, tuneRemotely } from './remote-tuning.js';
import { conclude, done, interrupted, onFailure } from './tune-ending.js';
import type { TuneOutput } from './tune-output.js';
import { stateOf } from './tune-state.js';
import type { TuneTask } from './tune-task.js';

/** What a tuning at an endpoint works with. */
export interface Desk {
  task: TuneTask;
  kind: RemoteTrainerKind;
  invocation: Invocation;
  output: TuneOutput;
}

/** Connects, does something with the tuning, and disconnects. Ctrl-C ends the watching, not the job. */
async function withTuning(
  { task, kind, invocation, output }: Desk,
  state: TuneState,
  act: (tuning: RemoteTuning) => Promise<ExitCode>,
): Promise<ExitCode> {
  const stop = new AbortController();
  const handle = (): void => stop.abort();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, handle);
  const { retries = defaultRetries, timeoutMs = defaultTimeoutMs } = task.order.base.limits;
  const training = await kind.connect(task.order, invocation.env);
  try {
    return await act({
      folder: task.folder,
      state,
      files: task.order.files,
      training,
      patience: { retries, timeoutMs, signal: stop.signal, notify: (line) => output.say(line) },
      pollMs: kind.pollSeconds(task.order.options) * 1000,
      now: invocation.now,
      redact: invocation.redact,
      show: (progress) => output.progress(progress),
    });
  } catch (error) {
    if (stop.signal.aborted) return interrupted(task, output, state);
    return onFailure(error, task, output, state);
  } finally {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, handle);
    await training.close();
  }
}

/**
 * Trains at the endpoint, in the folder, which is locked meanwhile; goes on with what was started there.
 * @throws EvalrunError RUN_LOCKED, DAMAGED_TUNING, TUNING_CHANGED, TUNING_REFUSED
 */
export async function tuneAtEndpoint(desk: Desk): Promise<ExitCode> {
  const { task, invocation, output } = desk;
  mkdirSync(task.folder, { recursive: true });
  const release = takeLock(path.join(task.folder, tuneFiles.lock));
  try {
    const state = stateOf(task, invocation);
    return await withTuning(desk, state, async (tuning) => conclude(task, await tuneRemotely(tuning), output));
  } finally {
    release();
  }
}

/**
 * `--cancel`: ends the job of the folder. Takes no lock and writes nothing: another process may be following the job.
 * @returns 0 if it is cancelled, 3 if it had ended before
 * @throws EvalrunError NO_TUNING_JOB when there is none, DAMAGED_TUNING, TUNING_REFUSED
 */
export async function cancelAtEndpoint(desk: Desk): Promise<ExitCode> {
  const { task, output } = desk;
  const nothing = (): EvalrunError =>
    new EvalrunError('NO_TUNING_JOB', `no job was started in ${output.shown(task.folder)}`, {
      hint: 'name the folder of the tuning with --out',
    });
  const state = readTuneState(task.folder);
  if (state === null) throw nothing();
  return withTuning(desk, state, async (tuning) => {
    const job = await cancelRemotely(tuning);
    if (job === null) throw nothing();
    const isCancelled = job.status === 'cancelled';
    output.result(`job ${job.id} ${isCancelled ? 'is cancelled' : `had ended before: ${job.status}`}`);
    return done(task, output, job, isCancelled ? exitCodes.complete : exitCodes.incomplete);
  });
}
