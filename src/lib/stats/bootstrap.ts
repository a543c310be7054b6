import { KeyedRandom } from '../rng.js';
import { normalCdf, normalQuantile } from './distributions.js';
import type { Ends } from './wilson.js';

/** Resamples behind one interval. */
export const resamples = 1000;

/** The value of a resample in which cluster `g` was drawn `counts[g]` times; null where it has none. */
export type Resampled = (counts: Int32Array) => number | null;

/**
 * Values of seeded resamples of whole clusters, drawn with replacement, ascending. Resamples without a value are left
 * out.
 *
 * @param clusters how many there are, ≥ 1
 * @param key names the draws: the same key gives the same resamples
 */
export function resampledValues(clusters: number, key: string, statistic: Resampled, times = resamples): Float64Array {
  const random = new KeyedRandom(0, 'bootstrap', key);
  const counts = new Int32Array(clusters);
  const values = new Float64Array(times);
  let n = 0;
  for (let time = 0; time < times; time++) {
    counts.fill(0);
    for (let draw = 0; draw < clusters; draw++) counts[random.below(clusters)]!++;
    const value = statistic(counts);
    if (value !== null && Number.isFinite(value)) values[n++] = value;
  }
  return values.subarray(0, n).sort();
}

/** Values with each cluster (of more than 200: each 200th part of them) left out once; the basis of an acceleration. */
export function jackknifeValues(clusters: number, statistic: Resampled): Float64Array {
  const parts = Math.min(clusters, 200);
  const counts = new Int32Array(clusters);
  const values = new Float64Array(parts);
  let n = 0;
  for (let part = 0; part < parts; part++) {
    for (let g = 0; g < clusters; g++) counts[g] = g % parts === part ? 0 : 1;
    const value = statistic(counts);
    if (value !== null && Number.isFinite(value)) values[n++] = value;
  }
  return values.subarray(0, n);
}

/** The value below which a share `p` (0–1) of ascending values lies, between neighbours on a line. */
export function quantileOf(sorted: Float64Array, p: number): number {
  const at = Math.min(1, Math.max(0, p)) * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (at - below) * (high - low);
}

/** The middle `level` of the resampled values (Efron 1979). */
export function percentileEnds(sorted: Float64Array, level: number): Ends {
  const tail = (1 - level) / 2;
  return { low: quantileOf(sorted, tail), high: quantileOf(sorted, 1 - tail) };
}

/** Twice the value less the percentile ends, the other way round (the reverse percentile interval). */
export function basicEnds(sorted: Float64Array, value: number, level: number): Ends {
  const { low, high } = percentileEnds(sorted, level);
  return { low: 2 * value - high, high: 2 * value - low };
}

/** What corrects percentiles for bias and for a spread that moves with the value. */
export interface Correction {
  /** Normal quantile of the share of resamples below the value; ties count half. */
  bias: number;
  acceleration: number;
}

export function correctionOf(sorted: Float64Array, value: number, jackknife: Float64Array): Correction {
  let below = 0;
  for (const one of sorted) below += one < value ? 1 : one === value ? 0.5 : 0;
  const least = 0.5 / sorted.length;
  const share = Math.min(1 - least, Math.max(least, below / sorted.length));
  const mean = jackknife.reduce((sum, one) => sum + one, 0) / jackknife.length;
  let squares = 0;
  let cubes = 0;
  for (const one of jackknife) {
    squares += (mean - one) ** 2;
    cubes += (mean - one) ** 3;
  }
  return { bias: normalQuantile(share), acceleration: squares > 0 ? cubes / (6 * squares ** 1.5) : 0 };
}

/** Bias-corrected and accelerated percentile ends (Efron 1987), second-order right for smooth statistics. */
export function bcaEnds(sorted: Float64Array, { bias, acceleration }: Correction, level: number): Ends {
  const z = normalQuantile((1 - level) / 2);
  const shareAt = (quantile: number): number => {
    const moved = bias + quantile;
    const slope = 1 - acceleration * moved;
    return slope <= 0 ? (moved < 0 ? 0 : 1) : normalCdf(bias + moved / slope);
  };
  return { low: quantileOf(sorted, shareAt(z)), high: quantileOf(sorted, shareAt(-z)) };
}
