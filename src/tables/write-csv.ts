import { stringify } from 'csv-stringify/sync';
import type { Json } from '../contract/json.js';
import type { PartialFile } from './partial-file.js';
import type { RowFormat, TableColumn } from './write-table.js';

/** Rows as CSV with LF. A text that starts like a formula gets a leading apostrophe; numbers are left as they are. */
export function openCsvRows(columns: TableColumn[], target: PartialFile): RowFormat {
  const lineOf = (row: readonly Json[]): string =>
    stringify([row as Json[]], { escape_formulas: true, cast: { boolean: String } });
  let head = lineOf(columns.map(({ name }) => name));
  return {
    write: async (row) => {
      await target.text(head + lineOf(row));
      head = '';
    },
    end: async () => {
      if (head !== '') await target.text(head);
    },
  };
}
