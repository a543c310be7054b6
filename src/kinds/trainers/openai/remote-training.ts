import type OpenAI from 'openai';
import type { FineTuningJob, FineTuningJobEvent } from 'openai/resources/fine-tuning/jobs/jobs';
import { type Dispatcher, FormData as OurFormData } from 'undici';
import { CallFailure } from '../../../contract/call.js';
import type { JsonObject } from '../../../contract/json.js';
import type { Env } from '../../../contract/provider-kind.js';
import type {
  JobSearch,
  RemoteTraining,
  TrainingEvent,
  TrainingFile,
  TrainingJob,
  TuningOrder,
} from '../../../contract/trainer-kind.js';
import { type BaseUrlOptions, baseUrlOf } from '../../providers/http/base-url.js';
import { createDispatcher } from '../../providers/http/dispatcher.js';
import { failureOfSdk, fetchWith } from '../../providers/http/sdk.js';
import type { OpenaiTrainerOptions } from '../openai.js';
import { trainingFault } from './training-fault.js';

/** Key of the job's metadata by which an order is found again. */
const keyName = 'evalrun_key';

const statuses: { [status in FineTuningJob['status']]: TrainingJob['status'] } = {
  validating_files: 'waiting',
  queued: 'waiting',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** The name tells the content, so a file that arrived unnoticed is found again. */
const nameOf = ({ split, sha256 }: TrainingFile): string => `evalrun-${split}-${sha256.slice(0, 32)}.jsonl`;

function jobOf({ id, status, fine_tuned_model, error }: FineTuningJob): TrainingJob {
  const model = fine_tuned_model ?? null;
  if (typeof id !== 'string') throw new CallFailure('malformed', 'the reply names no job', { retryable: true });
  // A status that is not known here is one of a job that goes on.
  return { id, status: statuses[status] ?? 'running', model, error: trainingFault(error) };
}

const numberAt = (data: unknown, key: string): number | null => {
  const value = (data as { [key: string]: unknown } | null | undefined)?.[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

const eventOf = ({ id, message, data }: FineTuningJobEvent): TrainingEvent => ({
  id,
  message,
  step: numberAt(data, 'step'),
  loss: numberAt(data, 'train_loss'),
});

/** `fetch` for the SDK that also takes its uploads: the form is made anew of the class that our connections know. */
function fetchForUploads(dispatcher: Dispatcher): typeof fetch {
  const own = fetchWith(dispatcher);
  const convert = (input: string, init: RequestInit = {}): Promise<Response> => {
    if (!(init.body instanceof FormData)) return own(input, init);
    const form = new OurFormData();
    for (const [name, value] of init.body.entries()) {
      if (typeof value === 'string') form.append(name, value);
      else form.append(name, value, value.name);
    }
    return own(input, { ...init, body: form as unknown as FormData });
  };
  // The SDK asks `Response` whether forms are understood.
  return Object.assign(convert, { Response }) as unknown as typeof fetch;
}

/** Body of the request for a job. Absent hyperparameters are left to the endpoint. */
function jobBody(order: TuningOrder, key: string, files: { train?: string; validation?: string }): JsonObject {
  const { hyperparameters: chosen = {}, suffix, seed } = order.options as OpenaiTrainerOptions;
  const hyperparameters = {
    ...(chosen.beta !== undefined && { beta: chosen.beta }),
    ...(chosen.epochs !== undefined && { n_epochs: chosen.epochs }),
    ...(chosen.batchSize !== undefined && { batch_size: chosen.batchSize }),
    ...(chosen.learningRateMultiplier !== undefined && { learning_rate_multiplier: chosen.learningRateMultiplier }),
  };
  return {
    model: order.model,
    training_file: files.train!,
    ...(files.validation !== undefined && { validation_file: files.validation }),
    method: { type: 'dpo', dpo: { hyperparameters } },
    ...(suffix !== undefined && { suffix }),
    ...(seed !== undefined && { seed }),
    metadata: { evalrun_tune: order.tune, [keyName]: key },
  };
}

/** Runs one call of the SDK; its errors become ours. */
async function attempt<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const failure = failureOfSdk(error);
    // A file that has just arrived is looked at first: "File file-… is not ready".
    if (failure.facts.status === 400 && /not ready|still being processed/i.test(failure.message))
      throw new CallFailure('server_error', failure.message, { status: 400, retryable: true, cause: error });
    throw failure;
  }
}

/** Seconds by which the endpoint's clock may be behind. */
const clockSkew = 300;

/**
 * Whether a job is the one that was asked for. Servers that keep no metadata are told by its files, model and suffix, and
 * by its age.
 */
function isSought(job: FineTuningJob, { key, files, since }: JobSearch, order: TuningOrder): boolean {
  const marks = job.metadata ?? {};
  if (keyName in marks) return marks[keyName] === key;
  const { suffix } = order.options as OpenaiTrainerOptions;
  const named = (job as { user_provided_suffix?: string | null }).user_provided_suffix;
  return (
    Object.keys(marks).length === 0 &&
    job.training_file === files.train &&
    (job.validation_file ?? undefined) === files.validation &&
    job.model.startsWith(order.model) && // the endpoint may name the snapshot
    (named === undefined || named === (suffix ?? null)) &&
    job.created_at >= since - clockSkew
  );
}

async function eventsSince(client: OpenAI, id: string, seen: string | null, signal: AbortSignal) {
  const fresh: TrainingEvent[] = [];
  // Newest first, page after page.
  for await (const event of client.fineTuning.jobs.listEvents(id, { limit: 100 }, { signal })) {
    if (event.id === seen) break;
    fresh.push(eventOf(event));
  }
  return fresh.reverse();
}

/** Connects to the endpoint of the base provider. The SDK's own retries and time-outs are off. */
export async function connectOpenaiTraining(order: TuningOrder, env: Env): Promise<RemoteTraining> {
  const { default: OpenAi } = await import('openai');
  const { apiKeyEnv, ...where } = order.base.options as BaseUrlOptions & { apiKeyEnv?: string };
  const dispatcher = createDispatcher(env, 2);
  const client: OpenAI = new OpenAi({
    apiKey: (apiKeyEnv === undefined ? undefined : env[apiKeyEnv]) ?? 'none',
    baseURL: baseUrlOf(where, env, 'https://api.openai.com/v1'),
    maxRetries: 0,
    timeout: 2 ** 31 - 1,
    fetch: fetchForUploads(dispatcher),
    organization: null,
    project: null,
  });
  const { jobs } = client.fineTuning;
  return {
    findFile: (file, signal) =>
      attempt(async () => {
        for await (const one of client.files.list({ purpose: 'fine-tune', order: 'desc' }, { signal }))
          if (one.filename === nameOf(file) && one.bytes === file.bytes && one.status !== 'error') return one.id;
        return null;
      }),
    upload: (file, content, signal) =>
      attempt(async () => {
        // Of a `File` the bytes stay on the disk until they are sent.
        const body = { purpose: 'fine-tune', file: new File([content], nameOf(file)) } as const;
        const { id } = await client.files.create(body, { signal });
        if (typeof id !== 'string') throw new CallFailure('malformed', 'the reply names no file', { retryable: true });
        return id;
      }),
    findJob: (search, signal) =>
      attempt(async () => {
        // Without the filter by metadata, which not every server of this protocol knows.
        for await (const job of jobs.list({ limit: 100 }, { signal }))
          if (isSought(job, search, order)) return jobOf(job);
        return null;
      }),
    createJob: (key, files, signal) =>
      attempt(async () => jobOf(await jobs.create(jobBody(order, key, files) as never, { signal }))),
    job: (id, signal) => attempt(async () => jobOf(await jobs.retrieve(id, { signal }))),
    eventsSince: (id, seen, signal) => attempt(() => eventsSince(client, id, seen, signal)),
    cancel: (id, signal) => attempt(async () => jobOf(await jobs.cancel(id, { signal }))),
    close: () => dispatcher.destroy(),
  };
}
