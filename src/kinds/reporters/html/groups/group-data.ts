import type { Better, GroupBy } from '../../../../contract/eval-spec.js';
import type { Plan } from '../../../../contract/plan.js';
import type { Report } from '../../../../contract/report.js';
import {
  type ComparedGroup,
  type GroupComparison,
  groupComparisons,
  measuredGroups,
} from '../../shared/group-words.js';

/** How far a group lies from everyone, as the report has it. */
export type GroupGap = Pick<ComparedGroup, 'gap' | 'gapLow' | 'gapHigh' | 'p' | 'pAdjusted' | 'q'>;

/** One group of a field, in one arm of one provider. */
export interface GroupRow {
  provider: string;
  arm: string;
  /** Value of the field, its band, or the name of the intersection. */
  group: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
  unscored: number;
  /** Null where the report does not compare this group with everyone. */
  compared: GroupGap | null;
}

/** What the report says of all groups of one provider and arm together. */
export interface GroupExtremes extends Pick<GroupComparison, 'level' | 'worst' | 'widest'> {
  provider: string;
  arm: string;
  /** Groups that these were picked from. */
  measured: number;
}

/** All groups of one metric by one field. */
export interface GroupTableData {
  metric: string;
  field: string;
  unit: string;
  better: Better;
  /** Lower ends of the bands when the field is a number cut into bands. */
  bands: number[] | null;
  rows: GroupRow[];
  /** The same metric over all groups: provider → arm → value. */
  whole: { [provider: string]: { [arm: string]: number | null } };
  /** One for each provider and arm that the report compares. */
  extremes: GroupExtremes[];
}

/** Groups of fewer scored cells than this are marked: their interval is wide and their place in a ranking mostly chance. */
export const smallGroup = 30;

/** Tables for every metric and field that has groups, in the eval's order. */
export function groupTablesOf(report: Report, plan: Plan): GroupTableData[] {
  const tables = new Map<string, GroupTableData>();
  const comparisons = new Map(groupComparisons(report).map((one) => [keyOf(one.metric, one.field, one.by), one]));
  for (const estimate of report.estimates) {
    const [field, ...others] = Object.keys(estimate.by.group ?? {});
    if (field === undefined) continue;
    const all = [field, ...others];
    const key = `${estimate.metric}\n${all.join('\n')}`;
    const table = tables.get(key) ?? emptyTable(estimate, all, { report, plan });
    tables.set(key, table);
    const { provider, arm } = estimate.by;
    const { value, low, high, n, unscored } = estimate;
    const group = all.map((name) => estimate.by.group![name]!).join(' · ');
    const comparison = comparisons.get(keyOf(estimate.metric, table.field, { provider, arm }));
    table.rows.push({ provider, arm, group, value, low, high, n, unscored, compared: gapOf(comparison, group) });
    if (comparison && !table.extremes.some((one) => one.provider === provider && one.arm === arm)) {
      const { level, worst, widest } = comparison;
      table.extremes.push({ provider, arm, level, worst, widest, measured: measuredGroups(comparison) });
    }
  }
  return [...tables.values()];
}

const keyOf = (metric: string, field: string, by: { provider: string; arm: string }) =>
  JSON.stringify([metric, field, by.provider, by.arm]);

function gapOf(comparison: GroupComparison | undefined, group: string): GroupGap | null {
  const row = comparison?.groups.find(({ label }) => label === group);
  if (row === undefined) return null;
  const { gap, gapLow, gapHigh, p, pAdjusted, q } = row;
  return { gap, gapLow, gapHigh, p, pAdjusted, q };
}

function emptyTable(
  estimate: Report['estimates'][number],
  fields: string[],
  run: { report: Report; plan: Plan },
): GroupTableData {
  const whole: GroupTableData['whole'] = {};
  for (const one of run.report.estimates) {
    if (one.metric !== estimate.metric || one.by.group !== undefined) continue;
    whole[one.by.provider] = { ...whole[one.by.provider], [one.by.arm]: one.value };
  }
  const by: GroupBy[] = run.plan.matrix.eval.metrics.find((metric) => metric.id === estimate.metric)?.by ?? [];
  return {
    metric: estimate.metric,
    field: fields.join(' · '),
    unit: estimate.unit,
    better: estimate.better,
    bands: by.find((group) => group.field === fields[0])?.bands ?? null,
    rows: [],
    whole,
    extremes: [],
  };
}
