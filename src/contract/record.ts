import type { FailureReason, Finish, Reply } from './call.js';
import type { QuoteCount, UnscoredReason } from './score.js';
import type { Outcome } from './trial.js';

/** A recorded reply. */
export interface CallEntry extends Reply {
  /** Digest of the call, 32 hex digits. */
  call: string;
  finish: Finish;
  /** Wall time of the attempt that succeeded, ms. Not part of what is reported as a result. */
  ms: number;
  /** Id of the provider that was asked, for totals of tokens and cost. */
  provider: string;
  /** Taken over from an earlier run: this run did not pay for it. */
  reused?: true;
}

/** A score as it is kept: evidence and rationale are derived again from the reply. */
export type StoredScore =
  | {
      value: number;
      label?: string;
      confidence?: number;
      orderConsistent?: boolean;
      /** Of judges that were asked for quotes. */
      quotes?: QuoteCount;
      /** Probability of each of the scale's labels, in their order; what they lack to 1 went to no option. */
      shares?: number[];
    }
  | { unscored: UnscoredReason };

/** A settled (or failed) cell. A later entry for the same cell replaces an earlier one. */
export interface CellEntry {
  cell: number;
  outcome: Outcome;
  /** In the order of the eval's graders. */
  scores: StoredScore[];
  /** Number of calls that the cell is built on, shared ones included. */
  calls: number;
}

/** Bookkeeping of one invocation that wrote to the record; feeds `effort`, `timing` and `host`. */
export interface SessionEntry {
  session: number;
  event: 'start' | 'progress' | 'end';
  /** ISO 8601, UTC. */
  at: string;
  /** Attempts sent to endpoints so far in this session. */
  sent: number;
  /** Attempts that came back, with whatever result. */
  returned: number;
  /** Replies recorded so far in this session. */
  recorded: number;
  /** Replies taken over from an earlier run. */
  reused: number;
  /** Attempts by failure reason. */
  failures: { [reason in FailureReason]?: number };
  host?: { node: string; platform: string; cpus: number };
}
