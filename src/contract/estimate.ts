import type { Better } from './eval-spec.js';

/** A number with its interval. `value` is null when nothing was scored; then so are the ends. */
export interface Interval {
  value: number | null;
  low: number | null;
  high: number | null;
  /** Confidence level, 0–1, two-sided. */
  level: number;
  /** Units scored (cells; repeats are averaged first). */
  n: number;
  /** Name of the interval's method, e.g. `wilson-neff-t/two-way`. */
  method: string;
  /** Cluster field → number of clusters. Empty when units are independent. */
  clusters: { [field: string]: number };
}

/** One metric for one slice. */
export interface Estimate extends Interval {
  metric: string;
  /** Version of the metric's definition; changes when a published score could move. */
  version: number;
  by: { provider: string; arm: string; group?: { [field: string]: string } };
  /** The same with every unit counting alike. Absent where there are no weights. */
  unweighted?: { value: number | null; low: number | null; high: number | null };
  /** Cells of the slice without a score. */
  unscored: number;
  unit: string;
  better: Better;
}

/** A paired difference a − b. */
export interface Contrast {
  name: string;
  metric: string;
  a: { provider: string; arm: string };
  /** `metric` where it is not the same as on side a. */
  b: { provider: string; arm: string; metric?: string };
  difference: number | null;
  low: number | null;
  high: number | null;
  level: number;
  /** Two-sided; null without an estimate. */
  p: number | null;
  /** After `correction` over all contrasts of the same metric. */
  pAdjusted: number | null;
  correction: 'holm';
  /** Matched pairs scored on both sides. */
  n: number;
  /** Pairs lost because a side is unscored. */
  unscored: number;
  /** Smallest true difference this run would find in 80 of 100 runs at the same level; null if unknown. */
  detectable: number | null;
  method: string;
  clusters: { [field: string]: number };
  better: Better;
}
