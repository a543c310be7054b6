import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { EvalrunError } from '../contract/problem.js';
import type { TrainingJob, TrainingSplit } from '../contract/trainer-kind.js';

/** Names inside the folder of a tuning. */
export const tuneFiles = { state: 'tune.json', lock: 'writer.lock', earlier: 'earlier' } as const;

/** What is known of a tuning at an endpoint. It is on the disk before the request that it tells of is sent. */
export interface TuneState {
  schema: 'evalrun.tune/1';
  tune: string;
  /** Over what is tuned, how and where; another digest is another tuning. */
  digest: string;
  /** Unique to this tuning; the job carries it at the endpoint. */
  key: string;
  /** Ids of uploaded files. */
  files: { [split in TrainingSplit]?: string };
  /** A request that may have reached the endpoint without an answer. */
  sent: { what: TrainingSplit | 'job'; at: string } | null;
  job: TrainingJob | null;
  /** The last event that was shown. */
  event: string | null;
}

/**
 * @returns null where the folder holds no tuning
 * @throws EvalrunError DAMAGED_TUNING when it cannot be read
 */
export function readTuneState(folder: string): TuneState | null {
  const file = path.join(folder, tuneFiles.state);
  if (!existsSync(file)) return null;
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as TuneState;
    if (state.schema === 'evalrun.tune/1' && typeof state.key === 'string' && typeof state.files === 'object')
      return state;
    throw new Error('it is no state of a tuning');
  } catch (error) {
    throw new EvalrunError('DAMAGED_TUNING', `${file}: ${(error as Error).message}`, {
      hint: 'look at the endpoint for the job first; then name another folder with --out',
      cause: error,
    });
  }
}

function sync(file: string, flags: string, content?: string): void {
  const handle = openSync(file, flags);
  try {
    if (content !== undefined) writeSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Writes the state so that it survives a loss of power: file, name and folder are on the disk when this returns.
 * @param redact takes secrets out of an endpoint's words
 */
export function writeTuneState(folder: string, state: TuneState, redact: (text: string) => string): void {
  const file = path.join(folder, tuneFiles.state);
  const draft = `${file}.draft`;
  sync(draft, 'w', redact(`${JSON.stringify(state, null, 2)}\n`));
  renameSync(draft, file);
  sync(folder, 'r');
}

/** Moves the state of a tuning that has ended out of the way, into `earlier/`, where it can still be read. */
export function moveTuneStateAside(folder: string, { key }: TuneState): void {
  const earlier = path.join(folder, tuneFiles.earlier);
  mkdirSync(earlier, { recursive: true });
  renameSync(path.join(folder, tuneFiles.state), path.join(earlier, `${key}.json`));
  sync(earlier, 'r');
  sync(folder, 'r');
}
