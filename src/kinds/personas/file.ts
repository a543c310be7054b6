/**
 * `file`: the personas of a file of your own. Reads YAML (a persona set with its people in place), and tables: CSV, TSV, JSON
 * Lines, Parquet. A table has one persona a row, an attribute a column; or a column `attributes` with a mapping; or, as
 * the released PERSONA set, a column `persona` whose cells hold a whole persona as `name: value` lines, with any number of
 * rows a persona. Attributes keep the names and the order of the file. Facts: the file's name and SHA-256, rows read.
 * Errors, with place: UNKNOWN_COLUMN, BAD_PERSONA, DUPLICATE_ID, BAD_ID, WRONG_VALUE (a weight, a value outside its list).
 * Nothing is known of the population.
 */
import type { PersonaKind } from '../../contract/persona-kind.js';
import { type FileOptions, fileOptions } from './file/options.js';

export const file: PersonaKind = {
  kind: 'file',
  options: fileOptions,
  async load(options, { folder }) {
    // Loaded with the first such file: checking any other document must not wait for what reads tables.
    const { loadFile } = await import('./file/load-file.js');
    return loadFile(options as unknown as FileOptions, folder);
  },
};
