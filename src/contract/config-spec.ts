import type { EvalSpec } from './eval-spec.js';
import type { JsonObject } from './json.js';

/** Sampling parameters that reach the model. Absent ones are left to the endpoint. */
export interface Sampling {
  temperature?: number;
  topP?: number;
  maxTokens?: number;
  stop?: string[];
  seed?: number;
}

/** Limits of one account at one endpoint. */
export interface ProviderLimits {
  /** Most requests in flight. Default 32. */
  concurrency?: number;
  requestsPerMinute?: number;
  tokensPerMinute?: number;
  /** Per attempt, default 120,000. */
  timeoutMs?: number;
  /** Attempts after the first, default 7. */
  retries?: number;
}

/** USD per million tokens, as the user states them. */
export interface Prices {
  inputPerMillion: number;
  outputPerMillion: number;
  /** Date of the prices, YYYY-MM-DD. */
  asOf?: string;
}

/** Who answers. */
export interface ProviderSpec {
  id: string;
  kind: string;
  title?: string;
  sampling: Sampling;
  limits: ProviderLimits;
  /** Absent means: looked up in the price table; `null` there means unknown. */
  prices?: Prices;
  /** Options of the kind, validated against its schema. */
  options: JsonObject;
}

/** Which part of the matrix is run. Absent numbers mean all. */
export interface Sample {
  items?: number;
  personas?: number;
  /** Most cells; keeps whole groups of arms × providers × repeats, and the design balanced. */
  cells?: number;
  /** Field path → allowed values, e.g. `item.domain: [housing]`. */
  where: { [path: string]: (string | number | boolean)[] };
}

/** A bound on one end of an interval, or on the value itself. */
export interface GateSpec {
  metric: string;
  arm?: string;
  provider?: string;
  /** Which number is compared. `low` and `high` are the interval's ends. */
  end: 'value' | 'low' | 'high';
  below?: number;
  above?: number;
}

export interface RunLimits {
  /** Caps every provider's concurrency. */
  concurrency?: number;
  budgetUsd?: number;
  maxCalls?: number;
  /** Per cell, default 900,000. */
  cellDeadlineMs: number;
}

export interface ReporterSpec {
  kind: string;
  options: JsonObject;
}

/** How an eval runs today: cost, precision and policy, nothing that breaks comparability. */
export interface ConfigSpec {
  /** As the user named it. */
  file: string;
  eval: EvalSpec;
  /** Under test, in order. */
  providers: ProviderSpec[];
  /** Role (other than `subject`) → who fills it. */
  roles: { [role: string]: ProviderSpec };
  sample: Sample;
  repeats: number;
  seed: number;
  limits: RunLimits;
  /** Share of cells, 0–1, that may fail without making the run incomplete. */
  tolerateFailed: number;
  gates: GateSpec[];
  reports: ReporterSpec[];
}
