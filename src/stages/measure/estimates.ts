import type { Estimate, Interval } from '../../contract/estimate.js';
import { statisticInterval } from '../../lib/stats/statistic-interval.js';
import { groupFamilies } from './group-families.js';
import type { MeasureInput } from './measure-input.js';
import { isUnitTable, type MetricTable, type PairValues, pairValues, unitsOf } from './metric-table.js';
import type { Tables } from './metric-tables.js';
import type { ScoreColumns } from './score-columns.js';
import { everyPair, statisticOf } from './slice-statistics.js';
import type { SliceSource } from './slice-view.js';

/** Every metric for every provider and arm, and then for every group of each of its `by` fields. */
export function estimatesOf(input: MeasureInput, tables: Tables, scores: ScoreColumns): Estimate[] {
  const source = { ...input, frozen: input.plan.matrix, scores, axes: tables.axes };
  return tables.metrics.flatMap((table) =>
    tables.slices.flatMap((at) => {
      const slice = new EstimateSlice(input, table, at, source);
      return [slice.whole(), ...slice.groups(tables)];
    }),
  );
}

/** One metric of one provider and arm. */
class EstimateSlice {
  readonly #input: MeasureInput;
  readonly #table: MetricTable;
  readonly #at: { provider: number; arm: number };
  readonly #source: SliceSource;
  /** Of a mean of unit values; null for metrics that see whole slices. */
  readonly #values: PairValues | null;

  constructor(input: MeasureInput, table: MetricTable, at: { provider: number; arm: number }, source: SliceSource) {
    this.#input = input;
    this.#table = table;
    this.#at = at;
    this.#source = source;
    this.#values = isUnitTable(table) ? pairValues(table, input.matrix, source.scores, at) : null;
  }

  whole(): Estimate {
    return this.#estimate(this.#input.matrix.pairs);
  }

  groups({ fieldOf }: Tables): Estimate[] {
    const families = groupFamilies(this.#table.spec, this.#input.matrix.pairs, fieldOf, this.#at.provider);
    return families.flatMap(({ groups, ...family }) =>
      groups.map(({ label, pairs }) =>
        this.#estimate(pairs.length, { ...family, pairs, group: { [family.field]: label } }),
      ),
    );
  }

  #estimate(
    planned: number,
    slice?: { pairs: Int32Array; without?: string; group: { [field: string]: string } },
  ): Estimate {
    const { spec, kind } = this.#table;
    const { eval: evalSpec, providers } = this.#input.plan.matrix;
    const interval = this.#interval(slice);
    return {
      metric: spec.id,
      version: kind.version,
      by: {
        provider: providers[this.#at.provider]!.id,
        arm: evalSpec.arms[this.#at.arm]!.id,
        ...(slice && { group: slice.group }),
      },
      ...interval,
      ...this.#unweighted(slice),
      unscored: planned - interval.n,
      unit: kind.unit,
      better: spec.better,
    };
  }

  /** The same number with every pair counting alike, where pairs stand for different numbers of people. */
  #unweighted(slice?: { pairs: Int32Array; without?: string }): Pick<Estimate, 'unweighted'> {
    if (this.#table.weights === undefined || this.#values === null || !isUnitTable(this.#table)) return {};
    const { weights: _, ...units } = unitsOf(this.#table, this.#at.provider, this.#values, slice);
    const { value, low, high } = this.#table.kind.estimate(units, this.#input.level ?? 0.95);
    return { unweighted: { value, low, high } };
  }

  #interval(slice?: { pairs: Int32Array; without?: string }): Interval {
    const level = this.#input.level ?? 0.95;
    const table = this.#table;
    if (this.#values !== null && isUnitTable(table))
      return table.kind.estimate(unitsOf(table, this.#at.provider, this.#values, slice), level);
    const pairs = slice?.pairs ?? everyPair(this.#input.matrix.pairs);
    return statisticInterval(statisticOf({ table, source: this.#source, at: this.#at, pairs }, slice?.without), level);
  }
}
