import type { Sampling } from './config-spec.js';
import type { Json } from './json.js';
import type { Message } from './message.js';

/** One request to a model. Its identity is the digest of all of these. */
export interface Call {
  /** Identity of the model behind the provider: kind, endpoint, model, extra options. No secrets. */
  provider: Json;
  sampling: Sampling;
  messages: Message[];
  /** From 0. Repeats never collapse into one call. */
  repeat: number;
}

/** Why the model stopped. `length`: at the token limit, the text is cut. */
export type Finish = 'stop' | 'length' | 'refusal';

/** A token of a reply with what might have stood in its place. */
export interface TokenChoice {
  token: string;
  /** Token and natural logarithm of its probability, ≤ 0; the drawn one among them. */
  top: [token: string, logprob: number][];
}

/** What came back and was paid for. */
export interface Reply {
  text: string;
  finish: Finish;
  /** As the endpoint reports them; null where it does not. */
  tokens: { input: number; output: number } | null;
  /** The first tokens of `text` (a few), where the provider was told to report them. */
  logprobs?: TokenChoice[];
}

/** Why an attempt failed, in one word. */
export type FailureReason =
  | 'rate_limited'
  | 'server_error'
  | 'network'
  | 'timeout'
  | 'malformed'
  | 'empty'
  | 'unauthorized'
  | 'not_found'
  | 'not_implemented'
  | 'bad_request'
  | 'quota'
  | 'not_recorded'
  | 'deadline'
  | 'aborted';

/** Facts of a failed attempt. The provider decides what may be tried again. */
export interface FailureFacts {
  retryable: boolean;
  /** True if every later call to this endpoint would fail alike (wrong key, no such model). */
  endpointDown?: boolean;
  status?: number;
  /** From `Retry-After` or a vendor's header. */
  retryAfterMs?: number;
  cause?: unknown;
}

/** A call that got no usable reply. Thrown by providers, turned into an `Outcome` by the run. */
export class CallFailure extends Error {
  readonly reason: FailureReason;
  readonly facts: FailureFacts;

  constructor(reason: FailureReason, message: string, facts: FailureFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'CallFailure';
    this.reason = reason;
    this.facts = facts;
  }
}
