import type { JsonLines } from '../../lib/json-lines.js';
import type { Listed } from './eval-parts.js';
import type { JsonSchema } from './kind-schema.js';
import type { LoadSession } from './load-session.js';
import { isObject, type Part } from './part.js';
import { validate } from './validate.js';

/** True for the name of a table: a file of JSON Lines, one object a line. */
export const isTable = (file: string): boolean => file.endsWith('.jsonl');

/** Problems of one table that are looked for; whoever has more will come back. */
const MOST_PROBLEMS = 1000;

/** Opens the table that a part names, and checks its rows; `unread` (with problems) if they are not all sound. */
export async function openTable(
  { files, problems }: LoadSession,
  named: Part,
  { folder, list, schema }: { folder: string; list: 'items' | 'people'; schema: JsonSchema },
): Promise<Omit<Listed<Record<string, unknown>>, 'head'> | 'unread'> {
  const table = await files.openTable(files.resolve(folder, named.value as string), named.place([]));
  if (table === null) return 'unread';
  const before = problems.size;
  for (let i = 0; i < table.rows.length && problems.size - before < MOST_PROBLEMS; i++) {
    validate(schema, rowOf(table, list, i), problems);
  }
  if (!table.rows.every(isObject)) return 'unread';
  return {
    entries: table.rows,
    placeOf: (index, path, aim) => rowOf(table, list, index).place(path, aim),
  };
}

/** A row as an entry of a list, as it would be written in YAML. */
function rowOf(table: JsonLines, list: string, index: number): Part {
  return {
    value: table.rows[index],
    place: (path, aim) => {
      const { path: inner = '', ...place } = table.placeOf(index, path, aim);
      return { ...place, path: `${list}[${index}]${inner === '' || inner.startsWith('[') ? inner : `.${inner}`}` };
    },
  };
}
