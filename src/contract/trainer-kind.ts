import type { TSchema } from 'typebox';
import type { ProviderSpec } from './config-spec.js';
import type { JsonObject } from './json.js';
import type { Env } from './provider-kind.js';

/** Parts of a training set that trainers take. */
export const trainingSplits = ['train', 'validation'] as const;
export type TrainingSplit = (typeof trainingSplits)[number];

/** A file of preference pairs whose lines were all checked. */
export interface TrainingFile {
  split: TrainingSplit;
  /** Absolute. */
  file: string;
  rows: number;
  bytes: number;
  /** Of the file's bytes, 64 hex digits. */
  sha256: string;
}

/** What is to be tuned, and how. */
export interface TuningOrder {
  /** Id of the tune document. */
  tune: string;
  /** Model that is tuned. */
  model: string;
  /** Whose endpoint is used. */
  base: ProviderSpec;
  /** Options of the kind, validated against its schema. */
  options: JsonObject;
  files: readonly TrainingFile[];
}

/** A job as the endpoint tells of it. */
export interface TrainingJob {
  id: string;
  status: 'waiting' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** Name of the tuned model; null until it succeeded. */
  model: string | null;
  error: TrainingFault | null;
}

/** Why a job failed, in the endpoint's words, and where, as far as it says. */
export interface TrainingFault {
  message: string;
  /** The file that is to blame. */
  split: TrainingSplit | null;
  /** Its line, from 1. */
  line: number | null;
}

/** Something that happened to a job. */
export interface TrainingEvent {
  id: string;
  message: string;
  step: number | null;
  /** Loss on the training data at that step. */
  loss: number | null;
}

/** How a job is recognised that an earlier attempt may have started. */
export interface JobSearch {
  /** Unique to this order; the job carries it, where the endpoint keeps such marks. */
  key: string;
  /** Ids of the uploaded files. */
  files: { [split in TrainingSplit]?: string };
  /** Not before this time were jobs asked for, in seconds since 1970. */
  since: number;
}

/**
 * A connected trainer. One attempt per call, no retries inside; each throws CallFailure. `find…` looks for what an earlier
 * attempt may have made without being heard of again, so that nothing is uploaded or paid for twice.
 */
export interface RemoteTraining {
  findFile(file: TrainingFile, signal: AbortSignal): Promise<string | null>;
  upload(file: TrainingFile, content: Blob, signal: AbortSignal): Promise<string>;
  findJob(search: JobSearch, signal: AbortSignal): Promise<TrainingJob | null>;
  /** @param key see JobSearch */
  createJob(key: string, files: { [split in TrainingSplit]?: string }, signal: AbortSignal): Promise<TrainingJob>;
  job(id: string, signal: AbortSignal): Promise<TrainingJob>;
  /** What happened since an event that was seen, oldest first. */
  eventsSince(id: string, seen: string | null, signal: AbortSignal): Promise<TrainingEvent[]>;
  cancel(id: string, signal: AbortSignal): Promise<TrainingJob>;
  close(): Promise<void>;
}

/** What a folder for a local trainer holds besides its data. */
export interface TrainerFolder {
  /** Name → content. Each says that evalrun wrote it. */
  files: { [name: string]: string };
  /** Name of the tuned model as it will be served. */
  served: string;
  /** What a person types to train, in that folder. */
  command: string;
}

/** What a trainer takes. */
export interface TrainingLimits {
  /** Most bytes of a file; null where there is no limit. */
  fileBytes: number | null;
  /** Fewest pairs to train on. */
  pairs: number;
}

interface TrainerBase {
  readonly kind: string;
  /** JSON Schema of the kind's own keys in a tune document. */
  readonly options: TSchema;
  /** Format of `evalrun export` that it reads. */
  readonly pairFormat: string;
  /** Kinds of provider whose models it can tune. */
  readonly baseKinds: readonly string[];
  limits(options: JsonObject): TrainingLimits;
  /** What is wrong with a line; null if nothing is. */
  rowFault(row: JsonObject): string | null;
}

/** Trains at an endpoint. */
export interface RemoteTrainerKind extends TrainerBase {
  readonly place: 'endpoint';
  /** Seconds between two looks at a job. */
  pollSeconds(options: JsonObject): number;
  connect(order: TuningOrder, env: Env): Promise<RemoteTraining>;
}

/** Writes what a trainer of one's own reads, and calls nothing. */
export interface FolderTrainerKind extends TrainerBase {
  readonly place: 'folder';
  /** The row as the trainer's file holds it. */
  row(row: JsonObject): JsonObject;
  folder(order: TuningOrder): TrainerFolder;
}

/** A way to train on preference pairs. Adding one means adding one file and one line in the registry. */
export type TrainerKind = RemoteTrainerKind | FolderTrainerKind;
