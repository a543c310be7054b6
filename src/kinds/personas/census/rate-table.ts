import type { KeyedRandom } from '../../../lib/rng.js';
import { type Attributes, type Condition, readCondition } from './condition.js';
import type { DataNode } from './data-node.js';
import { normalised, readShares, readUnit, type Unit } from './read-shares.js';

/** Where figures come from; every table carries it. */
export interface Provenance {
  source: string;
  licence: string;
  /** Year, or day, that the figures speak of. */
  asOf: string;
}

/** Shares among the people who meet a condition. */
interface Group {
  meets: Condition;
  /** Value's index → its share among the group over its share in the baseline. */
  ratios: Float64Array;
}

export const PROVENANCE_KEYS = ['source', 'licence', 'asOf', 'sure', 'limits', 'url', 'title'];
const TABLE_KEYS = ['attribute', 'unit', 'among', 'otherwise', 'overall', 'keepTotals', 'given', ...PROVENANCE_KEYS];

/** Source, licence and date of a table; a fault where one is missing. */
export function readProvenance(node: DataNode): Provenance {
  const text = (key: string) => node.required(key)?.text() ?? '';
  return { source: text('source'), licence: text('licence'), asOf: text('asOf') };
}

/**
 * Published shares of the values of one attribute, overall and given other attributes.
 *
 * A person's probabilities are proportional to overall × Π (share in the person's group / baseline of the groups). The
 * baseline is the share among all who were asked for that table; where none is given, it is the overall share. So with
 * one set of groups and no baseline, the probabilities are the published shares of the group. Several sets count as
 * independent of each other, because published tables rarely cross them; a baseline puts the differences that an older
 * or narrower survey found between groups on the totals of a newer one. Neither keeps the overall shares exactly; with
 * `keepTotals`, `overall` in the product is replaced by weights that do so for a reference population (`fit-totals.ts`).
 */
export class RateTable {
  readonly attribute: string;
  readonly values: string[];
  readonly provenance: Provenance;
  readonly overall: Float64Array;
  /** What people get whom the figures do not cover; undefined: they go without. */
  readonly otherwise: string | undefined;
  /** Whether a reference population is to keep the overall shares. */
  readonly keepsTotals: boolean;
  /** What the groups' ratios are multiplied with: the overall shares, or what was fitted in their place. */
  #prior: Float64Array;
  readonly #among: Condition | undefined;
  readonly #given: Group[][];
  readonly #known = new Map<number, Float64Array>();

  constructor(node: DataNode) {
    node.entries(TABLE_KEYS);
    this.provenance = readProvenance(node);
    this.attribute = node.required('attribute')?.text() ?? '';
    const unit = readUnit(node);
    const overall = node.required('overall');
    this.values = overall?.entries().map(([value]) => value) ?? [];
    this.overall = overall === undefined ? new Float64Array() : readShares(overall, this.values, unit);
    this.#prior = this.overall;
    this.keepsTotals = node.optional('keepTotals')?.value === true;
    const among = node.optional('among');
    this.#among = among && readCondition(among);
    this.otherwise = node.optional('otherwise')?.text();
    this.#given = (node.optional('given')?.items() ?? []).map((one) => this.#readGroups(one, unit));
  }

  /** True for people whom the figures cover. */
  covers(person: Attributes): boolean {
    return this.#among?.(person) ?? true;
  }

  /** A number for the groups that a person belongs to: people with the same one have the same probabilities. */
  sortOf(person: Attributes): number {
    let sort = 0;
    for (const list of this.#given) sort = sort * (list.length + 1) + groupOf(list, person) + 1;
    return sort;
  }

  /** Probability of each value for a person, in the order of `values`; they add up to 1. */
  probabilities(person: Attributes): Float64Array {
    const key = this.sortOf(person);
    let known = this.#known.get(key);
    if (known === undefined) {
      const groups = this.#given.flatMap((list) => list[groupOf(list, person)] ?? []);
      known = normalised(this.#prior.map((share, v) => groups.reduce((p, { ratios }) => p * ratios[v]!, share)));
      this.#known.set(key, known);
    }
    return known;
  }

  /** Replaces the overall shares in the product; the shares that are published stay as they are. */
  fitted(prior: Float64Array): void {
    this.#prior = prior;
    this.#known.clear();
  }

  /** One value; `otherwise` for people whom the figures do not cover. */
  draw(person: Attributes, random: KeyedRandom): string | undefined {
    if (!this.covers(person)) return this.otherwise;
    return this.values[drawIndex(this.probabilities(person), random.uniform())];
  }

  /** Several different values, drawn one after the other without putting back. */
  drawSeveral(person: Attributes, random: KeyedRandom, count: number): string[] {
    const left = Float64Array.from(this.probabilities(person));
    const drawn: string[] = [];
    while (drawn.length < count && left.some((share) => share > 0)) {
      const index = drawIndex(left, random.uniform() * left.reduce((sum, share) => sum + share, 0));
      left[index] = 0;
      drawn.push(this.values[index]!);
    }
    return drawn;
  }

  #readGroups(node: DataNode, unit: Unit): Group[] {
    node.entries(['by', 'merge', 'baseline', 'groups', ...PROVENANCE_KEYS]);
    node.required('by')?.text();
    const merged = this.#readMerge(node.optional('merge'));
    const names = [...new Set(merged)];
    const overall = names.map((name) =>
      this.overall.reduce((sum, share, v) => sum + (merged[v] === name ? share : 0), 0),
    );
    const baseline = node.optional('baseline');
    const whole = baseline === undefined ? overall : readShares(baseline, names, unit, overall);
    return (node.required('groups')?.items() ?? []).map((group) => {
      group.entries(['when', 'shares']);
      const when = group.required('when');
      const shares = group.required('shares');
      const own = shares === undefined ? whole : readShares(shares, names, unit, whole);
      const ratioOf = (name: string) => own[names.indexOf(name)]! / (whole[names.indexOf(name)]! || 1);
      return {
        meets: when === undefined ? () => false : readCondition(when),
        ratios: Float64Array.from(merged, ratioOf),
      };
    });
  }

  /** Name under which the groups' shares count each value: figures by age, say, may tell fewer values apart. */
  #readMerge(node: DataNode | undefined): string[] {
    const names = [...this.values];
    for (const [name, list] of node?.entries() ?? []) {
      for (const item of list.items()) {
        const index = this.values.indexOf(item.text());
        if (index === -1) item.fail('WRONG_VALUE', `"${String(item.value)}" is no value of this table`);
        else names[index] = name;
      }
    }
    return names;
  }
}

/** Index of the first group that a person belongs to; -1 if there is none. */
function groupOf(list: readonly Group[], person: Attributes): number {
  for (let i = 0; i < list.length; i++) if (list[i]!.meets(person)) return i;
  return -1;
}

/** Index at which the running sum of shares first exceeds a number; never an index whose share is 0. */
function drawIndex(shares: Float64Array, number: number): number {
  let sum = 0;
  let last = 0;
  for (let i = 0; i < shares.length; i++) {
    if (shares[i] === 0) continue;
    last = i;
    sum += shares[i]!;
    if (number < sum) return i;
  }
  return last;
}
