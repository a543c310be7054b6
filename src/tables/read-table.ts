import { EvalrunError, type Place } from '../contract/problem.js';
import { parseJsonLines } from '../lib/json-lines.js';
import { sourceBytes } from '../lib/source-text.js';
import { readCsv } from './read-csv.js';
import { readParquet } from './read-parquet.js';
import { type Table, tableExtensions } from './table.js';

/**
 * Reads a whole table; its format is told by the file's name.
 * @param file as the user would name it, ending in .csv, .tsv, .jsonl or .parquet
 * @throws EvalrunError with a place: BAD_TABLE, NOT_UTF8, RESERVED_NAME and what JSON Lines are refused for; several in
 * an AggregateError.
 */
export async function readTable(file: string, bytes: Uint8Array): Promise<Table> {
  const lower = file.toLowerCase();
  if (lower.endsWith('.parquet')) return readParquet(file, bytes);
  const text = sourceBytes(file, bytes, Number.POSITIVE_INFINITY);
  if (lower.endsWith('.jsonl')) return readJsonLines(file, text);
  if (lower.endsWith('.csv') || lower.endsWith('.tsv')) return readCsv(file, text);
  throw new EvalrunError('BAD_TABLE', `${file} is not a table`, {
    where: { file, line: 1, column: 1 },
    hint: `the name of a table ends in ${tableExtensions.join(', ')}`,
  });
}

function readJsonLines(file: string, bytes: Uint8Array): Table {
  const lines = parseJsonLines(file, bytes);
  const problems = [...lines.problems];
  const columns = new Set<string>();
  for (const [index, row] of lines.rows.entries()) {
    if (typeof row === 'object' && row !== null && !Array.isArray(row)) for (const key in row) columns.add(key);
    else if (problems.length < 1000) problems.push(notAnObject(lines.placeOf(index, [])));
  }
  if (problems.length === 1) throw problems[0]!;
  if (problems.length > 1) throw new AggregateError(problems, 'the table has problems');
  const rows = lines.rows as Table['rows'];
  const has = (row: number, column: string | undefined): column is string =>
    column !== undefined && Object.hasOwn(rows[row]!, column);
  return {
    columns: [...columns],
    rows,
    placeOf: (row, column) => lines.placeOf(row, has(row, column) ? [column] : []),
  };
}

function notAnObject(where: Place): EvalrunError {
  return new EvalrunError('BAD_TABLE', 'this line is not a JSON object', {
    where,
    hint: 'each line is one object: its keys are the columns',
  });
}
