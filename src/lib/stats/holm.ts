/**
 * Holm's adjusted p-values (1979): the family-wise error stays below α if claims are made where these are below α.
 *
 * @param ps p-values, 0–1; null where there is no test, which neither counts nor gets a value
 * @returns in the order of `ps`, each at most 1
 */
export function holm(ps: readonly (number | null)[]): (number | null)[] {
  const order = ascending(ps);
  const adjusted: (number | null)[] = ps.map(() => null);
  let running = 0;
  order.forEach(({ p, index }, rank) => {
    running = Math.max(running, Math.min(1, p * (order.length - rank)));
    adjusted[index] = running;
  });
  return adjusted;
}

/** The p-values that are there, smallest first; equal ones in the order given. */
export function ascending(ps: readonly (number | null)[]): { p: number; index: number }[] {
  return ps.flatMap((p, index) => (p === null ? [] : [{ p, index }])).sort((a, b) => a.p - b.p || a.index - b.index);
}
