import type { Json } from '../../contract/json.js';
import { sha256 } from '../../lib/canonical-json.js';
import type { Table } from '../../tables/table.js';

/** How the rows of a table become items, as it is written in a prompt suite. */
export interface TableReading {
  columns?: { [key: string]: string };
  keep?: 'all' | 'mapped';
  skipEmpty?: boolean;
  where?: { [column: string]: (string | number | boolean)[] };
  limit?: number;
}

/** Items that were made of rows. */
export interface ItemRows {
  entries: Record<string, unknown>[];
  /** Of each item the number of its row in the table, from 0. */
  rows: number[];
  /** Rows with an empty cell where there must be none, and the column of that cell. */
  empty: { row: number; column: string }[];
  /** Column that a key of the items comes from. */
  columnOf(key: string): string | undefined;
}

const MOST_EMPTY = 1000;
const LONGEST_ID = 120;
const VALID_ID = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/**
 * Makes items of the rows of a table. The id comes from the column mapped to it, else from the column `id`, else it is
 * `row-<n>` with the row's number from 1 in the table, so that `where` and `limit` do not move it.
 */
export function itemRows(table: Table, reading: TableReading): ItemRows {
  const mapping = keysOf(table, reading);
  const mapped = new Set(Object.values(reading.columns ?? {}));
  const idColumn = mapping.find(([key]) => key === 'id')?.[1];
  if (idColumn !== undefined) mapped.add(idColumn);
  const wanted = Object.entries(reading.where ?? {}).map(([column, values]) => ({
    column,
    values: new Set(values.map(String)),
  }));
  const made: ItemRows = {
    entries: [],
    rows: [],
    empty: [],
    columnOf: (key) => mapping.find(([one]) => one === key)?.[1],
  };
  for (let row = 0; row < table.rows.length && made.rows.length < (reading.limit ?? Number.POSITIVE_INFINITY); row++) {
    const cells = table.rows[row]!;
    if (!wanted.every(({ column, values }) => values.has(textOf(cells[column])))) continue;
    const lacking = [...mapped].find((column) => isEmpty(cells[column]));
    if (lacking !== undefined) {
      if (reading.skipEmpty !== true && made.empty.length < MOST_EMPTY) made.empty.push({ row, column: lacking });
      continue;
    }
    const item: Record<string, unknown> = { id: idColumn === undefined ? `row-${row + 1}` : idOf(cells[idColumn]!) };
    for (const [key, column] of mapping) {
      if (key !== 'id' && Object.hasOwn(cells, column)) item[key] = cells[column];
    }
    made.entries.push(item);
    made.rows.push(row);
  }
  return made;
}

/** Keys of the items with the columns that they come from: those mapped, then the others in the table's order. */
function keysOf({ columns }: Table, { columns: named = {}, keep }: TableReading): [key: string, column: string][] {
  const used = new Set(Object.values(named));
  const others = columns.filter((column) => !used.has(column) && !Object.hasOwn(named, column));
  const kept = keep === 'mapped' ? others.filter((column) => column === 'id') : others;
  return [...Object.entries(named), ...kept.map((column): [string, string] => [column, column])];
}

const isEmpty = (cell: Json | undefined): boolean =>
  cell === undefined || cell === null || (typeof cell === 'string' && cell.trim() === '');

const textOf = (cell: Json | undefined): string =>
  cell === undefined || cell === null ? '' : typeof cell === 'object' ? JSON.stringify(cell) : String(cell);

/**
 * The id that a cell gives. One with other signs than an id may have gets `-` for them, and eight digits of its SHA-256,
 * so that different cells never become one id.
 */
function idOf(cell: Json): string {
  const text = textOf(cell);
  if (VALID_ID.test(text) && text.length <= LONGEST_ID) return text;
  const signs = text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9_]+|-+$/g, '');
  const digits = sha256(text).slice(0, 8);
  return signs === '' ? `id-${digits}` : `${signs.slice(0, LONGEST_ID - 9)}-${digits}`;
}
