import type { DataNode } from './data-node.js';
import type { RateTable } from './rate-table.js';

/** So many people of one sort. */
export interface Cell {
  weight: number;
  person: { [attribute: string]: string };
}

const ROUNDS = 60;
/** Largest difference between a share and its total at which the fitting ends. */
const CLOSE = 1e-6;
/** Sorts of people that are this rare are left out of further fitting. */
const RARE = 1e-6;

/** The reference population: a list of `{weight, person}`. */
export function readCells(node: DataNode | undefined): Cell[] {
  return (node?.items() ?? []).map((item) => {
    item.entries(['weight', 'person']);
    const entries = item.required('person')?.entries() ?? [];
    return {
      weight: item.required('weight')?.number(0) ?? 0,
      person: Object.fromEntries(entries.map(([attribute, value]) => [attribute, String(value.value)])),
    };
  });
}

/**
 * Fits each table with `keepTotals`, in their order, so that the reference population as a whole has the overall shares:
 * iterative proportional fitting of one weight a value, which leaves the odds ratios between groups as published. Later
 * tables see the values of earlier ones, in proportion to their probabilities.
 */
export function fitTotals(tables: readonly RateTable[], population: readonly Cell[]): void {
  let cells = [...population];
  for (const table of tables) {
    if (!table.keepsTotals || cells.length === 0) continue;
    fit(table, cells);
    cells = cells.flatMap((cell) => split(cell, table));
  }
}

function fit(table: RateTable, cells: readonly Cell[]): void {
  const covered = sorts(cells, table);
  let prior = table.overall;
  for (let round = 0; round < ROUNDS; round++) {
    const shares = sharesOf(table, covered);
    if (shares.every((share, v) => Math.abs(share - table.overall[v]!) < CLOSE)) return;
    prior = prior.map((weight, v) => (shares[v]! > 0 ? (weight * table.overall[v]!) / shares[v]! : weight));
    table.fitted(prior);
  }
}

/** One cell for all who have the same probabilities; only people whom the table covers. */
function sorts(cells: readonly Cell[], table: RateTable): Cell[] {
  const bySort = new Map<number, Cell>();
  for (const { weight, person } of cells) {
    if (!table.covers(person)) continue;
    const sort = table.sortOf(person);
    const known = bySort.get(sort);
    if (known === undefined) bySort.set(sort, { weight, person });
    else known.weight += weight;
  }
  return [...bySort.values()];
}

function sharesOf(table: RateTable, cells: readonly Cell[]): Float64Array {
  const shares = new Float64Array(table.values.length);
  const whole = cells.reduce((sum, { weight }) => sum + weight, 0);
  for (const { weight, person } of cells) {
    const probabilities = table.probabilities(person);
    for (let v = 0; v < shares.length; v++) shares[v]! += (weight / whole) * probabilities[v]!;
  }
  return shares;
}

/** The people of a cell by their value of a table's attribute. */
function split(cell: Cell, table: RateTable): Cell[] {
  if (!table.covers(cell.person)) return [cell];
  const probabilities = table.probabilities(cell.person);
  return table.values.flatMap((value, v) => {
    const weight = cell.weight * probabilities[v]!;
    return probabilities[v]! < RARE ? [] : [{ weight, person: { ...cell.person, [table.attribute]: value } }];
  });
}
