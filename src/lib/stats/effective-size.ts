import type { Units } from '../../contract/metric-kind.js';
import { type ClusteredMean, flooredVariance } from './clustered-mean.js';
import { assumedDesignEffect } from './design-effect.js';

/**
 * Effective sample size of a mean: so many independent answers of variance `unitVariance` give the same variance of
 * the mean, n_eff = unitVariance/V. For a rate the variance of an answer is p(1−p); as V is never taken below that of
 * independent units, n_eff then never exceeds n.
 *
 * Where all units agree V says nothing; then n_eff is n (Kish's, with weights) over the design effect of the run, or,
 * if that is not known, over the largest that the clusters allow.
 */
export function effectiveSize(unitVariance: number, mean: ClusteredMean, units: Units): number {
  const variance = flooredVariance(mean);
  if (variance > 0 && unitVariance > 0) return unitVariance / variance;
  return mean.kish / assumedDesignEffect(units, mean);
}
