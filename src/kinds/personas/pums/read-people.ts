import { EvalrunError } from '../../../contract/problem.js';
import { streamTable } from '../../../tables/stream-table.js';
import type { PumsRecord } from '../census/pums-record.js';
import type { CodePool } from './code-pool.js';
import { columnsOf } from './field-sources.js';
import type { PumsFile } from './find-files.js';
import type { Households } from './households.js';
import type { PopulationCounter } from './population-counter.js';
import type { WeighedPeople } from './weigh-people.js';

/** What the second reading needs. */
export interface SecondReading {
  people: readonly PumsFile[];
  weighed: WeighedPeople;
  households: Households;
  /** Fields of the person files. */
  personFields: readonly string[];
  /** Fields of the household, joined by SERIALNO. */
  householdFields: readonly string[];
  /** True where HUPAC is found from the ages of the household's members. */
  derivesChildren: boolean;
  /** Pools of all fields. */
  pools: ReadonlyMap<string, CodePool>;
  counter: PopulationCounter;
  /** For each attribute of the counter the fields it is made of. */
  attributeFields: readonly (readonly string[])[];
  /** Rows to keep; any order, any number of times. */
  wanted: Uint32Array;
}

/**
 * Reads all fields of all persons: counts the population and gives the records of the wanted rows.
 * @throws EvalrunError FILE_UNREADABLE if a file has changed since it was weighed
 */
export async function readPeople(reading: SecondReading): Promise<Map<number, PumsRecord>> {
  const { people, weighed } = reading;
  const records = new Map<number, PumsRecord>();
  const wanted = Uint32Array.from(reading.wanted).sort();
  let next = 0;
  let row = 0;
  for (const [at, person] of people.entries()) {
    const columns = columnsOf(person, ['SERIALNO', ...reading.personFields]);
    const start = row;
    for await (const { columns: cells, length } of streamTable(person.file, columns)) {
      const batch = codesOf(reading, cells, length);
      countBatch(reading, batch, row, length);
      while (next < wanted.length && (wanted[next] as number) < row + length) {
        const one = wanted[next++] as number;
        if (!records.has(one)) records.set(one, recordOf(reading, batch, one - row));
      }
      row += length;
    }
    if (row - start !== weighed.rows[at]) {
      throw new EvalrunError('FILE_UNREADABLE', `${person.file} was changed while it was read`);
    }
  }
  return records;
}

/** Field → ids of the codes of a batch's rows. */
type Batch = Map<string, Uint32Array>;

function codesOf(reading: SecondReading, cells: readonly string[][], length: number): Batch {
  const batch: Batch = new Map();
  for (const [at, field] of reading.personFields.entries()) {
    const pool = reading.pools.get(field) as CodePool;
    const written = cells[at + 1] as string[];
    const ids = new Uint32Array(length);
    for (let row = 0; row < length; row++) {
      const id = pool.idOf(written[row] as string);
      ids[row] = id;
      pool.count(id);
    }
    batch.set(field, ids);
  }
  if (reading.householdFields.length > 0 || reading.derivesChildren) addHousehold(reading, cells[0] as string[], batch);
  return batch;
}

function addHousehold(reading: SecondReading, serials: readonly string[], batch: Batch): void {
  const { households, pools } = reading;
  const ids = Uint32Array.from(serials, (serial) => households.add(serial));
  for (const field of reading.householdFields) {
    const pool = pools.get(field) as CodePool;
    batch.set(
      field,
      ids.map((id) => {
        const code = households.codeOf(field, id);
        pool.count(code);
        return code;
      }),
    );
  }
  const children = pools.get('HUPAC');
  if (!reading.derivesChildren || children === undefined) return;
  batch.set(
    'HUPAC',
    ids.map((id) => children.idOfCode(households.childrenCode(id))),
  );
}

function countBatch({ counter, attributeFields, weighed }: SecondReading, batch: Batch, row: number, length: number) {
  const { cumulative } = weighed;
  const weights = new Float64Array(length);
  let before = row === 0 ? 0 : cumulative.get(row - 1);
  for (let at = 0; at < length; at++) {
    const sum = cumulative.get(row + at);
    weights[at] = sum - before;
    before = sum;
  }
  counter.count(
    attributeFields.map((fields) => fields.map((field) => batch.get(field) as Uint32Array)),
    weights,
  );
}

function recordOf({ pools }: SecondReading, batch: Batch, at: number): PumsRecord {
  const record: PumsRecord = {};
  for (const [field, ids] of batch) record[field] = pools.get(field)?.codes[ids[at] as number] as string;
  return record;
}
