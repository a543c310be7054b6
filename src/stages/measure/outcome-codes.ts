import type { FailureReason } from '../../contract/call.js';
import type { UnscoredReason } from '../../contract/score.js';
import type { Outcome } from '../../contract/trial.js';

/** Every failure reason, in the order in which a report counts them. */
const failureOrder: { [reason in FailureReason]: number } = {
  rate_limited: 0,
  server_error: 1,
  network: 2,
  timeout: 3,
  malformed: 4,
  empty: 5,
  unauthorized: 6,
  not_found: 7,
  not_implemented: 8,
  bad_request: 9,
  quota: 10,
  not_recorded: 11,
  deadline: 12,
  aborted: 13,
};

const unscoredOrder: { [reason in UnscoredReason]: number } = {
  unparseable: 0,
  truncated: 1,
  refused: 2,
  failed: 3,
  skipped: 4,
  judge_failed: 5,
  judge_unparseable: 6,
  ambiguous: 7,
  not_applicable: 8,
};

const failureReasons = Object.keys(failureOrder) as FailureReason[];
const unscoredReasons = Object.keys(unscoredOrder) as UnscoredReason[];

/** How a cell ended, as one byte. 0 is a cell without an entry. */
export const outcomeCode = { none: 0, answered: 1, refused: 2, skipped: 3, firstFailure: 4 } as const;

export function codeOfOutcome(outcome: Outcome): number {
  return outcome.kind === 'failed'
    ? outcomeCode.firstFailure + failureOrder[outcome.reason]
    : outcomeCode[outcome.kind];
}

/** Undefined where the cell did not fail. */
export function failureOfCode(code: number): FailureReason | undefined {
  return failureReasons[code - outcomeCode.firstFailure];
}

/** Whether a grader scored a cell, as one byte. 0 is a cell without an entry. */
export const statusCode = { none: 0, scored: 1, firstUnscored: 2 } as const;

export function codeOfUnscored(reason: UnscoredReason): number {
  return statusCode.firstUnscored + unscoredOrder[reason];
}

/** Undefined where the cell was scored or has no entry. */
export function unscoredOfCode(code: number): UnscoredReason | undefined {
  return unscoredReasons[code - statusCode.firstUnscored];
}
