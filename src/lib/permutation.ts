import { sha256 } from './canonical-json.js';

/**
 * A seeded permutation of 0 … n−1 (Fisher–Yates). The same key gives the same order on every machine.
 * @param key names the draw, e.g. `items|7`.
 */
export function permutation(n: number, key: string): Int32Array {
  const order = Int32Array.from({ length: n }, (_, index) => index);
  const seed = sha256(key);
  let state = Number.parseInt(seed.slice(0, 8), 16);
  const step = Number.parseInt(seed.slice(8, 16), 16) | 1;
  const next = (): number => {
    state = (state + step) >>> 0;
    let x = state ^ (state >>> 16);
    x = Math.imul(x, 0x21f0aaad);
    x ^= x >>> 15;
    x = Math.imul(x, 0x735a2d97);
    return (x ^ (x >>> 15)) >>> 0;
  };
  for (let index = n - 1; index > 0; index--) {
    const other = Math.floor((next() / 2 ** 32) * (index + 1));
    const held = order[index]!;
    order[index] = order[other]!;
    order[other] = held;
  }
  return order;
}
