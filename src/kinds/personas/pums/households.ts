import { streamTable } from '../../../tables/stream-table.js';
import type { CodePool } from './code-pool.js';
import type { PumsFile } from './find-files.js';
import { NumberColumn } from './number-column.js';
import { type ProblemList, placeOfRow } from './problem-list.js';
import { SerialIndex } from './serial-index.js';

/** Household fields that attributes are made of. */
export const householdFields = ['HHT', 'TYPEHUGQ', 'HHL', 'HHLANP', 'HUPAC', 'NP'] as const;

const CHILD = 1;
const OLDER_CHILD = 2;

/**
 * The households of the housing files, and of the persons as they are read: a few bytes each. Codes are ids in the
 * fields' pools. Where the files have no HUPAC, it is found from the ages of all who live there.
 */
export class Households {
  readonly #index = new SerialIndex();
  readonly #codes = new Map<string, NumberColumn<Uint16Array>>();
  readonly #pools: ReadonlyMap<string, CodePool>;
  /** 1 where the housing files have the household. */
  readonly #known = new NumberColumn((length) => new Uint8Array(length));
  readonly #members = new NumberColumn((length) => new Uint16Array(length));
  /** SPORDER of the persons read, as bits. */
  readonly #orders = new NumberColumn((length) => new Uint32Array(length));
  readonly #children = new NumberColumn((length) => new Uint8Array(length));

  /** @param pools pools of the household fields that all housing files have */
  constructor(pools: ReadonlyMap<string, CodePool>) {
    this.#pools = pools;
    for (const field of pools.keys()) this.#codes.set(field, new NumberColumn((length) => new Uint16Array(length)));
  }

  get size(): number {
    return this.#index.size;
  }

  /** Reads a housing file; returns its rows. A serial number that comes twice is a problem. */
  async read(housing: PumsFile, problems: ProblemList): Promise<number> {
    const { file } = housing;
    const fields = [...this.#pools.keys()];
    const columns = ['SERIALNO', ...fields].map((field) => housing.columnOf(field) as string);
    let rows = 0;
    for await (const { first, columns: cells, length } of streamTable(file, columns)) {
      const serials = cells[0] as string[];
      for (let row = 0; row < length; row++) {
        const id = this.#index.add(serials[row] as string);
        if (this.#known.get(id) === 1) {
          const message = `the household ${serials[row]} is there twice`;
          problems.add('DUPLICATE_RECORD', message, { where: placeOfRow(file, first + row) });
        }
        this.#known.set(id, 1);
        for (const [at, field] of fields.entries()) {
          const pool = this.#pools.get(field) as CodePool;
          this.#codes.get(field)?.set(id, pool.idOf((cells[at + 1] as string[])[row] as string));
        }
      }
      rows += length;
    }
    return rows;
  }

  /** Number of a person's household; a new one if no housing file has it. */
  add(serial: string): number {
    return this.#index.add(serial);
  }

  isKnown(id: number): boolean {
    return this.#known.get(id) === 1;
  }

  /** Notes a member; false if the household already has one with this SPORDER (1–31). */
  addMember(id: number, order: number, age: number): boolean {
    const orders = this.#orders.get(id);
    const bit = (1 << order) >>> 0;
    if ((orders & bit) !== 0) return false;
    this.#orders.set(id, (orders | bit) >>> 0);
    this.#members.set(id, this.#members.get(id) + 1);
    if (age < 18) this.#children.set(id, this.#children.get(id) | (age < 6 ? CHILD : OLDER_CHILD));
    return true;
  }

  /** Id of the household's code of a field that the files have. */
  codeOf(field: string, id: number): number {
    return this.#codes.get(field)?.get(id) ?? 0;
  }

  /**
   * Whether everybody who lives in the households of the persons read was read, by NP: only then ages tell which
   * children live there. False also where the files have no NP.
   */
  areComplete(): boolean {
    const sizes = this.#codes.get('NP');
    const pool = this.#pools.get('NP');
    if (sizes === undefined || pool === undefined) return false;
    for (let id = 0; id < this.size; id++) {
      const members = this.#members.get(id);
      if (members > 0 && Number(pool.codes[sizes.get(id)]) !== members) return false;
    }
    return true;
  }

  /** HUPAC from the ages of the members: children are all under 18. Blank in group quarters. */
  childrenCode(id: number): string {
    const type = this.#pools.get('HHT')?.codes[this.codeOf('HHT', id)];
    if (type === '') return '';
    return ['4', '1', '2', '3'][this.#children.get(id)] as string;
  }
}
