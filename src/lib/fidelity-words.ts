import type { AttributeFidelity, CategoryShare, Fidelity } from './fidelity.js';

/** How the tables and plots of a draw are to be read: the same words in the terminal and on the page. */
export const attributesHint =
  'Distance: the share of people who would have to be moved to another category for the drawn shares to be those of the ' +
  'population (total variation). Noise: what a random draw of n people stays below 99 times of 100; a distance below it ' +
  'cannot be told from chance.';
export const pairsHint =
  'The same for two attributes together, the most associated pairs first: small distances mean that who goes with what is ' +
  'as in the population, not only each attribute by itself.';
export const absentHint = 'Left out of every persona, as nothing is known of them: they are not guessed.';
export const noPopulation =
  'population: nothing is known of it, so there is no distance to say how true these people are to it.';

/** The rules that rejected a draw, most draws first, and a sentence on all that were applied. */
export function rejections(rejected: { [rule: string]: number }): {
  rows: [rule: string, draws: number][];
  hint: string;
} {
  const rules = Object.entries(rejected);
  const rows = rules.filter(([, draws]) => draws > 0).sort(([, a], [, b]) => b - a);
  const said = 'A draw that breaks a rule of consistency is thrown away and drawn again.';
  const none = rules.length - rows.length;
  if (none === 0) return { rows, hint: said };
  const all = rows.length === 0 ? `None of the ${none} rules` : `${none} more ${none === 1 ? 'rule' : 'rules'}`;
  return { rows, hint: `${said} ${all} rejected ${rows.length === 0 ? 'any draw' : 'none'}.` };
}

/** True where a distance cannot be explained by chance. */
export const isBeyond = ({ distance, noise }: { distance: number | null; noise: number | null }): boolean =>
  distance !== null && noise !== null && distance > noise;

/** The category whose share is furthest from the population's; null where nobody is counted. */
export function largestGap({ categories, distance }: AttributeFidelity): CategoryShare | null {
  if (distance === null) return null;
  const size = ({ population, drawn }: CategoryShare) => Math.abs(drawn - population);
  return categories.reduce<CategoryShare | null>(
    (best, one) => (best === null || size(one) > size(best) ? one : best),
    null,
  );
}

/** How many distances lie within the noise, in a sentence. */
export function fidelityVerdict({ attributes, pairs }: Fidelity): string {
  const parts = [
    { what: 'attributes', rows: attributes },
    { what: 'pairs', rows: pairs },
  ].flatMap(({ what, rows }) => {
    const counted = rows.filter(({ distance }) => distance !== null);
    if (counted.length === 0) return [];
    return [`${counted.filter((row) => !isBeyond(row)).length} of ${counted.length} ${what}`];
  });
  if (parts.length === 0) return 'nobody is counted in any attribute of the population.';
  return `${parts.join(' and ')} lie within the noise of the draw; of a true draw about 1 in 100 does not.`;
}
