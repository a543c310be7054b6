import { entitiesOf } from '../../lib/entities.js';
import type { Dropped, NoPair, Pair, Split, Verdict } from './pair.js';

/** Verdicts of one judge over all pairs of a run. */
export interface VerdictCounts {
  chosen: number;
  tie: number;
  rejected: number;
  none: number;
}

/** How the person's own judge is called among the judges; no control can have this name. */
const ownJudge = 'own judge';

/** What is counted by name. */
export interface CountedNames {
  /** Whether a grader of the person's own ranked the pairs. */
  judged: boolean;
  controls: readonly string[];
  /** Labels of the filters. */
  filters: readonly string[];
  /** Paths of the entities that pairs are about. */
  entities: readonly string[];
}

/** Kept pairs of a split. */
interface Kept {
  rows: number;
  personas: Set<string>;
  groups: Set<string>;
  domains: Set<string>;
  entities: Set<string>;
}

/** What became of every cell of a run. */
export class PairCounts {
  cells = 0;
  /** Cells with two usable texts. */
  pairs = 0;
  kept = 0;
  /** Reason → cells without a pair. */
  readonly noPair: { [reason in NoPair]?: number } = {};
  /** Reason → pairs that were not to be kept. */
  readonly notKept: { [reason: string]: number } = {};
  /** Judge → verdicts over all pairs, kept or not. The person's own comes first. */
  readonly verdicts: { [judge: string]: VerdictCounts };
  /** Filter → reason → pairs that it left out. Every filter is listed, also one that left out none. */
  readonly filtered: { [filter: string]: { [reason: string]: number } };
  readonly #kept = new Map<Split, Kept>();
  readonly #entities: readonly string[];

  constructor({ judged, controls, filters, entities }: CountedNames) {
    const zero = (): VerdictCounts => ({ chosen: 0, tie: 0, rejected: 0, none: 0 });
    const judges = [...(judged ? [ownJudge] : []), ...controls];
    this.verdicts = Object.fromEntries(judges.map((name) => [name, zero()]));
    this.filtered = Object.fromEntries(filters.map((label) => [label, {}]));
    this.#entities = entities;
  }

  leaveOut(reason: NoPair): void {
    this.cells++;
    this.noPair[reason] = (this.noPair[reason] ?? 0) + 1;
  }

  /** @param dropped why the pair is not kept; null if it is */
  add(pair: Pair, dropped: Dropped | null): void {
    const { preferred, controls } = pair;
    this.cells++;
    this.pairs++;
    if (preferred !== undefined) this.#count(ownJudge, preferred);
    for (const [name, verdict] of Object.entries(controls)) this.#count(name, verdict);
    if (dropped === null) {
      this.kept++;
      this.#keep(pair);
      return;
    }
    const { by, reason } = dropped;
    if (by !== '--keep') this.filtered[by] ??= {};
    const reasons = by === '--keep' ? this.notKept : this.filtered[by]!;
    reasons[reason] = (reasons[reason] ?? 0) + 1;
  }

  #keep({ split, persona, provenance, lookup }: Pair): void {
    const kept = this.#kept.get(split) ?? none();
    this.#kept.set(split, kept);
    kept.rows++;
    if (persona !== null) kept.personas.add(persona);
    if (provenance === null) return;
    if (provenance.group !== null) kept.groups.add(provenance.group);
    if (provenance.domain !== null) kept.domains.add(provenance.domain);
    for (const path of this.#entities) for (const { name } of entitiesOf(lookup(path)) ?? []) kept.entities.add(name);
  }

  #count(judge: string, verdict: Verdict): void {
    this.verdicts[judge]![verdict ?? 'none']++;
  }

  /** Kept pairs of a split. */
  rows(split: Split): number {
    return this.#kept.get(split)?.rows ?? 0;
  }

  /** Personas with a kept pair in a split. */
  personas(split: Split): number {
    return this.#kept.get(split)?.personas.size ?? 0;
  }

  /** Different values of the field that split, domains, and entities by name, of the kept pairs of a split. */
  contents(split: Split): { groups: number; domains: number; entities: number } {
    const { groups, domains, entities } = this.#kept.get(split) ?? none();
    return { groups: groups.size, domains: domains.size, entities: entities.size };
  }

  /** Pairs that filters left out. */
  get rejected(): number {
    return Object.values(this.filtered).reduce((all, reasons) => all + sum(reasons), 0);
  }
}

const sum = (counts: { [what: string]: number }): number => Object.values(counts).reduce((all, one) => all + one, 0);

const none = (): Kept => ({
  rows: 0,
  personas: new Set(),
  groups: new Set(),
  domains: new Set(),
  entities: new Set(),
});
