import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { PairsSpec } from '../../contract/eval-spec.js';
import type { JsonObject } from '../../contract/json.js';
import { EvalrunError } from '../../contract/problem.js';
import { streamTable } from '../../tables/stream-table.js';
import { splits } from './pair.js';
import type { PairFile } from './pair-files.js';
import type { PairFormat } from './pair-formats.js';

/** Rows of a written file, one in memory at a time (a batch of a table). */
async function* rowsOf(file: string, columns: string[] | null): AsyncGenerator<JsonObject> {
  if (file.endsWith('.jsonl')) {
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY }))
      yield JSON.parse(line) as JsonObject;
    return;
  }
  const names = columns!;
  for await (const batch of streamTable(file, names)) {
    for (let row = 0; row < batch.length; row++)
      yield Object.fromEntries(names.map((name, index) => [name, batch.columns[index]![row]!]));
  }
}

function problem(file: string, row: number, message: string): EvalrunError {
  return new EvalrunError('BAD_TABLE', `${file} was written, but row ${row} is wrong: ${message}`, {
    where: { file, line: row, column: 1 },
    hint: 'nothing is to be trained on it; export it again, to another disk if that does not help',
  });
}

/**
 * Reads back what was written and holds it against its format and against what was meant to be written.
 * @returns rows that were read
 * @throws EvalrunError BAD_TABLE for the first row that is not as it should be, or a count that differs
 */
export async function checkWritten(files: readonly PairFile[], format: PairFormat, spec: PairsSpec): Promise<number> {
  const columns = format.columns(spec)?.map(({ name }) => name) ?? null;
  const seen: Seen = { unseen: new Map(), groups: new Map() };
  let total = 0;
  for (const { file, split, rows } of files) {
    let count = 0;
    for await (const row of rowsOf(file, columns)) {
      count++;
      const fault = format.fault(row) ?? splitFault(row, split, seen);
      if (fault !== null) throw problem(file, count, fault);
    }
    if (count !== rows) throw problem(file, count, `${rows} rows were written and ${count} are there`);
    total += count;
  }
  return total;
}

/** What the rows so far said of splits; only formats with such columns can be held against it. */
interface Seen {
  /** Id of a persona → whether it is unseen. */
  unseen: Map<string, boolean>;
  /** Value that splits → its split. */
  groups: Map<string, string>;
}

/** A row in the file of another split, a persona both in `unseen_personas` and elsewhere, or a group in two splits. */
function splitFault(row: JsonObject, split: PairFile['split'], { unseen, groups }: Seen): string | null {
  const { split: named, item, persona, group } = row;
  if (typeof named !== 'string') return null;
  if (!splits.some((one) => one === named)) return `"${named}" is no split`;
  if (split !== null && named !== split) return `it belongs to ${named}`;
  if (typeof group === 'string' && group !== '') {
    if ((groups.get(group) ?? named) !== named) return `group ${group} is in ${named} and in ${groups.get(group)}`;
    groups.set(group, named);
  }
  // Only rows that have ids name personas by them.
  if (typeof item !== 'string' || typeof persona !== 'string' || persona === '') return null;
  const isUnseen = named === 'unseen_personas';
  if ((unseen.get(persona) ?? isUnseen) !== isUnseen)
    return `persona ${persona} is in two splits that exclude each other`;
  unseen.set(persona, isUnseen);
  return null;
}
