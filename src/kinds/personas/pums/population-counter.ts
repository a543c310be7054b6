import type { PairShares, Population } from '../../../contract/population.js';
import { type AttributeTally, MOST_CATEGORIES } from './attribute-tally.js';

const PAIRS = 12;

/** Weights of the pairs of categories of two attributes. */
interface PairTally {
  first: number;
  second: number;
  weights: Float64Array;
}

/** Counts shares and joint shares of all attributes, weighted, row by row. */
export class PopulationCounter {
  readonly #tallies: readonly AttributeTally[];
  readonly #pairs: PairTally[] = [];
  /** Category of each attribute of a batch's rows: attribute after attribute. */
  #categories = new Int16Array(0);
  #length = 0;

  constructor(tallies: readonly AttributeTally[]) {
    this.#tallies = tallies;
    for (let first = 0; first < tallies.length; first++) {
      for (let second = first + 1; second < tallies.length; second++) {
        this.#pairs.push({ first, second, weights: new Float64Array(MOST_CATEGORIES * MOST_CATEGORIES) });
      }
    }
  }

  /**
   * Counts a batch of rows.
   * @param columns for each attribute the ids of its fields' codes, a column a field
   */
  count(columns: readonly (readonly Uint32Array[])[], weights: Float64Array): void {
    const length = weights.length;
    if (this.#categories.length < length * this.#tallies.length) {
      this.#categories = new Int16Array(length * this.#tallies.length);
    }
    this.#length = length;
    for (const [at, tally] of this.#tallies.entries()) {
      const fields = columns[at] as readonly Uint32Array[];
      const ids: number[] = new Array(fields.length).fill(0);
      for (let row = 0; row < length; row++) {
        for (let field = 0; field < ids.length; field++) ids[field] = (fields[field] as Uint32Array)[row] as number;
        this.#categories[at * length + row] = tally.count(ids, weights[row] as number);
      }
    }
    for (const pair of this.#pairs) this.#countPair(pair, weights);
  }

  #countPair({ first, second, weights: sums }: PairTally, weights: Float64Array): void {
    const one = this.#tallies[first] as AttributeTally;
    const two = this.#tallies[second] as AttributeTally;
    if (one.isWide || two.isWide || !one.isKnown || !two.isKnown) return;
    const categories = this.#categories;
    const [from, to] = [first * this.#length, second * this.#length];
    for (let row = 0; row < this.#length; row++) {
      const cell = (categories[from + row] as number) * MOST_CATEGORIES + (categories[to + row] as number);
      sums[cell] = (sums[cell] as number) + (weights[row] as number);
    }
  }

  /** Attributes with so many values that they stand in no pair. */
  get wide(): string[] {
    return this.#tallies.filter((tally) => tally.isWide).map((tally) => tally.name);
  }

  /** @param n how many equal people the weighted ones are worth */
  population(facts: { title: string; source: string; total: number; n: number }): Population {
    const { title, source, total, n } = facts;
    const known = this.#tallies.filter((tally) => tally.isKnown);
    return {
      title,
      attributes: known.map((tally) => ({ attribute: tally.name, ...tally.shares(total), source, n })),
      pairs: this.#pairs
        .flatMap((pair) => this.#sharesOf(pair, total, source) ?? [])
        .sort((a, b) => b.association - a.association)
        .slice(0, PAIRS),
    };
  }

  #sharesOf(pair: PairTally, total: number, source: string): PairShares | undefined {
    const one = this.#tallies[pair.first] as AttributeTally;
    const two = this.#tallies[pair.second] as AttributeTally;
    if (one.isWide || two.isWide || !one.isKnown || !two.isKnown) return undefined;
    const cells: [string, number][] = [];
    for (const [i, a] of one.categories.entries()) {
      for (const [j, b] of two.categories.entries()) {
        const share = (pair.weights[i * MOST_CATEGORIES + j] as number) / total;
        if (share > 0) cells.push([JSON.stringify([a, b]), share]);
      }
    }
    cells.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    const association = cramersV(pair.weights, one.weights, two.weights);
    return { attributes: [one.name, two.name], shares: Object.fromEntries(cells), association, source };
  }
}

/** Cramér's V, √(φ² / (min(rows, columns) − 1)) with φ² = Σ p²/(p·p) − 1; 0 where an attribute has one category only. */
export function cramersV(joint: Float64Array, rows: readonly number[], columns: readonly number[]): number {
  const total = rows.reduce((sum, weight) => sum + weight, 0);
  const present = Math.min(rows.filter((weight) => weight > 0).length, columns.filter((weight) => weight > 0).length);
  if (present < 2 || total === 0) return 0;
  let sum = 0;
  for (const [i, row] of rows.entries()) {
    for (const [j, column] of columns.entries()) {
      const weight = joint[i * MOST_CATEGORIES + j] as number;
      if (weight > 0) sum += (weight * weight) / (row * column);
    }
  }
  return Math.min(1, Math.sqrt(Math.max(0, sum - 1) / (present - 1)));
}
