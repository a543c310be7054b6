import { CallFailure, type Reply } from '../contract/call.js';
import type { FrozenMatrix } from '../contract/plan.js';
import type { Cell } from '../contract/trial.js';
import { askedCall } from '../lib/asked-call.js';
import type { CellProgram } from '../stages/run/cell-program.js';
import { CallGaveUp } from '../stages/run/endpoint.js';
import type { RecordReader } from '../store/record-reader.js';

/** The recorded reply to a call. @throws CallGaveUp `not_recorded` as a run without endpoints would */
export function recordedReply(record: RecordReader, digest: string): Reply {
  const reply = record.read(digest);
  if (reply !== null) return reply;
  throw new CallGaveUp(new CallFailure('not_recorded', 'the record holds no reply', { retryable: false }), 0);
}

/**
 * Executes cells once more without endpoints: what a cell asks is answered by the digest of the call.
 * @param replyTo usually `recordedReply` of a record
 */
export const askAgain =
  (matrix: Pick<FrozenMatrix, 'providers' | 'roles'>, replyTo: (digest: string) => Reply) =>
  (cell: Cell): Parameters<CellProgram['run']>[1] =>
  async (role, messages) =>
    replyTo(askedCall(matrix, cell, role, messages).digest);
