import type { Json } from '../../../contract/json.js';
import type { FileColumns } from './options.js';
import type { PeopleSoFar } from './people-so-far.js';
import type { TableRows } from './table-rows.js';

/** Where a table of one persona a row has ids, weights and attributes. */
export interface RowColumns {
  id: string | undefined;
  weight: string | undefined;
  /** Attribute → column; or the one column whose cells are mappings of attributes. */
  attributes: { [attribute: string]: string } | string;
}

/** What the columns of a table are, as far as the document leaves it open: by the names `id`, `weight`, `attributes`. */
export function rowColumns(names: readonly string[], given: FileColumns): RowColumns {
  const taken = new Set(Object.values(given.attributes ?? {}));
  const byName = (name: string) => (names.includes(name) && !taken.has(name) ? name : undefined);
  const id = given.id ?? byName('id');
  const weight = given.weight ?? byName('weight');
  if (given.attributes !== undefined) return { id, weight, attributes: given.attributes };
  if (names.includes('attributes')) return { id, weight, attributes: 'attributes' };
  const rest = names.filter((name) => name !== id && name !== weight);
  return { id, weight, attributes: Object.fromEntries(rest.map((name) => [name, name])) };
}

/**
 * The personas of a table with one a row. Empty cells are attributes that a persona does not have.
 * @returns rows that were read
 */
export async function peopleOfRows(
  table: TableRows,
  columns: RowColumns,
  { found, limit }: { found: PeopleSoFar; limit: number },
): Promise<number> {
  const { attributes } = columns;
  const names = typeof attributes === 'string' ? [] : Object.keys(attributes);
  const own = typeof attributes === 'string' ? [attributes] : Object.values(attributes);
  const extra = [columns.id, columns.weight].filter((name) => name !== undefined);
  let rows = 0;
  for await (const { row, cells } of table.rows([...own, ...extra])) {
    if (rows === limit || found.problems.isFull) break;
    rows++;
    const cellOf = (column: string | undefined) =>
      column === undefined ? undefined : (cells[own.length + extra.indexOf(column)] ?? null);
    const person = typeof attributes === 'string' ? mappingOf(cells[0]) : byColumn(names, cells);
    const where = (column?: string) => table.placeOf(row, column);
    if (person === null || Object.keys(person).length === 0) {
      const said = person === null ? 'is no mapping of attributes' : 'has no attribute';
      const hint = 'give each persona at least one attribute, or leave the row out';
      found.problems.report('BAD_PERSONA', `row ${row + 1} ${said}`, where(), hint);
      continue;
    }
    found.add({
      id: cellOf(columns.id),
      weight: cellOf(columns.weight),
      attributes: person,
      placeOf: (part) => {
        if (part === 'id') return where(columns.id);
        if (part === 'weight') return where(columns.weight);
        if (part === undefined) return where();
        return where(typeof attributes === 'string' ? attributes : attributes[part.attribute]);
      },
    });
  }
  return rows;
}

function byColumn(names: readonly string[], cells: readonly (Json | undefined)[]): { [attribute: string]: Json } {
  const attributes: { [attribute: string]: Json } = {};
  for (const [i, name] of names.entries()) {
    const cell = cells[i] ?? null;
    if (cell !== null && !(typeof cell === 'string' && cell.trim() === '')) attributes[name] = cell;
  }
  return attributes;
}

/** A mapping, also one that a CSV holds as JSON; null for anything else. */
function mappingOf(cell: Json | undefined): { [attribute: string]: Json } | null {
  let value = cell;
  if (typeof cell === 'string') {
    try {
      value = JSON.parse(cell) as Json;
    } catch {
      return null;
    }
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}
