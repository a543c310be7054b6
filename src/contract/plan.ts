import type { ConfigSpec, Prices, ProviderLimits, Sampling } from './config-spec.js';
import type { EvalSpec } from './eval-spec.js';
import type { Json, JsonObject } from './json.js';
import type { Cell } from './trial.js';

/** A provider as it is frozen into a plan. */
export interface FrozenProvider {
  id: string;
  kind: string;
  /** What distinguishes the model behind it (endpoint, model, extra options); part of every call's digest. */
  identity: Json;
  sampling: Sampling;
  options: JsonObject;
  /** True for a provider whose answers follow from its own YAML. */
  simulated: boolean;
}

/** Everything that decides which calls are made and what they mean. Its digest is the run's id. */
export interface FrozenMatrix {
  /** Changes whenever the same YAML would be enumerated or asked differently, so that runs never mix. */
  format: 'evalrun.matrix/1';
  eval: EvalSpec;
  providers: FrozenProvider[];
  roles: { [role: string]: FrozenProvider };
  sample: ConfigSpec['sample'];
  repeats: number;
  seed: number;
}

/** A price with where it comes from. */
export interface ResolvedPrice extends Prices {
  /** `the provider's YAML`, `free`, or the price table with its version. */
  source: string;
}

/** What may change between two invocations of the same run: it moves no score. */
export interface Policy {
  limits: ConfigSpec['limits'];
  providerLimits: { [provider: string]: ProviderLimits };
  /** null: unknown. */
  prices: { [provider: string]: ResolvedPrice | null };
  tolerateFailed: number;
  gates: ConfigSpec['gates'];
  reports: ConfigSpec['reports'];
}

/** The content of `plan.json`. */
export interface Plan {
  schema: 'evalrun.plan/1';
  /** First 12 hex digits of the digest of `matrix`. */
  id: string;
  /** The whole digest of `matrix`, hex. */
  digest: string;
  evalrunVersion: string;
  /** Config file as the user named it. */
  config: string;
  /** The command that reproduces the run. */
  command: string;
  git: { commit: string | null; dirty: boolean | null };
  /** Source file → SHA-256, hex. */
  sources: { [file: string]: string };
  matrix: FrozenMatrix;
  policy: Policy;
}

/** Indices of a cell on the axes. */
export interface Position {
  /** Index of the item–persona pair (of the item, without personas). */
  pair: number;
  /** Index into the suite's items. */
  item: number;
  /** Index into the set's people; −1 without personas. */
  persona: number;
  provider: number;
  arm: number;
  repeat: number;
}

/** The evaluation matrix: enumerated, never built. All look-ups are O(1) and need no memory per cell. */
export interface Matrix {
  readonly cells: number;
  readonly pairs: number;
  readonly arms: number;
  readonly providers: number;
  readonly repeats: number;
  positionAt(ordinal: number): Position;
  /** Inverse of `positionAt`; `item` and `persona` follow from `pair`. */
  ordinalOf(at: Pick<Position, 'pair' | 'provider' | 'arm' | 'repeat'>): number;
  cellAt(ordinal: number): Cell;
}
