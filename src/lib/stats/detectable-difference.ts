import { normalQuantile, tQuantile, twoSidedQuantile } from './distributions.js';

/** What decides how small a difference can be seen. */
export interface Sensitivity {
  standardError: number;
  /** Degrees of freedom; infinite for the normal. */
  df: number;
  /** Of the two-sided interval, 0–1. */
  level: number;
  /** Share of runs in which the difference is to be found; default 0.8. */
  power?: number;
}

/** Smallest true difference that is found in a share `power` of such runs: (t_{α/2} + t_β) · standard error. */
export function detectableDifference({ standardError, df, level, power = 0.8 }: Sensitivity): number {
  const beta = Number.isFinite(df) ? tQuantile(power, df) : normalQuantile(power);
  return (twoSidedQuantile(level, df) + beta) * standardError;
}

/** A comparison of two conditions over the same units, before it is run. */
export interface PlannedComparison {
  /** Independent units, each answered under both conditions. */
  n: number;
  /** Variance of the units' true differences (ω² of Miller, arXiv 2411.00640). */
  differenceVariance: number;
  /** Variance of one answer to the same unit, in each condition (σ²). */
  answerVariance: [number, number];
  /** Answers averaged per unit, in each condition (K). */
  repeats: [number, number];
  level: number;
  power?: number;
}

/** Smallest difference that a planned run can see: n = (z_{α/2} + z_β)²(ω² + σ_A²/K_A + σ_B²/K_B)/δ², solved for δ. */
export function plannedDetectableDifference(plan: PlannedComparison): number {
  const [a, b] = plan.answerVariance;
  const variance = (plan.differenceVariance + a / plan.repeats[0] + b / plan.repeats[1]) / plan.n;
  return detectableDifference({ ...plan, standardError: Math.sqrt(variance), df: Number.POSITIVE_INFINITY });
}
