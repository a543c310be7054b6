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

/** A place within a metric's own YAML. */
export type OptionPath = readonly (string | number)[];

/** Something in a metric's options that names something else. */
export interface OptionReference {
  path: OptionPath;
  name: string;
}

/** A path in a metric's options, with what its values must be like. */
export interface FieldReference extends OptionReference {
  /** What is wrong with a value that is there, in words that follow the value's name, e.g. `is no mapping`. */
  valueFault?(value: unknown): string | undefined;
}

/** What both forms of a metric kind state. */
interface MetricBase {
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
  ): { path: OptionPath; message: string; hint?: string | undefined } | undefined;
  /** Fewest repeats that a run must have for it, and the option that says so; a config with fewer is refused. */
  leastRepeats?(options: JsonObject): { repeats: number; path: OptionPath };
  /** Range of its values (first form: of unit values), which decides the interval's method or its bounds. */
  range(scale: Scale, options: JsonObject): { min: number; max: number };
}

/** A metric whose number is a mean of unit values. */
export interface UnitMetricKind extends MetricBase {
  readonly form?: 'units';
  /** The unit's value for a score; null leaves the cell out as unscored. */
  valueOf(score: StoredScore, options: JsonObject): number | null;
  /** A unit's value from those of its scored repeats (one at least); null leaves it out. Absent: their mean. */
  ofRepeats?(values: readonly number[], options: JsonObject): number | null;
  /** @throws never: an empty slice has value null. */
  estimate(units: Units, level: number): Interval;
  /** Paired difference of unit values: `units.values` holds the d_i. */
  difference(units: Units, level: number): Interval & { p: number | null; detectable: number | null };
}

/** All that a slice holds: its pairs (item × persona, or items alone), numbered from 0, with the scores of their repeats. */
export interface Slice {
  readonly pairs: number;
  readonly repeats: number;
  /** Per pair: number of its item, of its persona and of that persona's `other`; −1 where there is none. */
  readonly items: Int32Array;
  readonly personas: Int32Array;
  readonly others: Int32Array;
  /** Scale of a grader of the eval. */
  scaleOf(grader: string): Scale;
  scoreOf(grader: string, pair: number, repeat: number): StoredScore;
  /** Value at a path such as `item.shares`, `persona.region` or `other.id`; undefined if there is none. */
  field(path: string, pair: number): unknown;
}

/** A slice made ready to be summarised again and again, with pairs weighted anew each time. */
export interface SliceStatistic {
  /** 1 for each pair that has what the value is made of; the others count as unscored. */
  scored: Uint8Array;
  /**
   * The value where each pair counts `weights[pair]` ≥ 0 times; only scored pairs have a weight above 0. Moves neither
   * with the scale of the weights nor with the order of the pairs. Null where there is none. Called a thousand times
   * for one interval, so it must be linear in the pairs.
   */
  valueOf(weights: Float64Array): number | null;
  /**
   * What each pair adds to the error of the value at these weights (linearised, 0 for pairs without weight). Where a
   * kind has it, intervals are value ± t · clustered standard error; without it, a cluster bootstrap.
   */
  influences?(weights: Float64Array): Float64Array | null;
  /** Where the value is the weighted mean of these values of the pairs: intervals are those of such a mean, within `range`. */
  means?: Float64Array;
  /** Said at the end of the interval's method, e.g. `noise=0.041`. */
  note?: string;
}

/** A metric that sees a whole slice, for numbers that are no means of unit values. */
export interface SliceMetricKind extends MetricBase {
  readonly form: 'slice';
  /** Graders that its options name, beside the metric's `of`. */
  graders?(options: JsonObject): OptionReference[];
  /** Paths (`item.…`, `persona.…`, `other.…`) that its options name. */
  fields?(options: JsonObject, scale: Scale): FieldReference[];
  /** @throws EvalrunError where a field holds something that it cannot be computed from */
  compile(slice: Slice, of: string, options: JsonObject): SliceStatistic;
}

/**
 * What turns scores into a number. Adding one means adding one file and one line in the registry. Weights, clusters,
 * groups, contrasts, gates and controls are the same for both forms.
 */
export type MetricKind = UnitMetricKind | SliceMetricKind;
