/**
 * Total-variation distance of two distributions over named categories: Σ|a − b| / 2, the largest difference in the
 * probability of any event. A category that one of them lacks has share 0 there.
 * @param a category → share, 0–1, adding up to 1; the same for `b`
 * @returns 0 (equal) – 1 (nothing in common)
 */
export function totalVariation(a: { [category: string]: number }, b: { [category: string]: number }): number {
  let sum = 0;
  for (const [category, share] of Object.entries(a))
    sum += Math.abs(share - (Object.hasOwn(b, category) ? b[category]! : 0));
  for (const [category, share] of Object.entries(b)) if (!Object.hasOwn(a, category)) sum += Math.abs(share);
  return sum / 2;
}
