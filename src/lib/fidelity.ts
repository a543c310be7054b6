import type { Persona } from '../contract/persona.js';
import type { AttributeShares, Category, PairShares, Population } from '../contract/population.js';
import { bandLabels } from './band-labels.js';
import { categorizer, firstNumber } from './category-of.js';
import { samplingNoise } from './stats/sampling-noise.js';
import { totalVariation } from './stats/total-variation.js';

/** Category of people who lack an attribute that is counted. */
export const missingCategory = '(missing)';

/** How far the drawn shares lie from the population's. */
interface Distance {
  /** People who are counted. */
  n: number;
  /** Total-variation distance, 0–1; null where nobody is counted. */
  distance: number | null;
  /** What a random draw of so many people stays below 99 times of 100; null where nobody is counted. */
  noise: number | null;
  /** Size of the simple random sample that the noise is that of: less than `n` for unequal weights. */
  worth: number;
  source: string;
}

/** A category's share in the population and among the drawn. */
export interface CategoryShare {
  category: string;
  population: number;
  drawn: number;
}

/** How true the drawn people are to the population by one attribute. */
export interface AttributeFidelity extends Distance {
  attribute: string;
  /** Bands upwards, others in the order of the population's shares; categories that it lacks come last. */
  categories: CategoryShare[];
  among?: AttributeShares['among'];
}

/** The same by two attributes together. */
export interface PairFidelity extends Distance {
  attributes: [string, string];
  /** Cramér's V of the population, 0–1. */
  association: number;
  cells: { categories: [string, string]; population: number; drawn: number }[];
}

/** How true a draw is to what it was drawn from. */
export interface Fidelity {
  attributes: AttributeFidelity[];
  pairs: PairFidelity[];
}

/** People, and by attribute the category of each; null for those who are not counted there. */
interface Counted {
  people: readonly Persona[];
  categoriesOf: Map<string, (string | null)[]>;
}

/**
 * Compares people with the population that they stand for. Weights count where people have them; the noise is then that of
 * as many equal people as the weights are worth (Kish: (Σw)² / Σw²).
 */
export function fidelityOf(people: readonly Persona[], population: Population): Fidelity {
  const counted: Counted = { people, categoriesOf: new Map() };
  for (const shares of population.attributes) counted.categoriesOf.set(shares.attribute, categoriesOf(people, shares));
  const byName = new Map(population.attributes.map((shares) => [shares.attribute, shares]));
  return {
    attributes: population.attributes.map((shares) => attributeFidelity(counted, shares)),
    pairs: population.pairs.map((pair) => pairFidelity(counted, pair, byName)),
  };
}

/** The category of each person; null for those who are not counted. */
function categoriesOf(
  people: readonly Persona[],
  { attribute, category, among }: Pick<AttributeShares, 'attribute' | 'category' | 'among'>,
): (string | null)[] {
  const categoryOf = categorizer(category);
  return people.map(({ attributes }) => {
    if (among !== undefined && !isAmong(attributes[among.attribute], among)) return null;
    const value = attributes[attribute];
    return value === undefined || value === null ? missingCategory : categoryOf(value);
  });
}

function isAmong(value: unknown, { from, below }: NonNullable<AttributeShares['among']>): boolean {
  const number = firstNumber(value ?? '');
  return number !== null && (from === undefined || number >= from) && (below === undefined || number < below);
}

function attributeFidelity({ people, categoriesOf }: Counted, shares: AttributeShares): AttributeFidelity {
  const tally = sharesOf(people, categoriesOf.get(shares.attribute)!);
  const names = inOrder(shares.category, new Set([...Object.keys(shares.shares), ...Object.keys(tally.shares)]));
  return {
    attribute: shares.attribute,
    ...distanceOf(shares.shares, tally, shares.n),
    source: shares.source,
    ...(shares.among === undefined ? {} : { among: shares.among }),
    categories: names.map((category) => ({
      category,
      population: ownShare(shares.shares, category),
      drawn: ownShare(tally.shares, category),
    })),
  };
}

function inOrder(category: Category, names: Set<string>): string[] {
  if (category.kind !== 'bands') return [...names];
  const bands = bandLabels(category.bands).filter((label) => names.has(label));
  return [...new Set([...bands, ...names])];
}

function pairFidelity(counted: Counted, pair: PairShares, byName: Map<string, AttributeShares>): PairFidelity {
  const [first, second] = pair.attributes.map((attribute, side) => {
    const category = pair.categories?.[side];
    return category === undefined
      ? counted.categoriesOf.get(attribute)
      : categoriesOf(counted.people, { attribute, category });
  });
  if (first === undefined || second === undefined)
    throw new Error(`the pair ${pair.attributes.join(' × ')} has an attribute without shares`);
  const keys = first.map((one, i) => (one === null || second[i] === null ? null : JSON.stringify([one, second[i]])));
  const tally = sharesOf(counted.people, keys);
  const sizes = pair.attributes.flatMap((name) => byName.get(name)?.n ?? []);
  const names = [...new Set([...Object.keys(pair.shares), ...Object.keys(tally.shares)])];
  return {
    attributes: pair.attributes,
    association: pair.association,
    ...distanceOf(pair.shares, tally, sizes.length === 0 ? undefined : Math.min(...sizes)),
    source: pair.source,
    cells: names.map((name) => ({
      categories: JSON.parse(name) as [string, string],
      population: ownShare(pair.shares, name),
      drawn: ownShare(tally.shares, name),
    })),
  };
}

interface Tally {
  shares: { [category: string]: number };
  n: number;
  /** As many equal people the counted ones are worth. */
  effective: number;
}

function sharesOf(people: readonly Persona[], categories: readonly (string | null)[]): Tally {
  const sums = new Map<string, number>();
  let [n, total, squares] = [0, 0, 0];
  for (const [i, category] of categories.entries()) {
    if (category === null) continue;
    const weight = people[i]!.weight ?? 1;
    sums.set(category, (sums.get(category) ?? 0) + weight);
    n++;
    total += weight;
    squares += weight * weight;
  }
  const shares = Object.fromEntries([...sums].map(([category, sum]) => [category, sum / total]));
  return { shares, n, effective: n === 0 ? 0 : (total * total) / squares };
}

function distanceOf(
  population: { [category: string]: number },
  { shares, n, effective }: Tally,
  populationSize: number | undefined,
): Omit<Distance, 'source'> {
  if (n === 0) return { n, distance: null, noise: null, worth: 0 };
  // Where the population's shares are counts of a sample too, both errors add up.
  const size = populationSize === undefined ? effective : 1 / (1 / effective + 1 / populationSize);
  // Rounded by a hair first: 1,586 equal weights must be worth 1,586 people.
  const worth = Math.max(1, Math.floor(size + 1e-6));
  return { n, distance: totalVariation(population, shares), noise: samplingNoise(population, worth), worth };
}

const ownShare = (shares: { [category: string]: number }, name: string): number =>
  Object.hasOwn(shares, name) ? shares[name]! : 0;
