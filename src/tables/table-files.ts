import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
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

/** SHA-256 of a file in hexadecimal digits, read piece by piece. */
export async function fileDigest(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(file)) hash.update(piece);
  } catch (cause) {
    throw new EvalrunError('FILE_UNREADABLE', `${file} cannot be read`, { cause });
  }
  return hash.digest('hex');
}
