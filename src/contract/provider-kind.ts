import type { TSchema } from 'typebox';
import type { Call, Reply } from './call.js';
import type { ProviderSpec } from './config-spec.js';
import type { Json, JsonObject } from './json.js';
import type { FrozenProvider } from './plan.js';

/** Environment variables as they are after `--env-file`. */
export type Env = { [name: string]: string | undefined };

/** An environment variable that a provider reads. */
export interface EnvNeed {
  name: string;
  /** A missing required variable is a problem before the first call. */
  required: boolean;
  /** Its value must never appear in any output. */
  secret: boolean;
}

/** An earlier run, to be answered from. */
export interface EarlierRun {
  /** Those under test, then those that filled roles. */
  providers: FrozenProvider[];
  /** The recorded reply to a call, null if there is none. */
  reply(digest: string): Promise<Reply | null>;
  close(): Promise<void>;
}

/** What a provider may use of the world. */
export interface ConnectContext {
  env: Env;
  /** Most requests in flight. */
  concurrency: number;
  timeoutMs: number;
  /** Folder of the file in which the provider is declared; relative paths start there. */
  folder: string;
  /** Opens the record of an earlier run; for `replay`. */
  openRun(runFolder: string): Promise<EarlierRun>;
}

/** Facts that travel in response headers, for the limiter. */
export interface RateFacts {
  remainingRequests?: number;
  remainingTokens?: number;
  /** Until the exhausted limit is refilled. */
  resetMs?: number;
}

/** A connected endpoint. One attempt per `ask`: no retries inside. */
export interface Provider {
  /**
   * @throws CallFailure with the reason, whether it may be retried, and any `Retry-After`.
   */
  ask(call: Call, signal: AbortSignal): Promise<Reply & { rate?: RateFacts }>;
  close(): Promise<void>;
}

/** A way to reach a model. Adding one means adding one file and one line in the registry. */
export interface ProviderKind {
  readonly kind: string;
  /** JSON Schema of the kind's own keys in a provider document. */
  readonly options: TSchema;
  readonly simulated?: boolean;
  /** Run folder that it answers from, relative to the provider's file; its answers are simulated if that run's are. */
  runFolder?(options: JsonObject): string;
  envNeeds(options: JsonObject): EnvNeed[];
  /** What distinguishes the model behind it. Never holds a secret. */
  identity(options: JsonObject, env: Env): Json;
  /** Calls with the same key share one limiter: one account at one endpoint. */
  limiterKey(options: JsonObject, env: Env): string;
  /** Model name for the price table, and the table's own provider name; null when it costs nothing. */
  priceKey(options: JsonObject, env: Env): { model: string; provider?: string } | null;
  connect(spec: ProviderSpec, context: ConnectContext): Promise<Provider>;
}
