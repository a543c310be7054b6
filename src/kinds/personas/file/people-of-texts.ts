import type { Json } from '../../../contract/json.js';
import type { FileColumns } from './options.js';
import type { PeopleSoFar } from './people-so-far.js';
import { readPersonaText } from './persona-text.js';
import type { TableRows } from './table-rows.js';

/** Which columns say what, where a cell holds a whole persona. */
export type TextColumns = Pick<FileColumns, 'id' | 'weight'> & { persona: string };

interface Row {
  row: number;
  text: string;
  id: Json | undefined;
  weight: Json | undefined;
}

/**
 * The distinct personas of a table in which a cell holds a whole persona, in the order of the file. There may be many rows
 * a persona, as in the PERSONA set: without ids, the same text is the same persona; with ids, the same id is.
 * @returns rows that were read
 */
export async function peopleOfTexts(
  table: TableRows,
  columns: TextColumns,
  { found, limit }: { found: PeopleSoFar; limit: number },
): Promise<number> {
  const wanted = [columns.persona, ...(columns.id === undefined ? [] : [columns.id])];
  if (columns.weight !== undefined) wanted.push(columns.weight);
  const known = new Map<string, Row>();
  let rows = 0;
  for await (const { row, cells } of table.texts(wanted)) {
    const one: Row = {
      row,
      text: typeof cells[0] === 'string' ? cells[0] : '',
      id: columns.id === undefined ? undefined : (cells[1] ?? null),
      weight: columns.weight === undefined ? undefined : (cells.at(-1) ?? null),
    };
    const key = columns.id === undefined ? one.text : String(one.id);
    const first = known.get(key);
    if (first !== undefined) compare(first, one, { table, columns, found });
    else {
      if (known.size === limit || found.problems.isFull) break;
      known.set(key, one);
      addPerson(one, { table, columns, found });
    }
    rows++;
  }
  return rows;
}

interface Look {
  table: TableRows;
  columns: TextColumns;
  found: PeopleSoFar;
}

/** Rows of one persona have to agree on it. */
function compare(first: Row, other: Row, { table, columns, found }: Look): void {
  if (first.text !== other.text) {
    const { file, line } = table.placeOf(first.row, columns.persona);
    const message = `the id "${String(other.id)}" has another persona here than in row ${first.row + 1}`;
    const where = table.placeOf(other.row, columns.persona);
    found.problems.report('DUPLICATE_ID', message, where, `the first is at ${file}:${line}`);
  }
  if (first.weight !== other.weight) {
    const message = `the weight is ${JSON.stringify(other.weight)} here and ${JSON.stringify(first.weight)} in an earlier row of this persona`;
    found.problems.report('WRONG_VALUE', message, table.placeOf(other.row, columns.weight), 'one weight a persona');
  }
}

function addPerson({ row, text, id, weight }: Row, { table, columns, found }: Look): void {
  const { attributes, faults } = readPersonaText(text);
  for (const { line, message, hint } of faults) {
    const place = table.placeOf(row, columns.persona);
    const which = `row ${row + 1}, line ${line} of "${columns.persona}"`;
    found.problems.report('BAD_PERSONA', `${which}: ${message}`, place, hint);
  }
  found.add({
    id,
    attributes,
    weight,
    placeOf: (part) =>
      table.placeOf(row, part === 'id' ? columns.id : part === 'weight' ? columns.weight : columns.persona),
  });
}
