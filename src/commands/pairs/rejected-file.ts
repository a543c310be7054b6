import path from 'node:path';
import type { TableColumn } from '../../tables/write-table.js';
import { openTableWriter, type TableWriter } from '../../tables/write-table.js';
import type { Dropped, Pair } from './pair.js';
import { makeFolder } from './pair-files.js';

const columns: TableColumn[] = [
  { name: 'pair', type: 'string' },
  { name: 'cell', type: 'integer' },
  { name: 'item', type: 'string' },
  { name: 'filter', type: 'string' },
  { name: 'reason', type: 'string' },
  { name: 'prompt', type: 'string' },
  { name: 'rejected', type: 'string' },
  { name: 'chosen', type: 'string' },
];

/** Writes the pairs that were left out, each with what left it out and why, to a file of any kind of table. */
export class RejectedFile {
  readonly #table: TableWriter;

  /** @throws EvalrunError BAD_TABLE for a name that is no table's */
  constructor(readonly file: string) {
    this.#table = openTableWriter(file, columns);
    makeFolder(path.dirname(file));
  }

  async write({ id, cell, item, turns, rejected, chosen }: Pair, { by, reason }: Dropped): Promise<void> {
    const prompt = JSON.stringify(turns);
    await this.#table.write({ pair: id, cell, item, filter: by, reason, prompt, rejected, chosen });
  }

  close(): Promise<void> {
    return this.#table.close();
  }

  abort(): Promise<void> {
    return this.#table.abort();
  }
}
