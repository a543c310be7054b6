import type { Units } from '../../contract/metric-kind.js';
import { clusteredMean, flooredVariance } from './clustered-mean.js';
import { type Clustering, clusteringOf, type Dimension } from './clustering.js';
import { twoSidedP, twoSidedQuantile } from './distributions.js';
import { type Range, shareRange } from './range.js';

/** How far the mean of some units lies from that of others, with its interval. */
export interface Gap {
  /** In the units' own unit; null without units. */
  gap: number | null;
  low: number | null;
  high: number | null;
  /** Two-sided p of no gap; null where there is too little to tell. */
  p: number | null;
}

/** One way in which units hang together, with what all units together add up to in each cluster. */
interface Way {
  dimension: Dimension;
  /** Σ of the influences on the mean of all units, by cluster. */
  totals: Float64Array;
  /** What the square of a cluster's total counts. */
  factorOf(cluster: number): number;
  /** Σ of the squared totals, each with its factor. */
  squares: number;
}

/**
 * Gaps between groups of units and all units: mean of the group − mean of all.
 *
 * Source: the difference of two Hájek means is linearised (a unit of the group adds w(y − ȳ_g)/W_g − w(y − ȳ)/W, any
 * other −w(y − ȳ)/W) and its variance is the cluster-robust one of `clusteredVariance`, never below that of independent
 * units. Ends are gap ± t · standard error, within what the range allows, with as many degrees of freedom as the group
 * has clusters, less one. All groups together take one pass over the units.
 */
export class GroupGaps {
  readonly #units: Units;
  readonly #mean: number;
  readonly #totalWeight: number;
  readonly #ways: Way[];
  /** Σ of the squared influences of all units on the mean of all. */
  readonly #ownSquares: number;

  constructor(units: Units) {
    const clustering = clusteringOf(units);
    const { mean, totalWeight } = clusteredMean(units, clustering);
    this.#units = units;
    this.#mean = mean;
    this.#totalWeight = totalWeight;
    this.#ways = waysOf(clustering).map((dimension) => this.#wayOf(dimension));
    let squares = 0;
    for (let unit = 0; unit < units.values.length; unit++) squares += this.#ownInfluence(unit) ** 2;
    this.#ownSquares = squares;
  }

  /**
   * @param members indices of the group's units
   * @param level of the interval, 0–1, two-sided
   */
  gapOf(members: Int32Array, level: number): Gap {
    const { values } = this.#units;
    let weight = 0;
    let sum = 0;
    for (const unit of members) {
      weight += this.#weightOf(unit);
      sum += this.#weightOf(unit) * values[unit]!;
    }
    if (weight === 0) return { gap: null, low: null, high: null, p: null };
    const mean = sum / weight;
    const influenceOf = (unit: number) => (this.#weightOf(unit) * (values[unit]! - mean)) / weight;
    const variances = this.#ways.map((way) => varianceOf(way, members, influenceOf));
    const df = Math.min(...this.#ways.slice(0, 2).map(({ dimension }) => clustersOf(dimension, members) - 1));
    const variance = Math.max(combined(variances), this.#independent(members, influenceOf));
    return gapWith(mean - this.#mean, variance, df, level, this.#units.range ?? shareRange);
  }

  #weightOf(unit: number): number {
    return this.#units.weights ? this.#units.weights[unit]! : 1;
  }

  #ownInfluence(unit: number): number {
    return (this.#weightOf(unit) * (this.#units.values[unit]! - this.#mean)) / this.#totalWeight;
  }

  #wayOf(dimension: Dimension): Way {
    const totals = new Float64Array(dimension.count);
    for (let unit = 0; unit < this.#units.values.length; unit++) {
      const cluster = dimension.ids[unit]!;
      totals[cluster] = totals[cluster]! + this.#ownInfluence(unit);
    }
    const { shares, clusters } = dimension;
    const factorOf = (cluster: number) => (shares ? 1 / (1 - shares[cluster]!) : clusters / (clusters - 1));
    let squares = 0;
    for (let cluster = 0; cluster < totals.length; cluster++) squares += totals[cluster]! ** 2 * factorOf(cluster);
    return { dimension, totals, factorOf, squares };
  }

  /** What the variance would be if units had nothing to do with each other. */
  #independent(members: Int32Array, influenceOf: (unit: number) => number): number {
    let sum = this.#ownSquares;
    for (const unit of members) {
      const all = this.#ownInfluence(unit);
      sum += (influenceOf(unit) - all) ** 2 - all ** 2;
    }
    return sum;
  }
}

/** The ways of a clustering, then the clusters that units share in both. */
const waysOf = ({ dimensions, intersection }: Clustering): Dimension[] => [
  ...dimensions,
  ...(intersection === undefined ? [] : [intersection]),
];

/** One way: its variance; two ways: both less what they share, never below the larger. */
function combined([a = Number.NaN, b, shared]: number[]): number {
  return b === undefined || shared === undefined ? a : Math.max(a + b - shared, a, b);
}

/** Only the clusters of the group's own units differ from what all units together give. */
function varianceOf(way: Way, members: Int32Array, influenceOf: (unit: number) => number): number {
  if (way.dimension.clusters < 2) return Number.NaN;
  const own = new Map<number, number>();
  for (const unit of members) {
    const cluster = way.dimension.ids[unit]!;
    own.set(cluster, (own.get(cluster) ?? 0) + influenceOf(unit));
  }
  let variance = way.squares;
  for (const [cluster, total] of own) {
    const all = way.totals[cluster]!;
    variance += ((total - all) ** 2 - all ** 2) * way.factorOf(cluster);
  }
  return Math.max(0, variance);
}

function clustersOf({ ids }: Dimension, members: Int32Array): number {
  const seen = new Set<number>();
  for (const unit of members) seen.add(ids[unit]!);
  return seen.size;
}

function gapWith(gap: number, variance: number, df: number, level: number, range: Range): Gap {
  if (!(variance > 0) || df < 1) return { gap, low: null, high: null, p: null };
  const error = Math.sqrt(variance);
  const half = twoSidedQuantile(level, df) * error;
  const width = range.max - range.min;
  return {
    gap,
    low: Math.max(-width, gap - half),
    high: Math.min(width, gap + half),
    p: twoSidedP(gap / error, df),
  };
}

/**
 * Gap between two groups that share no unit: mean of `a` − mean of `b`, by the same rules.
 *
 * @param members indices of units, by group
 */
export function gapBetween(units: Units, members: { a: Int32Array; b: Int32Array }, level: number): Gap {
  const sideOf = (side: Int32Array) =>
    clusteredMean({
      values: Float64Array.from(side, (unit) => units.values[unit]!),
      ...(units.weights && { weights: Float64Array.from(side, (unit) => units.weights![unit]!) }),
      clusters: [],
    });
  const [a, b] = [sideOf(members.a), sideOf(members.b)];
  if (a.n === 0 || b.n === 0) return { gap: null, low: null, high: null, p: null };
  const both = Int32Array.from([...members.a, ...members.b]);
  const pick = (ids: Int32Array) => Int32Array.from(both, (unit) => ids[unit]!);
  const weightOf = (unit: number) => (units.weights ? units.weights[unit]! : 1);
  const signed = Float64Array.from(both, (unit, place) => {
    const side = place < members.a.length ? a : b;
    return (
      ((place < members.a.length ? 1 : -1) * weightOf(unit) * (units.values[unit]! - side.mean)) / side.totalWeight
    );
  });
  const clusters = units.clusters.map(({ field, ids, count }) => ({ field, ids: pick(ids), count }));
  const clustering = clusteringOf({ values: signed, clusters });
  const mean = clusteredMean({ values: signed, clusters }, clustering);
  // The mean of the influences is 0, and Σ over n of them is n times as large.
  const variance = flooredVariance(mean) * signed.length ** 2;
  const df = Math.min(
    ...clustering.dimensions.flatMap((dimension) => [
      clustersOf(dimension, Int32Array.from(members.a.keys())) - 1,
      clustersOf(
        dimension,
        Int32Array.from(members.b.keys(), (place) => members.a.length + place),
      ) - 1,
    ]),
  );
  return gapWith(a.mean - b.mean, variance, df, level, units.range ?? shareRange);
}
