import type { Json } from '../../../contract/json.js';
import type { Place } from '../../../contract/problem.js';
import { fileBytes, fileSize } from '../../../tables/own-file.js';
import { readTable } from '../../../tables/read-table.js';
import { streamJsonLines } from '../../../tables/stream-json-lines.js';
import { streamTable, tableColumns } from '../../../tables/stream-table.js';
import type { Table } from '../../../tables/table.js';

/** Cells of the wanted columns of a row; undefined where a row of JSON Lines lacks one. */
export interface CellsOfRow {
  row: number;
  cells: (Json | undefined)[];
}

/** A table whose rows are looked at once, one after the other. */
export interface TableRows {
  columns: string[];
  /** @param wanted names of columns that are there */
  rows(wanted: string[]): AsyncIterable<CellsOfRow>;
  /** The same for columns that hold texts: of a Parquet file the others are not decoded, and it is never held whole. */
  texts(wanted: string[]): AsyncIterable<CellsOfRow>;
  /** Where a row, counted from 0, stands. */
  placeOf(row: number, column?: string): Place;
}

/** From so many bytes on a text is read in pieces. The rows of a CSV then have no line, only the number that the message names. */
export const LARGE_TEXT = 200_000_000;

/**
 * Opens a table, told by its name.
 * @param large bytes from which on a CSV or JSON Lines are not held whole
 * @throws EvalrunError, or an AggregateError, with place for what cannot be read
 */
export async function openTableRows(file: string, large = LARGE_TEXT): Promise<TableRows> {
  const isLarge = (await fileSize(file)) >= large;
  const isParquet = /\.parquet$/i.test(file);
  if (isLarge && /\.jsonl$/i.test(file)) return largeJsonLines(file);
  if (isLarge && /\.[ct]sv$/i.test(file)) {
    const rows = (wanted: string[]) => inPieces(file, wanted);
    return { columns: await tableColumns(file), rows, texts: rows, placeOf: () => ({ file, line: 1, column: 1 }) };
  }
  if (isParquet) {
    return {
      columns: await tableColumns(file),
      rows: (wanted) => whole(file, wanted),
      texts: (wanted) => inPieces(file, wanted),
      placeOf: (row) => ({ file, line: row + 1, column: 1 }),
    };
  }
  const table = await readTable(file, await fileBytes(file));
  const rows = (wanted: string[]) => rowsOf(table, wanted);
  return { columns: table.columns, rows, texts: rows, placeOf: (row, column) => table.placeOf(row, column) };
}

/** The columns are those of the first line. */
async function largeJsonLines(file: string): Promise<TableRows> {
  // Lines of the rows that were read, as blank ones may stand between them.
  const lines: number[] = [];
  async function* rows(wanted: string[]): AsyncIterable<CellsOfRow> {
    lines.length = 0;
    for await (const { line, row } of streamJsonLines(file)) {
      lines.push(line);
      yield { row: lines.length - 1, cells: wanted.map((name) => (Object.hasOwn(row, name) ? row[name] : undefined)) };
    }
  }
  const columns: string[] = [];
  for await (const { row } of streamJsonLines(file)) {
    columns.push(...Object.keys(row));
    break;
  }
  return { columns, rows, texts: rows, placeOf: (row) => ({ file, line: lines[row] ?? 1, column: 1 }) };
}

async function* whole(file: string, wanted: string[]): AsyncIterable<CellsOfRow> {
  yield* rowsOf(await readTable(file, await fileBytes(file)), wanted);
}

async function* rowsOf(table: Table, wanted: string[]): AsyncIterable<CellsOfRow> {
  for (const [row, cells] of table.rows.entries()) {
    yield { row, cells: wanted.map((column) => (Object.hasOwn(cells, column) ? cells[column] : undefined)) };
  }
}

async function* inPieces(file: string, wanted: string[]): AsyncIterable<CellsOfRow> {
  for await (const batch of streamTable(file, wanted)) {
    for (let i = 0; i < batch.length; i++) {
      yield { row: batch.first + i, cells: batch.columns.map((column) => column[i]!) };
    }
  }
}
