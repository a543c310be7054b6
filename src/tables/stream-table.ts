import { open } from 'node:fs/promises';
import type { AsyncBuffer } from 'hyparquet';
import { EvalrunError } from '../contract/problem.js';
import { unknownColumn } from './column-names.js';
import type { CodedColumn } from './parquet-codes.js';
import { openParquet, type ParquetFile } from './parquet-file.js';
import { textOf } from './parquet-value.js';
import { csvColumns, streamCsv } from './stream-csv.js';
import type { RowBatch } from './table.js';

/** Few enough that the texts' arrays are small objects to V8, which it collects at once. */
const ROWS_A_BATCH = 4096;

/**
 * Names of the columns of a CSV, TSV or Parquet file; little of it is read.
 * @throws EvalrunError FILE_NOT_FOUND, FILE_UNREADABLE, BAD_TABLE, NOT_UTF8.
 */
export async function tableColumns(file: string): Promise<string[]> {
  const format = formatOf(file);
  await using handle = await openFile(file);
  if (format === 'csv') return csvColumns(file, handle);
  return (await openParquet(file, await asyncBuffer(handle))).columns;
}

/**
 * Rows of a CSV, TSV or Parquet file of any size, some at a time, at bounded memory: of a CSV about a megabyte of text,
 * of Parquet four bytes for each cell of one row group in the columns asked for, and each different text once.
 * @param columns names; the batches have them in this order
 * @throws EvalrunError as `tableColumns`, and UNKNOWN_COLUMN.
 */
export async function* streamTable(file: string, columns: string[]): AsyncIterable<RowBatch> {
  const format = formatOf(file);
  await using handle = await openFile(file);
  if (format === 'csv') yield* streamCsv(file, handle, columns);
  else yield* streamParquet(await openParquet(file, await asyncBuffer(handle)), { file, columns });
}

type FileHandle = Awaited<ReturnType<typeof open>>;

function formatOf(file: string): 'csv' | 'parquet' {
  const lower = file.toLowerCase();
  if (lower.endsWith('.parquet')) return 'parquet';
  if (lower.endsWith('.csv') || lower.endsWith('.tsv')) return 'csv';
  const where = { file, line: 1, column: 1 };
  const hint = 'its name ends in .csv, .tsv or .parquet';
  throw new EvalrunError('BAD_TABLE', `${file} is not a table that is read in pieces`, { where, hint });
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    const handle = await open(file);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new EvalrunError('FILE_NOT_FOUND', `there is no file ${file}`, { cause });
    }
    throw new EvalrunError('FILE_UNREADABLE', `${file} cannot be read: ${message}`, { cause });
  }
  throw new EvalrunError('FILE_UNREADABLE', `${file} cannot be read: it is not a file`);
}

async function asyncBuffer(handle: FileHandle): Promise<AsyncBuffer> {
  const { size } = await handle.stat();
  return {
    byteLength: size,
    slice: async (start, end = size) => {
      const from = start < 0 ? Math.max(0, size + start) : start;
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - from));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, from + filled);
        if (bytesRead === 0) throw new Error('the file became shorter while it was read');
        filled += bytesRead;
      }
      return bytes.buffer;
    },
  };
}

async function* streamParquet(
  parquet: ParquetFile,
  { file, columns }: { file: string; columns: string[] },
): AsyncIterable<RowBatch> {
  for (const column of columns) {
    if (!parquet.columns.includes(column)) {
      throw unknownColumn(column, parquet.columns, { file, line: 1, column: 1 });
    }
  }
  for (const group of parquet.groups) {
    const coded: CodedColumn[] = [];
    for (const column of columns) {
      coded.push((await parquet.readCodes(column, group)) ?? codesOf(await parquet.readColumn(column, group)));
    }
    const rows = group.end - group.start;
    for (let at = 0; at < rows; at += ROWS_A_BATCH) {
      const end = Math.min(rows, at + ROWS_A_BATCH);
      yield { first: group.start + at, columns: coded.map((one) => textsOf(one, at, end)), length: end - at };
    }
  }
}

/** Values that are not repeated much: each has its own text. */
function codesOf(values: ArrayLike<unknown>): CodedColumn {
  return { ids: Uint32Array.from(values, (_, row) => row), texts: Array.from(values, textOf) };
}

function textsOf({ ids, texts }: CodedColumn, from: number, to: number): string[] {
  const column = new Array<string>(to - from);
  for (let row = from; row < to; row++) column[row - from] = texts[ids[row]!]!;
  return column;
}
