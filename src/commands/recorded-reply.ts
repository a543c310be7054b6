import { CallFailure, type Reply } from '../contract/call.js';
import { CallGaveUp } from '../stages/run/endpoint.js';
import type { RecordReader } from '../store/record-reader.js';

/** The recorded reply to a call. @throws CallGaveUp `not_recorded` as a run without endpoints would */
export function recordedReply(record: RecordReader, digest: string): Reply {
  const reply = record.read(digest);
  if (reply !== null) return reply;
  throw new CallGaveUp(new CallFailure('not_recorded', 'the record holds no reply', { retryable: false }), 0);
}
