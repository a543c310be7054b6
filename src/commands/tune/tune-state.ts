import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../contract/json.js';
import { EvalrunError } from '../../contract/problem.js';
import { digestOf } from '../../lib/canonical-json.js';
import { registry } from '../../registry.js';
import { moveTuneStateAside, readTuneState, type TuneState, writeTuneState } from '../../store/tune-folder.js';
import type { Invocation } from '../invocation.js';
import { hasEnded } from './remote-tuning.js';
import type { TuneTask } from './tune-task.js';

/** Over everything that decides what is trained and where; how often one looks, and what is checked before, do not. */
function digestOfOrder({ order, loaded }: TuneTask, { env }: Invocation): string {
  const { pollSeconds: _, limits: __, ...options } = order.options;
  const { base, model } = order;
  const identity = registry.providers.find(({ kind }) => kind === base.kind)!.identity(base.options, env) as JsonObject;
  const files = order.files.map(({ split, sha256 }) => [split, sha256]);
  return digestOf({ kind: loaded.trainer.kind, model, options, files, endpoint: identity.endpoint ?? null });
}

/** Whether nothing at the endpoint can still be going on. */
const isOver = ({ job, sent }: TuneState): boolean => (job === null ? sent?.what !== 'job' : hasEnded(job));

/**
 * The state of the folder, on the disk before anything is sent. One of another tuning makes room if nothing of it goes on.
 * @throws EvalrunError TUNING_CHANGED while the job of another tuning may be going on; DAMAGED_TUNING
 */
export function stateOf(task: TuneTask, invocation: Invocation): TuneState {
  const digest = digestOfOrder(task, invocation);
  const known = readTuneState(task.folder);
  if (known !== null && known.digest === digest) return known;
  if (known !== null && !isOver(known))
    throw new EvalrunError(
      'TUNING_CHANGED',
      `${task.folder} holds a tuning with other pairs, model, options or endpoint, whose job may be going on`,
      { hint: `cancel it (${task.command} --cancel), name another folder with --out, or put things back as they were` },
    );
  if (known !== null) moveTuneStateAside(task.folder, known);
  const fresh: TuneState = {
    schema: 'evalrun.tune/1',
    tune: task.order.tune,
    digest,
    key: randomUUID(),
    files: {},
    sent: null,
    job: null,
    event: null,
  };
  writeTuneState(task.folder, fresh, invocation.redact);
  return fresh;
}
