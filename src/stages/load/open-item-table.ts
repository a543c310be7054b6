import type { Place } from '../../contract/problem.js';
import { nearestHint } from '../../lib/nearest.js';
import type { Table } from '../../tables/table.js';
import type { Listed } from './eval-parts.js';
import { type ItemRows, itemRows, type TableReading } from './item-rows.js';
import type { LoadSession } from './load-session.js';
import { type Part, within } from './part.js';

/** The keys of a suite that say how its table is read. */
export const READING_KEYS = ['columns', 'keep', 'skipEmpty', 'where', 'limit'] as const;

/**
 * The items of a table, through the mapping of its columns; `unread`, with problems, if they are not all sound.
 * @param named where the table is named
 * @param suite the suite, or the bare name of the table, whose form was checked
 */
export async function openItemTable(
  session: LoadSession,
  named: Part,
  { suite, folder }: { suite: Part; folder: string },
): Promise<Omit<Listed<Record<string, unknown>>, 'head'> | 'unread'> {
  const { files, problems } = session;
  const table = await files.readTable(files.resolve(folder, named.value as string), named.place([]));
  if (table === null) return 'unread';
  const reading = readingOf(suite);
  if (!checkColumns(session, suite, { reading, table })) return 'unread';
  const items = itemRows(table, reading);
  for (const { row, column } of items.empty) {
    const hint = 'fill the cell, or write skipEmpty: true to leave such rows out';
    problems.add('EMPTY_CELL', table.placeOf(row, column), `column "${column}" of this row is empty`, hint);
  }
  if (items.empty.length > 0) return 'unread';
  if (items.entries.length === 0) {
    const place = reading.where === undefined ? named.place([]) : suite.place(['where'], 'key');
    const left = table.rows.length === 0 ? 'the table has no rows' : 'no row of the table is left';
    problems.add('EMPTY_DOCUMENT', place, left, 'name another table, or mend "where"');
    return 'unread';
  }
  return { entries: items.entries, placeOf: (index, path) => placeOf(table, items, { index, path }) };
}

function readingOf(suite: Part): TableReading {
  return typeof suite.value === 'object' ? (suite.value as TableReading) : {};
}

/** True if all columns that are named are there; else there are problems where they are named. */
function checkColumns(
  { problems }: LoadSession,
  suite: Part,
  { reading, table }: { reading: TableReading; table: Table },
): boolean {
  const before = problems.size;
  const check = (column: string, place: Place): void => {
    if (table.columns.includes(column)) return;
    problems.add(
      'UNKNOWN_COLUMN',
      place,
      `the table has no column "${column}"`,
      nearestHint(column, table.columns, 'columns'),
    );
  };
  for (const [key, column] of Object.entries(reading.columns ?? {})) {
    check(column, within(suite, ['columns']).place([key]));
    if (key !== '__proto__') continue;
    problems.add(
      'RESERVED_NAME',
      suite.place(['columns', key], 'key'),
      `"${key}" cannot be a key`,
      'choose another name',
    );
  }
  for (const column of Object.keys(reading.where ?? {})) check(column, suite.place(['where', column], 'key'));
  return problems.size === before;
}

/** Where a value of an item stands in the table. */
function placeOf(
  table: Table,
  items: ItemRows,
  { index, path }: { index: number; path: readonly (string | number)[] },
): Place {
  const [key] = path;
  const column = key === undefined ? undefined : items.columnOf(String(key));
  const { path: _inner, ...place } = table.placeOf(items.rows[index]!, column);
  return { ...place, path: `items[${index}]${key === undefined ? '' : `.${key}`}` };
}
