import { openAsBlob } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CallFailure } from '../../contract/call.js';
import type { RemoteTraining, TrainingFile, TrainingJob } from '../../contract/trainer-kind.js';
import { type TuneState, writeTuneState } from '../../store/tune-folder.js';
import { attempt, type Patience, pauseAfter, withRetries } from './with-retries.js';

/** What happened, for whoever watches. */
export type TuneProgress =
  | { what: 'file'; split: string; id: string; found: boolean }
  | { what: 'job'; id: string; found: boolean }
  | { what: 'event'; message: string; step: number | null; loss: number | null }
  | { what: 'status'; job: string; status: TrainingJob['status'] };

/** One tuning at an endpoint, with what is known of it on the disk. */
export interface RemoteTuning {
  folder: string;
  state: TuneState;
  files: readonly TrainingFile[];
  training: RemoteTraining;
  patience: Patience;
  pollMs: number;
  now(): Date;
  redact(text: string): string;
  /** `status` is shown at every look at the job, changed or not. */
  show(progress: TuneProgress): void;
}

type Sendable = NonNullable<TuneState['sent']>['what'];

/** An upload may take this many times as long as another request. */
const uploadFactor = 10;
/** Pause before an endpoint's lists are believed to lack something, ms. */
const longestLagMs = 10_000;

export const hasEnded = ({ status }: TrainingJob): boolean =>
  status === 'succeeded' || status === 'failed' || status === 'cancelled';

/** Puts a change of the state on the disk. */
function note(tuning: RemoteTuning, change: Partial<TuneState>): void {
  Object.assign(tuning.state, change);
  writeTuneState(tuning.folder, tuning.state, tuning.redact);
}

/** Whether the endpoint itself said no: then nothing was made. Time-outs and conflicts leave that open. */
const saidNo = (error: unknown): boolean => {
  const status = error instanceof CallFailure ? (error.facts.status ?? 0) : 0;
  return status >= 400 && status < 500 && ![408, 409, 425].includes(status);
};

/** How something is made exactly once, though answers may be lost. */
interface Making<T> {
  what: Sendable;
  /** Also looked for where nothing was sent from here: the same content may be there already. */
  mayBeThere: boolean;
  find(signal: AbortSignal): Promise<T | null>;
  make(signal: AbortSignal): Promise<T>;
}

/**
 * Makes something that must not be made twice. That the request will be sent is on the disk before it is; after an attempt
 * without an answer the endpoint is asked for the result first, once more after a pause, since its lists may lag behind.
 */
async function makeOnce<T>(tuning: RemoteTuning, making: Making<T>): Promise<{ made: T; found: boolean }> {
  const { what, make } = making;
  const { patience } = tuning;
  const how = { ...patience, timeoutMs: patience.timeoutMs * (what === 'job' ? 1 : uploadFactor) };
  for (let failed = 0; ; failed++) {
    const known = await look(tuning, making);
    if (known !== null) return { made: known, found: true };
    note(tuning, { sent: { what, at: tuning.now().toISOString() } });
    try {
      return { made: await attempt(make, how), found: false };
    } catch (error) {
      if (saidNo(error)) note(tuning, { sent: null });
      await pauseAfter(error, failed, patience);
    }
  }
}

async function look<T>(tuning: RemoteTuning, { what, mayBeThere, find }: Making<T>): Promise<T | null> {
  const { patience, pollMs, state } = tuning;
  const isUnsure = state.sent?.what === what;
  if (!mayBeThere && !isUnsure) return null;
  const known = await withRetries(find, patience);
  if (known !== null || !isUnsure) return known;
  await sleep(Math.min(pollMs, longestLagMs), undefined, { signal: patience.signal });
  return withRetries(find, patience);
}

async function upload(tuning: RemoteTuning, file: TrainingFile): Promise<void> {
  const { state, training, show } = tuning;
  if (state.files[file.split] !== undefined) return;
  const content = await openAsBlob(file.file);
  const { made: id, found } = await makeOnce(tuning, {
    what: file.split,
    mayBeThere: true,
    find: (signal) => training.findFile(file, signal),
    make: (signal) => training.upload(file, content, signal),
  });
  note(tuning, { sent: null, files: { ...state.files, [file.split]: id } });
  show({ what: 'file', split: file.split, id, found });
}

/** Looks for a job that was asked for without an answer. */
export function findSentJob({ state, training }: RemoteTuning, signal: AbortSignal): Promise<TrainingJob | null> {
  const since = state.sent === null ? 0 : Date.parse(state.sent.at) / 1000;
  return training.findJob({ key: state.key, files: state.files, since }, signal);
}

async function startJob(tuning: RemoteTuning): Promise<TrainingJob> {
  const { state, training, show } = tuning;
  if (state.job !== null) return state.job;
  const { made: job, found } = await makeOnce(tuning, {
    what: 'job',
    mayBeThere: false,
    find: (signal) => findSentJob(tuning, signal),
    make: (signal) => training.createJob(state.key, state.files, signal),
  });
  note(tuning, { sent: null, job });
  show({ what: 'job', id: job.id, found });
  return job;
}

async function showEvents(tuning: RemoteTuning, id: string): Promise<void> {
  const { state, training, patience, show } = tuning;
  const events = await withRetries((signal) => training.eventsSince(id, state.event, signal), patience);
  for (const { message, step, loss } of events) show({ what: 'event', message, step, loss });
  const last = events.at(-1);
  if (last !== undefined) note(tuning, { event: last.id });
}

/** Looks at a job until it has ended. */
async function follow(tuning: RemoteTuning, started: TrainingJob): Promise<TrainingJob> {
  const { state, training, patience, pollMs, show } = tuning;
  for (;;) {
    const job = await withRetries((signal) => training.job(started.id, signal), patience);
    await showEvents(tuning, job.id);
    if (job.status !== state.job?.status || hasEnded(job)) note(tuning, { job });
    show({ what: 'status', job: job.id, status: job.status });
    if (hasEnded(job)) return job;
    await sleep(pollMs, undefined, { signal: patience.signal });
  }
}

/**
 * Uploads the pairs, starts the job and follows it to its end; goes on from wherever it was left.
 * @throws CallFailure that no attempt mends, or the reason of the signal
 */
export async function tuneRemotely(tuning: RemoteTuning): Promise<TrainingJob> {
  const { job } = tuning.state;
  if (job !== null && hasEnded(job)) return job;
  if (job === null) for (const file of tuning.files) await upload(tuning, file);
  return follow(tuning, await startJob(tuning));
}

/**
 * Cancels the job of a tuning and waits until it has ended. Writes nothing, so that it works beside a process that follows.
 * @returns null where there is no job
 */
export async function cancelRemotely(tuning: RemoteTuning): Promise<TrainingJob | null> {
  const { state, training, patience, pollMs, show } = tuning;
  const ask = <T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> => withRetries(call, patience);
  const known = state.job ?? (state.sent?.what === 'job' ? await ask((signal) => findSentJob(tuning, signal)) : null);
  if (known === null) return null;
  let job = await ask((signal) => training.job(known.id, signal));
  if (!hasEnded(job)) job = await ask((signal) => training.cancel(known.id, signal));
  while (!hasEnded(job)) {
    show({ what: 'status', job: job.id, status: job.status });
    await sleep(pollMs, undefined, { signal: patience.signal });
    job = await ask((signal) => training.job(known.id, signal));
  }
  return job;
}
