import { ascending } from './holm.js';

/**
 * Benjamini and Hochberg's q-values (1995): among the findings with q below a bound, at most that share is expected to
 * be false. For exploration, not for claims.
 *
 * @param ps p-values, 0–1; null where there is no test, which neither counts nor gets a value
 * @returns in the order of `ps`, each at most 1
 */
export function benjaminiHochberg(ps: readonly (number | null)[]): (number | null)[] {
  const order = ascending(ps);
  const adjusted: (number | null)[] = ps.map(() => null);
  let running = 1;
  for (let rank = order.length; rank >= 1; rank--) {
    const { p, index } = order[rank - 1]!;
    running = Math.min(running, (p * order.length) / rank);
    adjusted[index] = running;
  }
  return adjusted;
}
