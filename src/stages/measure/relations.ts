import type { RelationSpec } from '../../contract/eval-spec.js';
import type { ArmColumns, MatchedPairs } from '../../contract/relation-kind.js';
import type { Report } from '../../contract/report.js';
import type { MeasureInput } from './measure-input.js';
import { isUnitTable, pairValues, unitsOf } from './metric-table.js';
import type { Tables } from './metric-tables.js';
import type { ScoreColumns } from './score-columns.js';

export type Relation = NonNullable<Report['relations']>[number];

/** Every relation for every provider. */
export function relationsOf(input: MeasureInput, tables: Tables, scores: ScoreColumns): Relation[] {
  const { eval: spec, providers } = input.plan.matrix;
  return (spec.relations ?? []).flatMap((relation) =>
    providers.map(({ id }, provider): Relation => {
      const kind = input.relationKinds!.find((one) => one.kind === relation.kind)!;
      const pairs = matchedPairs(input, tables, scores, { relation, provider });
      const { name, metric, of, against } = relation;
      return {
        name,
        kind: kind.kind,
        title: kind.title,
        version: kind.version,
        metric,
        provider: id,
        of,
        against,
        ...kind.measure(pairs, input.level ?? 0.95),
        counts: kind.counts,
        unscored: input.matrix.pairs - pairs.items.length,
        unit: kind.unit,
      };
    }),
  );
}

/** The pairs that both arms of a relation have scored. */
function matchedPairs(
  input: MeasureInput,
  tables: Tables,
  scores: ScoreColumns,
  { relation, provider }: { relation: RelationSpec; provider: number },
): MatchedPairs {
  const { eval: spec } = input.plan.matrix;
  const table = tables.metrics.find((one) => one.spec.id === relation.metric)!;
  if (!isUnitTable(table)) throw new TypeError('loading refuses relations of metrics that are no means');
  const armOf = (id: string) => ({ provider, arm: spec.arms.findIndex((arm) => arm.id === id) });
  const sides = [relation.of, relation.against].map((id) => ({
    at: armOf(id),
    all: pairValues(table, input.matrix, scores, armOf(id)),
  }));
  const both = sides[0]!.all.scored.map((scored, pair) => scored & sides[1]!.all.scored[pair]!);
  const numbers = Int32Array.from(both.keys()).filter((pair) => both[pair] === 1);
  const columnsOf = ({ at, all }: (typeof sides)[number]): ArmColumns => {
    const columns: ArmColumns = {
      values: Float64Array.from(numbers, (pair) => all.values[pair]!),
      successes: new Float64Array(numbers.length),
      trials: new Int32Array(numbers.length),
      binary: true,
    };
    numbers.forEach((pair, place) => {
      for (let repeat = 0; repeat < input.matrix.repeats; repeat++) {
        const score = scores.scoreOf(table.grader, input.matrix.ordinalOf({ ...at, pair, repeat }));
        const value = table.kind.valueOf(score, table.spec.options);
        if (value === null) continue;
        if (value !== 0 && value !== 1) columns.binary = false;
        columns.successes[place] = columns.successes[place]! + value;
        columns.trials[place] = columns.trials[place]! + 1;
      }
    });
    return columns;
  };
  const { values: _, ...units } = unitsOf(table, provider, { values: sides[0]!.all.values, scored: both });
  return {
    items: numbers.map((pair) => tables.axes.items[pair]!),
    itemIds: spec.items.items.map(({ id }) => String(id)),
    of: columnsOf(sides[0]!),
    against: columnsOf(sides[1]!),
    units,
    metric: table.kind,
  };
}
