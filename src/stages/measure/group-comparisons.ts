import type { Estimate } from '../../contract/estimate.js';
import type { UnitMetricKind } from '../../contract/metric-kind.js';
import type { Report } from '../../contract/report.js';
import { benjaminiHochberg } from '../../lib/stats/benjamini-hochberg.js';
import { GroupGaps, gapBetween } from '../../lib/stats/group-gaps.js';
import { holm } from '../../lib/stats/holm.js';
import { type GroupFamily, groupFamilies } from './group-families.js';
import type { Group } from './groups.js';
import type { MeasureInput } from './measure-input.js';
import { isUnitTable, type MetricTable, type PairValues, pairValues, unitsOf } from './metric-table.js';
import type { Tables } from './metric-tables.js';
import type { ScoreColumns } from './score-columns.js';

type Comparison = Report['groups'][number];
type Row = Comparison['groups'][number];

/**
 * Of every metric that is a mean, for every provider, arm and field that it is given by: how far each group lies from
 * everyone, which group is served worst, and how far the best and the worst lie apart.
 * @param estimates of the same tables, which hold the groups' own intervals
 */
export function groupComparisonsOf(
  input: MeasureInput,
  tables: Tables,
  scores: ScoreColumns,
  estimates: readonly Estimate[],
): Comparison[] {
  const intervals = new Map(estimates.flatMap((one) => (one.by.group === undefined ? [] : [[keyOf(one), one]])));
  return tables.metrics.filter(isUnitTable).flatMap((table) =>
    tables.slices.flatMap((at) => {
      const families = groupFamilies(table.spec, input.matrix.pairs, tables.fieldOf, at.provider);
      if (families.length === 0) return [];
      const values = pairValues(table, input.matrix, scores, at);
      return families.map((family) => compare(input, { table, at, values, intervals }, family));
    }),
  );
}

/** What tells the estimates of groups apart. */
const keyOf = ({ metric, by }: Pick<Estimate, 'metric' | 'by'>): string =>
  JSON.stringify([metric, by.provider, by.arm, Object.entries(by.group ?? {})]);

/** A metric of one provider and arm. */
interface MeasuredSlice {
  table: MetricTable<UnitMetricKind>;
  at: { provider: number; arm: number };
  values: PairValues;
  /** Estimates of groups, by `keyOf`. */
  intervals: ReadonlyMap<string, Estimate>;
}

function compare(
  input: MeasureInput,
  { table, at, values, intervals }: MeasuredSlice,
  family: GroupFamily,
): Comparison {
  const { eval: spec, providers } = input.plan.matrix;
  const level = input.level ?? 0.95;
  const without = family.without === undefined ? {} : { without: family.without };
  const metric = table.spec.id;
  const by = { provider: providers[at.provider]!.id, arm: spec.arms[at.arm]!.id };
  const units = unitsOf(table, at.provider, values, without);
  const ofGroup = (place: number, at1: number) =>
    table.kind.estimate(unitsOf(table, at.provider, values, { pairs: family.groups[place]!.pairs, ...without }), at1);
  const members = membersOf(family.groups, values.scored);
  const gaps = new GroupGaps(units);
  const found = members.map((own) => gaps.gapOf(own, level));
  const [adjusted, q] = [holm(found.map(({ p }) => p)), benjaminiHochberg(found.map(({ p }) => p))];
  const rows = family.groups.map(({ label }, i): Row => {
    const interval = intervals.get(keyOf({ metric, by: { ...by, group: { [family.field]: label } } }))!;
    const { gap, low, high, p } = found[i]!;
    return {
      label,
      n: interval.n,
      value: interval.value,
      low: interval.low,
      high: interval.high,
      gap,
      gapLow: low,
      gapHigh: high,
      p,
      pAdjusted: adjusted[i]!,
      q: q[i]!,
    };
  });
  return {
    metric,
    by,
    field: family.field,
    level,
    correction: 'holm',
    groups: rows,
    ...extremes(rows, table.spec.better, {
      level,
      simultaneous: ofGroup,
      between: (a, b, at1) => gapBetween(units, { a: members[a]!, b: members[b]! }, at1),
    }),
  };
}

/** Of each group, the places of its scored pairs among all scored pairs. */
function membersOf(groups: readonly Group[], scored: Uint8Array): Int32Array[] {
  const places = new Int32Array(scored.length).fill(-1);
  let n = 0;
  for (let pair = 0; pair < scored.length; pair++) if (scored[pair] === 1) places[pair] = n++;
  return groups.map(({ pairs }) => pairs.map((pair) => places[pair]!).filter((place) => place >= 0));
}

interface Again {
  level: number;
  simultaneous(place: number, level: number): Pick<Row, 'low' | 'high'>;
  between(a: number, b: number, level: number): { low: number | null; high: number | null };
}

/**
 * The group with the worst value and the widest gap. Picked out of many, both look worse than they are: their intervals
 * are those of all groups (of all pairs of groups) at once, after Bonferroni.
 */
function extremes(rows: readonly Row[], better: string, again: Again): Pick<Comparison, 'worst' | 'widest'> {
  const measured = rows.flatMap(({ value, low }, place) => (value === null || low === null ? [] : [{ value, place }]));
  if (better === 'none' || measured.length < 2) return { worst: null, widest: null };
  const ascending = [...measured].sort((a, b) => a.value - b.value || a.place - b.place);
  const [worst, best] = better === 'higher' ? [ascending[0]!, ascending.at(-1)!] : [ascending.at(-1)!, ascending[0]!];
  const k = measured.length;
  const levelOf = (claims: number) => 1 - (1 - again.level) / claims;
  const ends = again.simultaneous(worst.place, levelOf(k));
  const wide = again.between(best.place, worst.place, levelOf((k * (k - 1)) / 2));
  return {
    worst: { label: rows[worst.place]!.label, value: worst.value, low: ends.low, high: ends.high },
    widest: {
      best: rows[best.place]!.label,
      worst: rows[worst.place]!.label,
      difference: best.value - worst.value,
      low: wide.low,
      high: wide.high,
    },
  };
}
