/**
 * `pums`: people drawn from files of the American Community Survey's Public Use Microdata Sample that the user has, of any
 * year from 2011 to 2024: with replacement, in proportion to the person weight, their household's fields joined. Codes
 * become words by the tables in `census/code-tables.ts`, jobs and origins by the year's data dictionary. The files are read
 * twice, some rows at a time; of each person only the weight stays in memory, of each household a few bytes. The population
 * is that of the files themselves. Attributes whose column the files lack are named in `absent`.
 */
import type { PersonaKind } from '../../contract/persona-kind.js';
import { pumsOptions } from './pums/pums-options.js';

export const pums: PersonaKind = {
  kind: 'pums',
  options: pumsOptions,
  async load(options, context) {
    // Loaded with the first such source: checking any other document must not wait for what reads tables.
    const { loadPums } = await import('./pums/load-pums.js');
    return loadPums(options, context);
  },
};
