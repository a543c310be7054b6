/** The ends of an interval. */
export interface Ends {
  low: number;
  high: number;
}

/**
 * Wilson's score interval for a proportion, without continuity correction (Wilson 1927).
 *
 * @param share observed proportion, 0–1
 * @param n sample size > 0; need not be whole, e.g. an effective sample size
 * @param quantile two-sided quantile of the wanted level, e.g. 1.96
 * @returns ends within [0, 1]; exactly 0 at share 0 and exactly 1 at share 1
 */
export function wilsonEnds(share: number, n: number, quantile: number): Ends {
  const q2 = quantile * quantile;
  const centre = (n * share + q2 / 2) / (n + q2);
  const half = (quantile / (n + q2)) * Math.sqrt(n * share * (1 - share) + q2 / 4);
  return {
    low: share <= 0 ? 0 : Math.max(0, centre - half),
    high: share >= 1 ? 1 : Math.min(1, centre + half),
  };
}
