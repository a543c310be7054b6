import { KeyedRandom } from '../../../lib/rng.js';
import { valueAt } from './conditional-table.js';
import type { Network } from './network.js';
import { NodeColumn } from './node-column.js';
import type { PumsRecord } from './pums-record.js';

/** Who is drawn. */
export interface Filter {
  adultsOnly: boolean;
  /** STATE codes; null for all. */
  states: readonly string[] | null;
}

/** 1 / golden ratio: its multiples modulo 1 lie most evenly, however many they are (a Kronecker sequence). */
const step = (Math.sqrt(5) - 1) / 2;
const baseFields = ['STATE', 'RACEETH', 'AGEP'];

/**
 * Draws people from the network.
 *
 * The draw is proportional by strata. State, race and age are drawn together, by systematic sampling over all their
 * combinations. Each further variable is drawn for all people at once: ordered by their context, at random within one,
 * they get evenly spread points in place of independent random numbers. Each person by themselves follows the network;
 * the set as a whole follows it more closely than independent draws would.
 */
export class RecordDraw {
  readonly #columns = new Map<string, NodeColumn>();
  readonly #later: NodeColumn[];
  readonly #seed: number;
  /** People for whom some table has no context at all. */
  readonly #lost = new Set<number>();

  constructor(network: Network, options: { n: number; seed: number; filter: Filter }) {
    this.#seed = options.seed;
    for (const node of network.nodes) {
      this.#columns.set(node.field, new NodeColumn(node, network, { n: options.n, earlier: this.#columns }));
    }
    this.#later = [...this.#columns.values()].filter(({ node }) => !baseFields.includes(node.field));
    this.#drawBase(options.n, options.filter);
    for (const column of this.#later) this.#drawAll(column);
  }

  /** A person's codes; null if the tables have no cell for them, so that they have to be drawn again. */
  record(person: number): PumsRecord | null {
    if (this.#lost.has(person)) return null;
    const record: PumsRecord = {};
    for (const [field, column] of this.#columns) if (!column.node.helper) record[field] = column.code(person);
    return record;
  }

  /** Draws everything but state, race and age of one person anew, by independent random numbers. */
  redraw(person: number, attempt: number): void {
    this.#lost.delete(person);
    const random = new KeyedRandom(this.#seed, 'census', 'again', String(person), String(attempt));
    for (const column of this.#later) {
      const point = random.uniform();
      if (column.isAsked(person)) this.#draw(column, person, point);
    }
  }

  #drawBase(n: number, filter: Filter): void {
    const cells = this.#baseCells(filter);
    const total = cells.reduce((sum, { share }) => sum + share, 0);
    const random = new KeyedRandom(this.#seed, 'census', 'base');
    const start = random.uniform();
    const order = shuffled(n, random);
    const columns = baseFields.map((field) => this.#columns.get(field)!.index);
    let at = 0;
    let beyond = cells[0]!.share;
    for (let k = 0; k < n; k++) {
      const point = ((k + start) / n) * total;
      while (beyond <= point && at < cells.length - 1) beyond += cells[++at]!.share;
      for (const [index, column] of columns.entries()) column[order[k]!] = cells[at]!.values[index]!;
    }
  }

  /** All combinations of state, race and age that are asked for, with their shares. */
  #baseCells({ adultsOnly, states }: Filter): { values: number[]; share: number }[] {
    const wanted = (field: string, code: string): boolean => {
      if (field === 'STATE') return states === null || states.includes(code);
      return field !== 'AGEP' || !adultsOnly || Number(code) >= 18;
    };
    let cells: { values: number[]; share: number }[] = [{ values: [], share: 1 }];
    for (const field of baseFields) {
      const column = this.#columns.get(field)!;
      cells = cells.flatMap((cell) => {
        // The first person's place serves to look the combination up.
        for (const [at, value] of cell.values.entries()) this.#columns.get(baseFields[at]!)!.index[0] = value;
        const cumulative = column.distributionOf(0)?.cumulative;
        if (cumulative === undefined) return [];
        return column.node.values.flatMap((code, value) => {
          const share = cumulative[value]! - (value > 0 ? cumulative[value - 1]! : 0);
          if (share <= 0 || !wanted(field, code)) return [];
          return [{ values: [...cell.values, value], share: cell.share * share }];
        });
      });
    }
    return cells;
  }

  #drawAll(column: NodeColumn): void {
    const random = new KeyedRandom(this.#seed, 'census', column.node.field);
    const start = random.uniform();
    const n = column.index.length;
    const contexts = new Float64Array(n);
    const ties = new Float64Array(n);
    const asked: number[] = [];
    for (let person = 0; person < n; person++) {
      if (!column.isAsked(person)) continue;
      contexts[person] = column.contextOf(person);
      ties[person] = random.uniform();
      asked.push(person);
    }
    asked.sort((a, b) => contexts[a]! - contexts[b]! || ties[a]! - ties[b]!);
    for (const [k, person] of asked.entries()) this.#draw(column, person, (start + k * step) % 1);
  }

  #draw(column: NodeColumn, person: number, point: number): void {
    const distribution = column.distributionOf(person);
    if (distribution === null) this.#lost.add(person);
    else column.index[person] = valueAt(distribution, point);
  }
}

function shuffled(n: number, random: KeyedRandom): Int32Array {
  const order = Int32Array.from({ length: n }, (_, at) => at);
  for (let at = n - 1; at > 0; at--) {
    const other = Math.floor(random.uniform() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}
