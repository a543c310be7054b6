import type { Json } from '../contract/json.js';
import type { Place } from '../contract/problem.js';

/** A table that was read whole. Cells of a CSV are texts; an empty cell is ''. Missing cells of JSON Lines are absent. */
export interface Table {
  /** Names of the columns in their order; of JSON Lines all keys that occur. */
  columns: string[];
  rows: { [column: string]: Json }[];
  /** Where a row, or a cell of it, stands: line and column of the text; in a Parquet file the row's number as line. */
  placeOf(row: number, column?: string): Place;
}

/** Formats that are told by a file's name. */
export const tableExtensions = ['.csv', '.tsv', '.jsonl', '.parquet'] as const;

/** True for the name of a file that is read as a table. */
export const isTableFile = (file: string): boolean => tableExtensions.some((end) => file.toLowerCase().endsWith(end));

/** Rows of a big file, some at a time. Columns that were not asked for are not decoded. */
export interface RowBatch {
  /** Number of the first row of the batch in its file, from 0. */
  first: number;
  /** One array per column asked for, in that order; texts as they are written, numbers and null of Parquet as text and ''. */
  columns: string[][];
  length: number;
}
