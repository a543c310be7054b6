import type { Json } from '../contract/json.js';
import { EvalrunError } from '../contract/problem.js';
import { jsonLine } from '../lib/json-line.js';
import { PartialFile } from './partial-file.js';
import { openCsvRows } from './write-csv.js';
import { openParquetRows } from './write-parquet.js';

/** A column of a table that is written. */
export interface TableColumn {
  name: string;
  type: 'string' | 'number' | 'integer' | 'boolean';
}

/** Writes a table row by row. Nothing stands under the table's name before `close`. */
export interface TableWriter {
  /** Cells by column; a column that is left out, or null, is empty. Texts hold nested values as JSON. */
  write(row: { [column: string]: Json }): Promise<void>;
  close(): Promise<void>;
  /** Gives up and removes what was written. */
  abort(): Promise<void>;
}

/** What a format makes of rows. */
export interface RowFormat {
  write(row: readonly Json[]): Promise<void> | void;
  end(): Promise<void> | void;
}

/**
 * Opens a table for writing, in the format that its name tells: .csv (a cell that a spreadsheet would take for a formula
 * gets a leading apostrophe), .jsonl, or .parquet (GZIP). Memory is bounded however many rows there are.
 * @throws EvalrunError BAD_TABLE for another name. What `write` is given wrongly is a TypeError.
 */
export function openTableWriter(file: string, columns: TableColumn[]): TableWriter {
  const target = new PartialFile(file);
  const format = formatOf(file, columns, target);
  return {
    write: async (row) => {
      const cells = columns.map((column) => cellOf(row[column.name], column));
      await format.write(cells);
    },
    close: async () => {
      await format.end();
      await target.finish();
    },
    abort: () => target.abort(),
  };
}

function formatOf(file: string, columns: TableColumn[], target: PartialFile): RowFormat {
  const lower = file.toLowerCase();
  if (lower.endsWith('.csv')) return openCsvRows(columns, target);
  if (lower.endsWith('.parquet')) return openParquetRows(columns, target);
  if (lower.endsWith('.jsonl')) return jsonRows(columns, target);
  const hint = 'its name ends in .csv, .jsonl or .parquet';
  throw new EvalrunError('BAD_TABLE', `${file} is not the name of a table that can be written`, { hint });
}

function jsonRows(columns: TableColumn[], target: PartialFile): RowFormat {
  return {
    write: (row) => target.text(`${jsonLine(Object.fromEntries(columns.map(({ name }, i) => [name, row[i]])))}\n`),
    end: () => {},
  };
}

/** A cell of the type that its column has. */
function cellOf(value: Json | undefined, { name, type }: TableColumn): Json {
  if (value === undefined || value === null) return null;
  if (type === 'string') return typeof value === 'string' ? value : JSON.stringify(value);
  const sound =
    type === 'boolean'
      ? typeof value === 'boolean'
      : type === 'integer'
        ? Number.isSafeInteger(value)
        : typeof value === 'number' && Number.isFinite(value);
  if (!sound) throw new TypeError(`column "${name}" is of type ${type}, but got ${JSON.stringify(value)}`);
  return value;
}
