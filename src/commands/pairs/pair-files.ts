import { Buffer } from 'node:buffer';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { PairsSpec } from '../../contract/eval-spec.js';
import type { JsonObject } from '../../contract/json.js';
import { EvalrunError } from '../../contract/problem.js';
import { jsonLine } from '../../lib/json-line.js';
import { PartialFile } from '../../tables/partial-file.js';
import { openTableWriter } from '../../tables/write-table.js';
import { type Pair, type Split, splits } from './pair.js';
import type { PairFormat } from './pair-formats.js';

/** Extensions of what pairs are written to. */
export const pairExtensions = ['.jsonl', '.parquet', '.csv'] as const;
export type PairExtension = (typeof pairExtensions)[number];

/** Where pairs go: one file with all splits, or a folder with a file for each. */
export type PairTarget = { file: string } | { folder: string; extension: PairExtension };

/** A file that was written. */
export interface PairFile {
  /** Absolute. */
  file: string;
  /** Null for a file with all splits. */
  split: Split | null;
  rows: number;
}

interface Rows {
  /** Bytes so far; absent where only the finished file can tell. */
  bytes?(): number;
  write(row: JsonObject): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

/** Lists of messages in lines of JSON: tables have flat columns only. */
function openLines(file: string): Rows {
  const target = new PartialFile(file);
  let bytes = 0;
  return {
    bytes: () => bytes,
    write: (row) => {
      const line = `${jsonLine(row)}\n`;
      bytes += Buffer.byteLength(line);
      return target.text(line);
    },
    close: () => target.finish(),
    abort: () => target.abort(),
  };
}

/** @throws EvalrunError BAD_FLAG where a file is in the way */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw error;
    throw new EvalrunError('BAD_FLAG', `--out: ${folder} cannot be made, a file is in the way`, {
      hint: 'name another place',
      cause: error,
    });
  }
}

/** Writes pairs, each to the file of its split. A file is opened with its first row: no empty ones are left behind. */
export class PairFiles {
  readonly #open = new Map<string, { rows: Rows; written: PairFile }>();

  constructor(
    readonly target: PairTarget,
    readonly format: PairFormat,
    readonly spec: PairsSpec,
    readonly mostBytes: number = format.mostBytes ?? Number.POSITIVE_INFINITY,
  ) {
    makeFolder('file' in target ? path.dirname(target.file) : target.folder);
  }

  async write(pair: Pair): Promise<void> {
    const { file, split } = this.#place(pair);
    let one = this.#open.get(file);
    if (one === undefined) {
      const columns = this.format.columns(this.spec);
      const rows = columns === null ? openLines(file) : openTableWriter(file, columns);
      one = { rows, written: { file, split, rows: 0 } };
      this.#open.set(file, one);
    }
    await one.rows.write(this.format.row(pair));
    one.written.rows++;
  }

  #place({ split }: Pair): { file: string; split: Split | null } {
    const { target } = this;
    if ('file' in target) return { file: target.file, split: null };
    return { file: path.join(target.folder, `${split}${target.extension}`), split };
  }

  /**
   * @returns what was written, in the order of the splits
   * @throws EvalrunError FILE_TOO_LARGE for a file that its reader would not take; nothing is left then after `abort`
   */
  async close(): Promise<PairFile[]> {
    for (const { rows, written } of this.#open.values()) {
      const bytes = rows.bytes?.() ?? 0;
      if (bytes > this.mostBytes) throw tooLarge(written, bytes, this);
    }
    for (const { rows } of this.#open.values()) await rows.close();
    const rank = ({ split }: PairFile) => (split === null ? 0 : splits.indexOf(split));
    return [...this.#open.values()].map(({ written }) => written).sort((a, b) => rank(a) - rank(b));
  }

  /** Gives up and removes what was written. */
  async abort(): Promise<void> {
    for (const { rows } of this.#open.values()) await rows.abort();
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

function tooLarge({ file, rows }: PairFile, bytes: number, { mostBytes, format }: PairFiles): EvalrunError {
  const message = `${file} would have ${bytes} bytes (${megabytes(bytes)}, ${rows} pairs); ${format.id} takes ${mostBytes} (${megabytes(mostBytes)}) in a file`;
  const hint =
    'a job reads one file: keep fewer pairs, by filters or a smaller run; or, if the limit is another by now, give it with --max-bytes';
  return new EvalrunError('FILE_TOO_LARGE', message, { hint });
}
