import type { NetworkNode, Recode } from './network.js';

/** The distribution of one context. */
export interface Distribution {
  /** Running sum of the shares, value by value; the last one is 1. */
  cumulative: Float64Array;
}

/** One variable's table, made fast to look up: contexts by number instead of by text. */
export class ConditionalTable {
  readonly node: NetworkNode;
  /** By parent: how many classes it has. */
  readonly sizes: number[];
  /** By depth: number of a context → its shares. */
  readonly #shares: Map<number, Float64Array>[];
  readonly #distributions: Map<number, Distribution>[];

  constructor(node: NetworkNode, recodes: { [name: string]: Recode }) {
    this.node = node;
    this.sizes = node.parents.map((name) => Math.max(...recodes[name]!.classes) + 1);
    this.#shares = Array.from({ length: node.parents.length + 1 }, () => new Map());
    this.#distributions = Array.from({ length: node.parents.length + 1 }, () => new Map());
    const paths = Object.keys(node.contexts).map((context) => (context === '' ? [] : context.split('.').map(Number)));
    // Shorter contexts first: longer ones lean on them.
    for (const path of paths.sort((a, b) => a.length - b.length)) this.#add(path);
  }

  /** Number of a context: that of a shorter one is the same with the last classes left out. */
  #numberOf(classes: readonly number[]): number {
    return classes.reduce((key, one, at) => key * this.sizes[at]! + one, 0);
  }

  /** Shares by value of the longest context in the table that fits; null if even the forced parents' context is none. */
  distributionOf(number: number): Distribution | null {
    let key = number;
    for (let depth = this.sizes.length; depth >= this.node.forced; depth--) {
      const found = this.#distributions[depth]!.get(key);
      if (found !== undefined) return found;
      if (depth > 0) key = Math.floor(key / this.sizes[depth - 1]!);
    }
    return null;
  }

  #add(path: readonly number[]): void {
    const numbers = this.node.contexts[path.join('.')]!;
    const shares = this.#spread(numbers, path);
    let sum = 0;
    const cumulative = shares.map((share) => {
      sum += share;
      return sum;
    });
    for (let value = 0; value < cumulative.length; value++) cumulative[value]! /= sum;
    this.#shares[path.length]!.set(this.#numberOf(path), shares);
    this.#distributions[path.length]!.set(this.#numberOf(path), { cumulative });
  }

  /** The named values' weights, and the rest spread over the values not named as the next shorter context has them. */
  #spread(numbers: readonly number[], path: readonly number[]): Float64Array {
    const shares = new Float64Array(this.node.values.length);
    const rest = numbers.at(-1)!;
    let total = rest;
    for (let at = 0; at + 1 < numbers.length; at += 2) {
      shares[numbers[at]!] = numbers[at + 1]!;
      total += numbers[at + 1]!;
    }
    const shorter = rest > 0 ? this.#shorter(path) : undefined;
    let open = 0;
    if (shorter) for (const [value, share] of shorter.entries()) if (shares[value] === 0) open += share;
    for (let value = 0; value < shares.length; value++) {
      if (shares[value]! > 0) shares[value]! /= total;
      else if (shorter && open > 0) shares[value] = (shorter[value]! / open) * (rest / total);
    }
    return shares;
  }

  #shorter(path: readonly number[]): Float64Array | undefined {
    for (let depth = path.length - 1; depth >= this.node.forced; depth--) {
      const found = this.#shares[depth]!.get(this.#numberOf(path.slice(0, depth)));
      if (found) return found;
    }
    return undefined;
  }
}

/** Index of the value at a point of [0, 1): the first whose running sum lies beyond it. */
export function valueAt({ cumulative }: Distribution, point: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! > point) high = middle;
    else low = middle + 1;
  }
  return low;
}
