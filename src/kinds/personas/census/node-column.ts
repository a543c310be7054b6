import { ConditionalTable, type Distribution } from './conditional-table.js';
import type { Asked, Network, NetworkNode } from './network.js';

/** One variable's values for all people, with what they depend on at hand. */
export class NodeColumn {
  readonly node: NetworkNode;
  /** Index of each person's value. */
  readonly index: Uint16Array;
  readonly #table: ConditionalTable;
  readonly #parents: { column: Uint16Array; classes: number[] }[];
  /** By condition of the universe: whether a value of the other variable meets it. */
  readonly #universe: { column: Uint16Array; met: boolean[] }[];
  readonly #outside: number;

  /** @param earlier columns of the variables before this one */
  constructor(node: NetworkNode, network: Network, facts: { n: number; earlier: ReadonlyMap<string, NodeColumn> }) {
    const { n, earlier } = facts;
    this.node = node;
    this.index = new Uint16Array(n);
    this.#table = new ConditionalTable(node, network.recodes);
    this.#parents = node.parents.map((name) => {
      const { of, classes } = network.recodes[name]!;
      return { column: earlier.get(of)!.index, classes };
    });
    this.#universe = (node.universe ?? []).map((asked) => {
      const other = earlier.get(asked.of)!;
      return { column: other.index, met: other.node.values.map((value) => meets(asked, value)) };
    });
    this.#outside = node.values.indexOf(node.outside ?? '');
  }

  /** True for people whom the question is put to; everybody else gets their value here. */
  isAsked(person: number): boolean {
    for (const { column, met } of this.#universe) {
      if (met[column[person]!]) continue;
      this.index[person] = this.#outside;
      return false;
    }
    return true;
  }

  /** Number of a person's context; contexts that have more of their first classes in common lie nearer to each other. */
  contextOf(person: number): number {
    let key = 0;
    for (const [at, { column, classes }] of this.#parents.entries()) {
      key = key * this.#table.sizes[at]! + classes[column[person]!]!;
    }
    return key;
  }

  /** How the person's value is distributed; null if the table has no context for them. */
  distributionOf(person: number): Distribution | null {
    return this.#table.distributionOf(this.contextOf(person));
  }

  code(person: number): string {
    return this.node.values[this.index[person]!]!;
  }
}

function meets({ in: among, not, from, below }: Asked, value: string): boolean {
  if (among !== undefined) return among.includes(value);
  if (not !== undefined) return !not.includes(value);
  const number = value === '' ? Number.NaN : Number(value);
  if (Number.isNaN(number)) return false;
  return (from === undefined || number >= from) && (below === undefined || number < below);
}
