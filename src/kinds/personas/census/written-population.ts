import type { AttributeShares, Category, PairShares, Population } from '../../../contract/population.js';

/** As a population is written in a file of census tables: joint shares as a matrix, which is a third of the size. */
export interface WrittenPopulation {
  title: string;
  attributes: AttributeShares[];
  pairs: {
    attributes: [string, string];
    /** Categories of the two attributes. */
    categories: [string[], string[]];
    /** Row by row, in millionths. */
    counts: number[][];
    association: number;
    source: string;
  }[];
}

/** The population as everybody else reads it. Shares are scaled to add up to 1. */
export function readPopulation({ title, attributes, pairs }: WrittenPopulation): Population {
  return { title, attributes, pairs: pairs.map((pair) => readPair(pair, attributes)) };
}

/** Pairs are of everyone, in the attributes' own values or bands, also where a published table has other categories. */
function readPair(
  { attributes, categories, counts, association, source }: WrittenPopulation['pairs'][number],
  shares: readonly AttributeShares[],
): PairShares {
  const total = counts.flat().reduce((sum, count) => sum + count, 0);
  if (!(total > 0)) throw new Error(`the pair ${attributes.join(' and ')} has no shares`);
  const joint: PairShares['shares'] = {};
  for (const [i, first] of categories[0].entries()) {
    for (const [j, second] of categories[1].entries()) {
      const count = counts[i]?.[j] ?? 0;
      if (count > 0) joint[JSON.stringify([first, second])] = count / total;
    }
  }
  const categoryOf = (name: string): Category => {
    const single = shares.find(({ attribute }) => attribute === name)?.category;
    return single?.kind === 'bands' ? single : { kind: 'value' };
  };
  const own: [Category, Category] = [categoryOf(attributes[0]), categoryOf(attributes[1])];
  return { attributes, categories: own, shares: joint, association, source };
}
