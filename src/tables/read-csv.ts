import { Buffer, isUtf8 } from 'node:buffer';
import { CsvError, parse } from 'csv-parse/sync';
import { EvalrunError } from '../contract/problem.js';
import { sourceText } from '../lib/source-text.js';
import { BytePlaces } from './byte-places.js';
import { checkColumnNames } from './column-names.js';
import { cellOffset, quoteFault } from './csv-cells.js';
import { delimiterOf, raggedRow } from './csv-form.js';
import type { Table } from './table.js';

const MOST_PROBLEMS = 20;

/**
 * Reads a whole CSV or TSV. The first line names the columns; every cell is a text; blank lines are left out.
 * @param bytes without a byte order mark
 * @throws EvalrunError NOT_UTF8, BAD_TABLE, RESERVED_NAME; an AggregateError of them for several ragged rows.
 */
export function readCsv(file: string, bytes: Uint8Array): Table {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isUtf8(buffer)) sourceText(file, bytes, Number.POSITIVE_INFINITY);
  const delimiter = delimiterOf(file);
  const comma = delimiter.charCodeAt(0);
  const places = new BytePlaces(file, buffer);
  const records = recordsOf(buffer, delimiter, places);
  const starts = records.map((_, index) => (index === 0 ? 0 : records[index - 1]!.info.bytes));
  const cellAt = (record: number, index: number) => places.at(cellOffset(buffer, starts[record]!, { index, comma }));
  const head = records[0]?.record;
  if (head === undefined) {
    const where = { file, line: 1, column: 1 };
    throw new EvalrunError('BAD_TABLE', 'the table is empty', { where, hint: 'its first line names the columns' });
  }
  checkColumnNames(head, (index) => cellAt(0, index));
  const rows: Table['rows'] = [];
  const problems: EvalrunError[] = [];
  for (let at = 1; at < records.length; at++) {
    const cells = records[at]!.record;
    if (cells.length === head.length) {
      const row: Table['rows'][number] = {};
      for (let i = 0; i < head.length; i++) row[head[i]!] = cells[i]!;
      rows.push(row);
    } else if (problems.length < MOST_PROBLEMS) {
      problems.push(raggedRow(cells.length, head.length, cellAt(at, 0)));
    }
  }
  if (problems.length === 1) throw problems[0]!;
  if (problems.length > 1) throw new AggregateError(problems, 'the table is ragged');
  return {
    columns: head,
    rows,
    placeOf: (row, column) => cellAt(row + 1, Math.max(0, column === undefined ? 0 : head.indexOf(column))),
  };
}

interface CsvRecord {
  record: string[];
  info: { bytes: number };
}

function recordsOf(buffer: Buffer, delimiter: string, places: BytePlaces): CsvRecord[] {
  let end = 0;
  try {
    return parse(buffer, {
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: delimiter === '\t',
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n'],
      on_record: (one: string[], { bytes }) => {
        end = bytes;
        return one;
      },
    }) as unknown as CsvRecord[];
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const { message, offset } = quoteFault(buffer, end, delimiter.charCodeAt(0)) ?? {
      message: cause.message,
      offset: end,
    };
    const hint = 'a cell with quotes stands in quotes, and each quote in it is written twice';
    throw new EvalrunError('BAD_TABLE', message, { where: places.at(offset), hint, cause });
  }
}
