// Bound once: a look-up on the global object for each character is slow in sandboxed contexts.
const { imul } = Math;

/**
 * Keyed random numbers: every draw is a function of a seed and of strings, so the order of calls, the number of
 * workers and what was drawn before never matter. Not for secrets.
 *
 * Keys are hashed by two 32-bit lanes with MurmurHash3's multiply–rotate mixing over UTF-16 units and its finalizer
 * (Appleby); the stream is sfc32 (Doty-Humphrey), which passes the usual test batteries.
 */
export class KeyedRandom {
  #a: number;
  #b: number;
  #c: number;
  #count = 1;

  /** @param keys name the draw; their boundaries count, so `('ab', 'c')` differs from `('a', 'bc')`. */
  constructor(seed: number, ...keys: string[]) {
    let one = (seed | 0) ^ 0x9e3779b9;
    let two = imul(seed | 0, 0x85ebca6b) ^ Math.floor(seed / 2 ** 32);
    for (const key of keys) {
      const pairs = key.length & ~1;
      for (let index = 0; index < pairs; index += 2) {
        const units = key.charCodeAt(index) | (key.charCodeAt(index + 1) << 16);
        one = mixOne(one, units);
        two = mixTwo(two, units);
      }
      if (pairs < key.length) {
        one = mixOne(one, key.charCodeAt(pairs));
        two = mixTwo(two, key.charCodeAt(pairs));
      }
      one = finish(one ^ key.length);
      two = finish(two + one);
    }
    this.#a = finish(one);
    this.#b = finish(two);
    this.#c = this.#a ^ 0x5851f42d;
    for (let round = 0; round < 12; round++) this.#next();
  }

  /** Uniform on [0, 1), 53 bits. */
  uniform(): number {
    const high = this.#next() >>> 5;
    return (high * 0x4000000 + (this.#next() >>> 6)) / 2 ** 53;
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** Uniform on 0 … n−1, for n up to about a million. */
  below(n: number): number {
    return Math.floor(((this.#next() >>> 0) / 2 ** 32) * n);
  }

  /** One element, each equally likely. */
  pick<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)] as Value;
  }

  /** Standard normal (Box–Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** 32 random bits. */
  #next(): number {
    const sum = (this.#a + this.#b + this.#count++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (rotate(this.#c, 21) + sum) | 0;
    return sum;
  }
}

const rotate = (bits: number, by: number): number => (bits << by) | (bits >>> (32 - by));

const mixOne = (state: number, units: number): number =>
  (imul(rotate(state ^ imul(rotate(imul(units, 0xcc9e2d51), 15), 0x1b873593), 13), 5) + 0xe6546b64) | 0;

const mixTwo = (state: number, units: number): number =>
  imul(rotate(state ^ imul((units + 0x3c6ef372) | 0, 0x239b961b), 17), 0x38b34ae5);

const finish = (bits: number): number => {
  let x = bits ^ (bits >>> 16);
  x = imul(x, 0x85ebca6b);
  x = imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
};
