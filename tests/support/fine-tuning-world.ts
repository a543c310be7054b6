import type { IncomingMessage } from 'node:http';

/** A file as the server keeps it. */
export interface StoredFile {
  id: string;
  filename: string;
  purpose: string;
  bytes: number;
  content: string;
}

/** A job as the server keeps it; the body of the request that made it in `asked`. */
export interface StoredJob {
  id: string;
  status: string;
  asked: { [key: string]: unknown };
  fine_tuned_model: string | null;
  error: { code: string; message: string; param: string | null } | null;
  /** Looks at it so far. */
  looks: number;
  events: { id: string; message: string; data?: object }[];
}

/** The parts of the API, as tests name them. */
export type Route =
  | 'files.create'
  | 'files.list'
  | 'jobs.create'
  | 'jobs.list'
  | 'jobs.retrieve'
  | 'jobs.events'
  | 'jobs.cancel';

/**
 * What goes wrong with one request: a status with an error; `drop` ends the connection before anything is done, `lose` after
 * it was done, so that the answer is lost; `hang` never answers, after it was done.
 */
export type Fault =
  | { status: number; message?: string; code?: string; headers?: { [name: string]: string } }
  | 'drop'
  | 'lose'
  | 'hang';

/** How the server behaves. */
export interface Behaviour {
  /** Looks at a job until it has ended. Default 2. */
  looks?: number;
  /** How a job ends. Default: it succeeds. */
  ending?: { status: 'succeeded' } | { status: 'cancelled' } | { status: 'failed'; error: StoredJob['error'] };
  /** Faults of a route's requests, in order; then it works. */
  faults?: { [route in Route]?: Fault[] };
  /** The only key that is let in. Default: any. */
  key?: string;
  /** Whether jobs carry the metadata they were made with. Default true. */
  keepsMetadata?: boolean;
}

const pageSize = 2;

/** An answer. */
export interface Reply {
  status: number;
  json: unknown;
}

/** An error as the API gives it. */
export const problem = (status: number, message: string, code = 'test'): Reply => ({
  status,
  json: { error: { message, type: 'invalid_request_error', param: null, code } },
});

/** A page of a list, newest first, as the API gives it: short, so that whoever reads has to turn pages. */
function page(rows: { id: string }[], query: URLSearchParams): Reply {
  const newest = rows.toReversed();
  const after = query.get('after');
  const from = after === null ? 0 : newest.findIndex(({ id }) => id === after) + 1;
  const data = newest.slice(from, from + pageSize);
  return { status: 200, json: { object: 'list', data, has_more: from + pageSize < newest.length } };
}

/** Text fields and the file of a multipart form. */
async function formOf(request: IncomingMessage, body: Buffer): Promise<FormData> {
  return new Response(new Uint8Array(body), {
    headers: { 'content-type': request.headers['content-type'] ?? '' },
  }).formData();
}

/** What the test's server of the files and fine-tuning API holds, and what each route does with it. */
export class FineTuningWorld {
  files: StoredFile[] = [];
  jobs: StoredJob[] = [];
  asked: Route[] = [];
  behaviour: Behaviour = {};

  shown(job: StoredJob): { id: string } {
    const { id, status, asked, fine_tuned_model, error } = job;
    const { metadata, ...rest } = asked;
    return {
      ...rest,
      id,
      object: 'fine_tuning.job',
      created_at: Math.floor(Date.now() / 1000),
      status,
      fine_tuned_model,
      error,
      metadata: this.behaviour.keepsMetadata === false ? null : metadata,
    } as { id: string };
  }

  addEvent(job: StoredJob, message: string, data?: object): void {
    job.events.push({ id: `ftevent-${job.id}-${job.events.length}`, message, ...(data !== undefined && { data }) });
  }

  /** One look at a job moves it on. */
  advance(job: StoredJob): void {
    const { looks = 2, ending = { status: 'succeeded' } } = this.behaviour;
    if (['succeeded', 'failed', 'cancelled'].includes(job.status)) return;
    job.looks++;
    if (job.looks < looks) {
      job.status = 'running';
      this.addEvent(job, `Step ${job.looks}`, { step: job.looks, train_loss: 1 / (job.looks + 1) });
      return;
    }
    job.status = ending.status;
    if (ending.status === 'failed') job.error = ending.error;
    if (ending.status === 'succeeded') job.fine_tuned_model = `ft:${job.asked.model}:test:${job.asked.suffix ?? ''}:1`;
    this.addEvent(job, `The job has ${ending.status}`);
  }

  async act(route: Route, id: string, request: IncomingMessage, body: Buffer): Promise<Reply> {
    const { searchParams } = new URL(request.url ?? '/', 'http://x');
    if (route === 'files.create') return this.#upload(await formOf(request, body));
    if (route === 'files.list') {
      const ofPurpose = this.files.filter(({ purpose }) => purpose === searchParams.get('purpose'));
      return page(
        ofPurpose.map(({ content: _, ...file }) => ({ ...file, status: 'processed' })),
        searchParams,
      );
    }
    if (route === 'jobs.create') return this.#create(JSON.parse(body.toString()) as StoredJob['asked']);
    if (route === 'jobs.list')
      return page(
        this.jobs.map((job) => this.shown(job)),
        searchParams,
      );
    const job = this.jobs.find((one) => one.id === id);
    if (job === undefined) return problem(404, `Could not find fine tune: ${id}`);
    if (route === 'jobs.events') return page(job.events, searchParams);
    if (route === 'jobs.cancel') job.status = 'cancelled';
    else this.advance(job);
    return { status: 200, json: this.shown(job) };
  }

  async #upload(form: FormData): Promise<Reply> {
    const file = form.get('file') as File;
    const content = await file.text();
    const stored = {
      id: `file-${this.files.length + 1}`,
      filename: file.name,
      purpose: form.get('purpose') as string,
      bytes: file.size,
      content,
    };
    this.files.push(stored);
    return { status: 200, json: { ...stored, content: undefined, object: 'file', status: 'processed' } };
  }

  #create(asked: StoredJob['asked']): Reply {
    const known = new Set(this.files.map(({ id }) => id));
    if (!known.has(asked.training_file as string)) return problem(400, `invalid training_file: ${asked.training_file}`);
    const job: StoredJob = {
      id: `ftjob-${this.jobs.length + 1}`,
      status: 'validating_files',
      asked,
      fine_tuned_model: null,
      error: null,
      looks: 0,
      events: [],
    };
    this.jobs.push(job);
    this.addEvent(job, `Created fine-tuning job: ${job.id}`);
    return { status: 200, json: this.shown(job) };
  }
}
