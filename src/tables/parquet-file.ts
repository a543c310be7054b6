import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { AsyncBuffer, Compressors, FileMetaData, ParquetParsers, SchemaTree } from 'hyparquet';
import { EvalrunError } from '../contract/problem.js';
import { checkColumnNames, unknownColumn } from './column-names.js';
import type { CodedColumn } from './parquet-codes.js';
import { decimalsOf } from './parquet-value.js';

/** The rows of a row group: its first one, and the one past its last. */
export interface RowGroup {
  index: number;
  start: number;
  end: number;
}

/** A Parquet file whose footer was read. */
export interface ParquetFile {
  columns: string[];
  groups: RowGroup[];
  /** The values of a column in a row group, as hyparquet decodes them; dates as ISO text, decimals as exact numbers. */
  readColumn(column: string, group: RowGroup): Promise<ArrayLike<unknown>>;
  /** The texts of a column in a row group, each once; undefined for nested columns and decimals. */
  readCodes(column: string, group: RowGroup): Promise<CodedColumn | undefined>;
}

/**
 * Opens a Parquet file.
 * @throws EvalrunError BAD_TABLE if it is no Parquet, or cut short.
 */
export async function openParquet(file: string, source: AsyncBuffer): Promise<ParquetFile> {
  const hyparquet = await import('hyparquet');
  const { isCodable, readCodes } = await import('./parquet-codes.js');
  const { compressors: foreign } = await import('hyparquet-compressors');
  const compressors: Compressors = { ...foreign, ...ownCompressors };
  const guarded = <T>(work: () => Promise<T>): Promise<T> => orBadTable(file, work);
  const { metadata, tree } = await guarded(async () => {
    const found = await hyparquet.parquetMetadataAsync(source, { geoparquet: false });
    return { metadata: found, tree: hyparquet.parquetSchema(found) };
  });
  const columns = tree.children.map(({ element }) => element.name);
  checkColumnNames(columns, () => ({ file, line: 1, column: 1 }));
  const leaves = new Map(tree.children.map((node) => [node.element.name, node]));
  const start = { file, line: 1, column: 1 };
  const reading = { source, metadata, compressors, parsers };
  return {
    columns,
    groups: groupsOf(metadata),
    readCodes: async (column, group) => {
      const leaf = leaves.get(column);
      if (leaf === undefined) throw unknownColumn(column, columns, start);
      const rows = group.end - group.start;
      return isCodable(leaf)
        ? guarded(() => readCodes([tree, leaf], { index: group.index, rows }, reading))
        : undefined;
    },
    readColumn: async (column, group) => {
      if (!leaves.has(column)) throw unknownColumn(column, columns, start);
      const range = { rowStart: group.start, rowEnd: group.end };
      const data = await guarded(async () => {
        // A scan keeps what it has read; with one for each column no more than that column is held.
        const options = { file: source, metadata, compressors, parsers, geoparquet: false, useOffsetIndex: false };
        const scan = await hyparquet.parquetScan({ ...options, columns: [column], ...range });
        return scan.readColumn({ column, ...range });
      });
      if (data.length === group.end - group.start) {
        const scale = decimalPlaces(leaves.get(column));
        return scale === undefined ? data : decimalsOf(data, scale, { file, column, row: group.start });
      }
      throw badParquet(file, `column "${column}" has ${data.length} of ${group.end - group.start} values`);
    },
  };
}

/** The compressed formats that Node itself undoes, never into more than the page's header promises. */
const ownCompressors: Compressors = {
  GZIP: (input, size) => gunzipSync(input, { maxOutputLength: Math.max(1, size) }),
  BROTLI: (input, size) => brotliDecompressSync(input, { maxOutputLength: Math.max(1, size) }),
  ZSTD: (input, size) => zstdDecompressSync(input, { maxOutputLength: Math.max(1, size) }),
};

/** Instants and days as ISO texts, with as many decimals of a second as they have. */
const parsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (millis) => instant(BigInt(millis), 3),
  timestampFromMicroseconds: (micros) => instant(BigInt(micros), 6),
  timestampFromNanoseconds: (nanos) => instant(BigInt(nanos), 9),
  dateFromDays: (days) => new Date(days * 86_400_000).toISOString().slice(0, -'T00:00:00.000Z'.length),
};

function instant(ticks: bigint, decimals: number): string {
  const unit = 10n ** BigInt(decimals);
  const fraction = ((ticks % unit) + unit) % unit;
  const whole = new Date(Number((ticks - fraction) / unit) * 1000).toISOString().replace(/\.000Z$/, '');
  return fraction === 0n ? `${whole}Z` : `${whole}.${String(fraction).padStart(decimals, '0').replace(/0+$/, '')}Z`;
}

function decimalPlaces(node: SchemaTree | undefined): number | undefined {
  const { converted_type: converted, scale } = node?.element ?? {};
  return converted === 'DECIMAL' ? (scale ?? 0) : undefined;
}

function groupsOf({ row_groups: groups }: FileMetaData): ParquetFile['groups'] {
  let start = 0;
  return groups.map(({ num_rows: count }, index) => {
    const first = start;
    start += Number(count);
    return { index, start: first, end: start };
  });
}

async function orBadTable<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof EvalrunError) throw cause;
    throw badParquet(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function badParquet(file: string, said: string, cause?: unknown): EvalrunError {
  const reason = said
    .replace(/^parquet /, '')
    .split('\n')[0]!
    .slice(0, 200);
  return new EvalrunError('BAD_TABLE', `the file cannot be read as Parquet: ${reason}`, {
    where: { file, line: 1, column: 1 },
    hint: 'it may be cut short, damaged, or another format under this name; fetch or write it again',
    ...(cause === undefined ? {} : { cause }),
  });
}
