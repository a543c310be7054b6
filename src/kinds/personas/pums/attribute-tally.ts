import type { Category } from '../../../contract/population.js';
import { categorizer, otherCategory } from '../../../lib/category-of.js';
import type { CensusAttribute, CodeLabels } from '../census/attributes-of.js';
import type { PumsRecord } from '../census/pums-record.js';
import { type CodePool, MOST_CODES } from './code-pool.js';

/** Ages and incomes are counted in these bands; other attributes by their texts. */
const bands: { [attribute: string]: number[] } = {
  age: [5, 15, 18, 25, 35, 45, 55, 65, 75],
  income: [1, 10_000, 25_000, 50_000, 75_000, 100_000, 150_000],
};

/** An attribute of more categories is shown by its most frequent ones, and stands in no pair. */
export const MOST_CATEGORIES = 60;
const SHOWN = 40;

/** Counts one attribute over the whole population: each combination of codes is turned into a category once. */
export class AttributeTally {
  readonly name: string;
  /** Weight by category. */
  readonly weights: number[] = [];
  readonly categories: string[] = [];
  /** False once a person's value could not be told. */
  isKnown = true;
  readonly category: Category;
  readonly #attribute: CensusAttribute;
  readonly #labels: CodeLabels;
  readonly #pools: readonly CodePool[];
  readonly #byKey = new Map<number, number>();
  readonly #byCategory = new Map<string, number>();
  readonly #categoryOf: (value: unknown) => string;

  /** @param pools of the fields that the attribute needs or uses, as far as the files have them */
  constructor(attribute: CensusAttribute, pools: readonly CodePool[], labels: CodeLabels) {
    this.name = attribute.name;
    this.#attribute = attribute;
    this.#pools = pools;
    this.#labels = labels;
    const ends = bands[attribute.name];
    this.category = ends === undefined ? { kind: 'value' } : { kind: 'bands', bands: ends };
    this.#categoryOf = categorizer(this.category);
  }

  get fields(): string[] {
    return this.#pools.map((pool) => pool.field);
  }

  get isWide(): boolean {
    return this.categories.length > MOST_CATEGORIES;
  }

  /** Counts a person; returns the number of the category, or -1 if the value cannot be told. */
  count(ids: readonly number[], weight: number): number {
    let key = 0;
    for (const id of ids) key = key * MOST_CODES + id;
    let index = this.#byKey.get(key);
    if (index === undefined) {
      index = this.#indexOf(ids);
      this.#byKey.set(key, index);
    }
    if (index >= 0) this.weights[index] = (this.weights[index] as number) + weight;
    return index;
  }

  #indexOf(ids: readonly number[]): number {
    const record: PumsRecord = {};
    for (const [at, pool] of this.#pools.entries()) record[pool.field] = pool.codes[ids[at] as number] as string;
    const value = this.#attribute.value(record, this.#labels);
    if (value === undefined) {
      this.isKnown = false;
      return -1;
    }
    const category = this.#categoryOf(value);
    const known = this.#byCategory.get(category);
    if (known !== undefined) return known;
    this.#byCategory.set(category, this.categories.length);
    this.weights.push(0);
    return this.categories.push(category) - 1;
  }

  /** Shares, largest first. Of very many texts the most frequent ones are kept, the rest is `(other)`. */
  shares(total: number): { category: Category; shares: { [category: string]: number } } {
    const sorted = this.categories
      .map((category, index): [string, number] => [category, (this.weights[index] as number) / total])
      .filter(([, share]) => share > 0)
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    if (!this.isWide) return { category: this.category, shares: Object.fromEntries(sorted) };
    const shown = sorted.slice(0, SHOWN);
    const rest = sorted.slice(SHOWN).reduce((sum, [, share]) => sum + share, 0);
    return {
      category: { kind: 'map', of: Object.fromEntries(shown.map(([text]) => [text, text])) },
      shares: { ...Object.fromEntries(shown), ...(rest > 0 ? { [otherCategory]: rest } : {}) },
    };
  }
}
