/**
 * Probability that at least one of k draws succeeds: 1 − C(n−c, k)/C(n, k), which is unbiased for any n ≥ k (Chen et al.
 * 2021, arXiv 2107.03374), computed as a product so that nothing overflows.
 *
 * @param successes c of `trials`, 0 ≤ c ≤ n
 * @returns 0–1; NaN where k exceeds the trials
 */
export function passAtK(trials: number, successes: number, k: number): number {
  return 1 - noneOf(trials, trials - successes, k);
}

/** Probability that all of k draws succeed: C(c, k)/C(n, k), unbiased for p^k (pass^k of Yao et al. 2024, arXiv 2406.12045). */
export function passPowK(trials: number, successes: number, k: number): number {
  return noneOf(trials, successes, k);
}

/** Chance that k draws without replacement from n all come from the m of one sort: C(m, k)/C(n, k). */
function noneOf(n: number, m: number, k: number): number {
  if (k > n) return Number.NaN;
  let chance = 1;
  for (let i = 0; i < k; i++) chance *= Math.max(0, m - i) / (n - i);
  return chance;
}
