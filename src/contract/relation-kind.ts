import type { TSchema } from 'typebox';
import type { Interval } from './estimate.js';
import type { JsonObject } from './json.js';
import type { MetricKind, UnitMetricKind, Units } from './metric-kind.js';
import type { Scale } from './score.js';

/** One arm of matched pairs, a place per pair. */
export interface ArmColumns {
  /** Unit value: the mean of the scored repeats, or what the metric's kind makes of them. */
  values: Float64Array;
  /** Sum of the values of the scored repeats: with yes-or-no scores, how many succeeded. */
  successes: Float64Array;
  /** Scored repeats, ≥ 1. */
  trials: Int32Array;
  /** Whether each of those repeats has the value 0 or 1. */
  binary: boolean;
}

/** The pairs (item × persona, or items alone) of one provider that are scored in both arms. */
export interface MatchedPairs {
  /** Number of each pair's item, from 0. */
  items: Int32Array;
  /** Id of each item, by number. */
  itemIds: readonly string[];
  of: ArmColumns;
  against: ArmColumns;
  /** Weights, clusters, range and design effect of the metric for these pairs. */
  units: Omit<Units, 'values'>;
  /** The metric's kind, for the interval of an arm's mean. */
  metric: UnitMetricKind;
}

/** A number that a relation gives beside its value. */
export interface RelationPart {
  id: string;
  /** A few words for people. */
  title: string;
  value: number | null;
  low: number | null;
  high: number | null;
  /** `share`, `items`, `logit`, `probability`. */
  unit: string;
}

/** One item on both sides: how many of its answers count. */
export interface RelatedItem {
  item: string;
  of: { successes: number; trials: number };
  against: { successes: number; trials: number };
  /** Exact, one-sided: that the rate in `of` is not the higher one. */
  p: number;
  /** After Holm over all items. */
  pAdjusted: number;
  /** Benjamini–Hochberg over all items. */
  q: number;
}

/** What a relation comes to. An end is null where there is none, or where it has no bound. */
export interface Related extends Interval {
  /** Why `value` is null. */
  none?: string;
  parts: RelationPart[];
  /** The items worth a look, first things first. */
  items?: RelatedItem[];
  /** Sentences that a reader of the number needs. */
  notes: string[];
}

/** The same pairs as they are planted in a simulated run: chances of success in place of successes. */
export interface PlantedArms {
  items: Int32Array;
  of: { chances: Float64Array; trials: Int32Array };
  against: { chances: Float64Array; trials: Int32Array };
  weights?: Float64Array;
}

/** What a metric must be like for a relation, as far as loading can tell. */
export interface RelatedMetric {
  kind: MetricKind;
  scale: Scale;
  options: JsonObject;
}

/**
 * A number that relates two arms beyond their difference. Adding one means adding one file and one line in the registry:
 * how pairs are matched, read, printed and held against a planted truth is the same for all.
 */
export interface RelationKind {
  readonly kind: string;
  /** Bumped when a published number could move. */
  readonly version: number;
  readonly options: TSchema;
  /** What `value` is, in a line for people. */
  readonly title: string;
  /** Of `value`. */
  readonly unit: string;
  /** What `n` counts. */
  readonly counts: 'pairs' | 'items';
  /** What is wrong with relating arms by this metric. */
  fault(metric: RelatedMetric): { message: string; hint: string } | undefined;
  /** @throws never: without an answer, value is null and `none` says why. */
  measure(pairs: MatchedPairs, level: number): Related;
  /** What `value` would come to with these very pairs: what its interval is to hold. */
  planted(arms: PlantedArms): { planted: number } | { planted: null; none: string };
}
