import type { Estimate } from '../../contract/estimate.js';
import type { GroupBy } from '../../contract/eval-spec.js';
import { groupPairs } from './groups.js';
import type { MeasureInput } from './measure-input.js';
import { type MetricTable, type PairValues, pairValues, unitsOf } from './metric-table.js';
import type { Tables } from './metric-tables.js';
import type { ScoreColumns } from './score-columns.js';

/** Every metric for every provider and arm, and then for every group of each of its `by` fields. */
export function estimatesOf(input: MeasureInput, tables: Tables, scores: ScoreColumns): Estimate[] {
  return tables.metrics.flatMap((table) =>
    tables.slices.flatMap((at) => {
      const slice = new EstimateSlice(input, table, at, pairValues(table, input.matrix, scores, at));
      return [slice.whole(), ...table.spec.by.flatMap((by) => slice.groups(by, tables))];
    }),
  );
}

/** One metric of one provider and arm. */
class EstimateSlice {
  readonly #input: MeasureInput;
  readonly #table: MetricTable;
  readonly #at: { provider: number; arm: number };
  readonly #values: PairValues;

  constructor(input: MeasureInput, table: MetricTable, at: { provider: number; arm: number }, values: PairValues) {
    this.#input = input;
    this.#table = table;
    this.#at = at;
    this.#values = values;
  }

  whole(): Estimate {
    return this.#estimate(this.#input.matrix.pairs);
  }

  /**
   * A group that is a cluster of the metric (an estimate for one domain, where domains are clusters) is what the
   * number is about, not a sample of its kind: that field is not a cluster field there.
   */
  groups(by: GroupBy, { fieldOf }: Tables): Estimate[] {
    const { provider } = this.#at;
    return groupPairs(this.#input.matrix.pairs, by, fieldOf(by.field), provider).map(({ label, pairs }) =>
      this.#estimate(pairs.length, { pairs, without: by.field, group: { [by.field]: label } }),
    );
  }

  #estimate(
    planned: number,
    slice?: { pairs: Int32Array; without: string; group: { [field: string]: string } },
  ): Estimate {
    const { spec, kind } = this.#table;
    const { eval: evalSpec, providers } = this.#input.plan.matrix;
    const units = unitsOf(this.#table, this.#at.provider, this.#values, slice);
    const interval = kind.estimate(units, this.#input.level ?? 0.95);
    return {
      metric: spec.id,
      version: kind.version,
      by: {
        provider: providers[this.#at.provider]!.id,
        arm: evalSpec.arms[this.#at.arm]!.id,
        ...(slice && { group: slice.group }),
      },
      ...interval,
      unscored: planned - interval.n,
      unit: kind.unit,
      better: spec.better,
    };
  }
}
