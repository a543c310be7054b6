import type { KeyedRandom } from '../../../../lib/rng.js';

/** `count` different numbers of 0 … n−1 in random order, each set equally likely (Fisher–Yates, cut short). */
export function drawn(n: number, count: number, random: KeyedRandom): number[] {
  const numbers = Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const other = i + random.below(n - i);
    [numbers[i], numbers[other]] = [numbers[other]!, numbers[i]!];
  }
  return numbers.slice(0, count);
}
