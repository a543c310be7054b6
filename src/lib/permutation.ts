import { KeyedRandom } from './rng.js';

/**
 * A seeded permutation of 0 … n−1 (Fisher–Yates). The same key gives the same order on every machine.
 * @param key names the draw, e.g. `items`
 */
export function permutation(n: number, key: string, seed: number): Int32Array {
  const random = new KeyedRandom(seed, key);
  const order = Int32Array.from({ length: n }, (_, index) => index);
  for (let index = n - 1; index > 0; index--) {
    const other = random.below(index + 1);
    const held = order[index]!;
    order[index] = order[other]!;
    order[other] = held;
  }
  return order;
}
