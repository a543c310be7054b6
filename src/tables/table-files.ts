import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { EvalrunError } from '../contract/problem.js';
import { naturalOrder } from '../lib/natural-order.js';

const streamed = ['.csv', '.tsv', '.parquet'];

/**
 * The tables at a path: the file itself, or the CSV, TSV and Parquet files of a folder (not of those within it), in
 * natural order of their names.
 * @throws EvalrunError FILE_NOT_FOUND, or EMPTY_DOCUMENT for a folder without tables
 */
export async function tablesAt(place: string): Promise<{ files: string[]; isFolder: boolean }> {
  const facts = await stat(place).catch((cause: unknown) => {
    throw new EvalrunError('FILE_NOT_FOUND', `there is no file or folder ${place}`, { cause });
  });
  if (!facts.isDirectory()) return { files: [place], isFolder: false };
  const names = (await readdir(place)).filter((name) => streamed.some((end) => name.toLowerCase().endsWith(end)));
  if (names.length === 0) {
    const hint = `tables end in ${streamed.join(', ')}`;
    throw new EvalrunError('EMPTY_DOCUMENT', `the folder ${place} has no tables`, { hint });
  }
  return { files: names.sort(naturalOrder).map((name) => path.join(place, name)), isFolder: true };
}
