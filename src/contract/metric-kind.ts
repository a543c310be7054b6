import type { TSchema } from 'typebox';
import type { Interval } from './estimate.js';
import type { JsonObject } from './json.js';
import type { StoredScore } from './record.js';
import type { Scale } from './score.js';

/** Scored units of a slice (repeats already averaged), as columns of equal length. */
export interface Units {
  values: Float64Array;
  /** Relative weights > 0; absent means equal. */
  weights?: Float64Array;
  /** One column per cluster field: cluster number of each unit, from 0. At most two. */
  clusters: { field: string; ids: Int32Array; count: number }[];
  /** Range of the metric's unit values (of both sides, where `values` holds differences). Absent: 0 to 1. */
  range?: { min: number; max: number };
  /** Variance in the whole run over that of independent units, ≥ 1. Used where all units agree; absent: unknown. */
  designEffect?: number;
}

/** What turns scores into a number. Adding one means adding one file and one line in the registry. */
export interface MetricKind {
  readonly kind: string;
  /** Bumped when a published score could move. */
  readonly version: number;
  readonly options: TSchema;
  /** Scales it can read. */
  readonly reads: Scale['kind'][];
  readonly unit: string;
  /** What is wrong with its options for a grader of this scale, e.g. a label that the grader never gives. `path`: where. */
  fault?(
    options: JsonObject,
    scale: Scale,
  ): { path: readonly (string | number)[]; message: string; hint?: string | undefined } | undefined;
  /** The unit's value for a score; null leaves the cell out as unscored. */
  valueOf(score: StoredScore, options: JsonObject): number | null;
  /** Range of unit values, which decides the interval's method. */
  range(scale: Scale): { min: number; max: number };
  /** @throws never: an empty slice has value null. */
  estimate(units: Units, level: number): Interval;
  /** Paired difference of unit values: `units.values` holds the d_i. */
  difference(units: Units, level: number): Interval & { p: number | null; detectable: number | null };
}
