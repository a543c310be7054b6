import type { Interval } from '../../contract/estimate.js';
import type { Units } from '../../contract/metric-kind.js';
import { bcaEnds, correctionOf, jackknifeValues, resampledValues, resamples } from './bootstrap.js';
import { boundedInterval } from './bounded-interval.js';
import { clusterCounts } from './clustered-mean.js';
import { clusteredVariance } from './clustered-variance.js';
import { type Clustering, clusteringOf, type Dimension } from './clustering.js';
import { detectableDifference } from './detectable-difference.js';
import { normalQuantile, twoSidedP, twoSidedQuantile } from './distributions.js';
import { methodName, noUnits, noVariance, tooFewClusters } from './method-name.js';
import { type PairedDifference, pairedDifference } from './paired-difference.js';
import type { Range } from './range.js';
import type { Ends } from './wilson.js';

/** Method of an interval that could not be had: the value does not exist, or too often not in resamples. */
export const undefinedValue = 'none/undefined';

/** A number of a whole slice that can be computed again under other weights of its units. */
export interface Statistic {
  /** Columns of the units; `values` only says how many there are. */
  units: Pick<Units, 'weights' | 'clusters'>;
  /** Units that it is made of: their numbers, ascending. Others have weight 0. */
  scored: Int32Array;
  /** Number of units, scored or not. */
  size: number;
  range: Range;
  valueOf(weights: Float64Array): number | null;
  influences?(weights: Float64Array): Float64Array | null;
  /** Values of all units, where the statistic is their weighted mean and `range` has two ends. */
  means?: Float64Array;
  note?: string;
}

/** How far a statistic may be off, as a function of the level. */
interface Uncertainty {
  standardError: number;
  endsAt(level: number): Ends;
  method: string;
}

/**
 * Interval of a statistic that is no mean.
 *
 * With influences: value ± t · clustered standard error (the delta method). Without: a seeded bootstrap of whole
 * clusters with BCa ends, whose distance from the value is stretched by t·√(G/(G−1))/z, since few clusters make the
 * bootstrap too narrow (Hesterberg 2015, The American Statistician 69:371). Two ways: the wider way's bootstrap,
 * stretched by √(V/V_way) with V = V_a + V_b − V_ab as for a mean (Cameron, Gelbach, Miller 2011), never below
 * any of the three.
 *
 * @returns value null where there is none; ends null where there are too few clusters or all resamples agree
 */
export function statisticInterval(statistic: Statistic, level: number): Interval {
  if (statistic.means) {
    const interval = boundedInterval(meanUnits(statistic, statistic.means), level, statistic.range);
    return { ...interval, method: withNote(interval.method, statistic) };
  }
  const { interval } = measured(statistic, level);
  return interval;
}

/** The same of a difference, with the p at which its interval would end at 0. */
export function statisticDifference(statistic: Statistic, level: number): PairedDifference {
  if (statistic.means) {
    const { min, max } = statistic.range;
    // The range of a difference is twice as wide as that of the values that are compared.
    const units = { ...meanUnits(statistic, statistic.means), range: { min: 0, max: (max - min) / 2 } };
    const difference = pairedDifference(units, level);
    return { ...difference, method: withNote(difference.method, statistic) };
  }
  const { interval, uncertainty, df } = measured(statistic, level);
  const none = { ...interval, p: null, detectable: null };
  if (uncertainty === null || interval.value === null) return none;
  const { standardError } = uncertainty;
  const delta = statistic.influences !== undefined && uncertainty.method.startsWith('delta');
  const p = delta ? twoSidedP(interval.value / standardError, df) : bootstrapP(uncertainty);
  const detectable = detectableDifference({ standardError, df, level });
  const span = statistic.range.max - statistic.range.min;
  return { ...interval, p, detectable: detectable <= span ? detectable : null };
}

function measured(
  statistic: Statistic,
  level: number,
): { interval: Interval; uncertainty: Uncertainty | null; df: number } {
  const weights = baseWeights(statistic);
  const units = scoredUnits(statistic, weights);
  const clustering = clusteringOf(units);
  const { df } = clustering;
  const shared = { level, n: units.values.length, clusters: clusterCounts(units, clustering) };
  const none = (value: number | null, method: string) => ({
    interval: { value, low: null, high: null, ...shared, method: withNote(method, statistic) },
    uncertainty: null,
    df,
  });
  if (shared.n === 0) return none(null, noUnits);
  const value = statistic.valueOf(weights);
  if (value === null || !Number.isFinite(value)) return none(null, undefinedValue);
  if (df < 1) return none(value, tooFewClusters);
  const context = { statistic, weights, units, clustering, value };
  const uncertainty = deltaUncertainty(context) ?? bootstrapUncertainty(context);
  if (typeof uncertainty === 'string') return none(value, uncertainty);
  const { low, high } = within(uncertainty.endsAt(level), statistic.range);
  const method = withNote(uncertainty.method, statistic);
  return { interval: { value, low, high, ...shared, method }, uncertainty, df };
}

interface Context {
  statistic: Statistic;
  weights: Float64Array;
  units: Units;
  clustering: Clustering;
  value: number;
}

function deltaUncertainty({ statistic, weights, units, clustering, value }: Context): Uncertainty | string | null {
  const all = statistic.influences?.(weights);
  if (all === null || all === undefined) return null;
  const influences = Float64Array.from(statistic.scored, (unit) => all[unit]!);
  const independent = influences.reduce((sum, one) => sum + one * one, 0);
  const standardError = Math.sqrt(Math.max(clusteredVariance(influences, clustering), independent));
  if (!(standardError > 1e-12)) return noVariance;
  return {
    standardError,
    endsAt: (level) => {
      const half = twoSidedQuantile(level, clustering.df) * standardError;
      return { low: value - half, high: value + half };
    },
    method: methodName('delta-t', units, clustering),
  };
}

function bootstrapUncertainty({ statistic, weights, units, clustering, value }: Context): Uncertainty | string {
  const ways = clustering.dimensions.map((dimension) => resampledWay(statistic, weights, dimension));
  const inner = clustering.intersection && resampledWay(statistic, weights, clustering.intersection);
  if ([...ways, ...(inner ? [inner] : [])].some(({ sorted }) => sorted.length < 0.9 * resamples)) return undefinedValue;
  const wider = ways.reduce((a, b) => (b.variance > a.variance ? b : a));
  if (!(wider.variance > 1e-24)) return noVariance;
  const [a, b] = ways;
  const variance =
    a && b && inner
      ? Math.max(a.variance + b.variance - inner.variance, wider.variance, inner.variance)
      : wider.variance;
  const { df } = clustering;
  const stretch = Math.sqrt((variance / wider.variance) * ((df + 1) / df));
  const correction = correctionOf(wider.sorted, value, jackknifeValues(wider.clusters, wider.resampled));
  return {
    standardError: Math.sqrt(variance * ((df + 1) / df)),
    endsAt: (level) => {
      const { low, high } = bcaEnds(wider.sorted, correction, level);
      const by = (stretch * twoSidedQuantile(level, df)) / -normalQuantile((1 - level) / 2);
      // A correction that is larger than the spread would leave the value outside of its own interval.
      return { low: value + Math.min(0, low - value) * by, high: value + Math.max(0, high - value) * by };
    },
    method: methodName('bootstrap-bca-t', units, clustering),
  };
}

/** One way's bootstrap: clusters without a scored unit are never drawn. */
function resampledWay(statistic: Statistic, weights: Float64Array, { ids, count }: Dimension) {
  const { scored, size } = statistic;
  const numbers = new Int32Array(count).fill(-1);
  let clusters = 0;
  for (const id of ids) if (numbers[id]! < 0) numbers[id] = clusters++;
  const drawn = new Float64Array(size);
  const resampled = (counts: Int32Array): number | null => {
    for (let k = 0; k < scored.length; k++) {
      const unit = scored[k]!;
      drawn[unit] = weights[unit]! * counts[numbers[ids[k]!]!]!;
    }
    return statistic.valueOf(drawn);
  };
  const sorted = resampledValues(clusters, String(clusters), resampled);
  const mean = sorted.reduce((sum, one) => sum + one, 0) / sorted.length;
  const variance = sorted.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, sorted.length - 1);
  return { sorted, variance, clusters, resampled };
}

/** The p at which the interval would just reach 0, by halving; never below what the resamples can tell. */
function bootstrapP({ endsAt }: Uncertainty): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 40; step++) {
    const p = (low + high) / 2;
    const ends = endsAt(1 - p);
    if (ends.low > 0 || ends.high < 0) high = p;
    else low = p;
  }
  return Math.max((low + high) / 2, 2 / (resamples + 1));
}

function meanUnits(statistic: Statistic, means: Float64Array): Units {
  const units = scoredUnits(statistic, baseWeights(statistic));
  return { ...units, values: Float64Array.from(statistic.scored, (unit) => means[unit]!) };
}

function baseWeights({ units, scored, size }: Statistic): Float64Array {
  const weights = new Float64Array(size);
  for (const unit of scored) weights[unit] = units.weights ? units.weights[unit]! : 1;
  return weights;
}

function scoredUnits({ units, scored }: Statistic, weights: Float64Array): Units {
  return {
    values: new Float64Array(scored.length),
    ...(units.weights && { weights: Float64Array.from(scored, (unit) => weights[unit]!) }),
    clusters: units.clusters.map(({ field, ids, count }) => ({
      field,
      ids: Int32Array.from(scored, (unit) => ids[unit]!),
      count,
    })),
  };
}

const within = ({ low, high }: Ends, { min, max }: Range): Ends => ({
  low: Math.min(max, Math.max(min, low)),
  high: Math.max(min, Math.min(max, high)),
});

const withNote = (method: string, { note }: Statistic): string => (note === undefined ? method : `${method}/${note}`);
