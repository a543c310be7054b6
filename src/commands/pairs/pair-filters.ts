import type { PairsSpec } from '../../contract/eval-spec.js';
import type { Filter, FilterKind } from '../../contract/filter-kind.js';
import { registry } from '../../registry.js';
import type { Dropped, Pair } from './pair.js';

/** A filter of an eval with the name by which it is counted. */
export interface LabelledFilter {
  /** Its kind; with a number from the second of a kind on. */
  label: string;
  kind: FilterKind;
  options: { [option: string]: string | number };
  /** Graders whose scores it reads. */
  graders: string[];
  /** Paths of the entities that a pair is about. */
  entities: string[];
}

/** The filters of an eval, in order. */
export function labelledFilters({ filters = [] }: PairsSpec): LabelledFilter[] {
  const counts = new Map<string, number>();
  return filters.map(({ kind: name, options }) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const kind = registry.filters.find((one) => one.kind === name)!;
    const label = count === 1 ? name : `${name} ${count}`;
    return {
      label,
      kind,
      options: kind.describe(options),
      graders: kind.graders?.(options) ?? [],
      entities: kind.entities?.(options) ?? [],
    };
  });
}

/** Asks the filters of an eval one after the other; the first that leaves a pair out is the one that counts. */
export class PairFilters {
  readonly #filters: { label: string; filter: Filter }[];

  constructor(spec: PairsSpec) {
    this.#filters = labelledFilters(spec).map(({ label, kind }, index) => ({
      label,
      filter: kind.create(spec.filters![index]!.options),
    }));
  }

  /** Why a pair is left out; null if it passes. Pairs come in cell order, each once. */
  reject(pair: Pair): Dropped | null {
    for (const { label, filter } of this.#filters) {
      const reason = filter.reject(pair);
      if (reason !== null) return { by: label, reason };
    }
    return null;
  }
}
