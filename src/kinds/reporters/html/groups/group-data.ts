import type { Better, GroupBy } from '../../../../contract/eval-spec.js';
import type { Plan } from '../../../../contract/plan.js';
import type { Report } from '../../../../contract/report.js';

/** One group of a field, in one arm of one provider. */
export interface GroupRow {
  provider: string;
  arm: string;
  /** Value of the field, or its band. */
  group: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
  unscored: number;
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
}

/** Groups of fewer scored cells than this are marked: their interval is wide and their place in a ranking mostly chance. */
export const smallGroup = 30;

/** Tables for every metric and field that has groups, in the eval's order. */
export function groupTablesOf(report: Report, plan: Plan): GroupTableData[] {
  const tables = new Map<string, GroupTableData>();
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
    table.rows.push({ provider, arm, group, value, low, high, n, unscored });
  }
  return [...tables.values()];
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
  };
}
