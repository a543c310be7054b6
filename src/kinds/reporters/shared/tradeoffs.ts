import type { Plan } from '../../../contract/plan.js';
import type { Report } from '../../../contract/report.js';
import { type Objective, type ParetoRow, paretoTable } from '../../../lib/stats/pareto.js';
import { headlinesOf } from './headlines.js';

/** An arm of a provider with its value for each metric that has a better end. */
export interface TradeoffRow extends Pick<ParetoRow, 'values' | 'efficient'> {
  provider: string;
  arm: string;
  /** Provider and arm of the points that are at least as good everywhere and better somewhere. */
  dominatedBy: { provider: string; arm: string }[];
}

/** Several metrics at once. */
export interface TradeoffTable {
  objectives: (Objective & { unit: string })[];
  /** First those that no other dominates, then what would be left without them, and so on. */
  rows: TradeoffRow[];
}

/** Which arms of which providers no other beats in every respect, by point estimates. Null with fewer than two metrics or points. */
export function tradeoffTableOf(report: Report, plan: Plan): TradeoffTable | null {
  const headlines = headlinesOf(report, plan).filter(({ better }) => better !== 'none');
  const points = new Map<string, { provider: string; arm: string; values: { [metric: string]: number | null } }>();
  for (const { metric, rows } of headlines) {
    for (const { estimate } of rows) {
      const { provider, arm } = estimate.by;
      const id = JSON.stringify([provider, arm]);
      const point = points.get(id) ?? { provider, arm, values: {} };
      points.set(id, { ...point, values: { ...point.values, [metric]: estimate.value } });
    }
  }
  if (headlines.length < 2 || points.size < 2) return null;
  const objectives = headlines.map(({ metric, better, unit }) => ({
    id: metric,
    better: better as 'higher' | 'lower',
    unit,
  }));
  const table = paretoTable(
    [...points].map(([id, { values }]) => ({ id, values })),
    objectives,
  );
  const front = (row: ParetoRow) => row.front ?? Number.POSITIVE_INFINITY;
  return {
    objectives,
    rows: [...table]
      .sort((one, other) => (front(one) === front(other) ? 0 : front(one) - front(other)))
      .map(({ id, values, efficient, dominatedBy }) => ({
        provider: points.get(id)!.provider,
        arm: points.get(id)!.arm,
        values,
        efficient,
        dominatedBy: dominatedBy.map((other) => {
          const { provider, arm } = points.get(other)!;
          return { provider, arm };
        }),
      })),
  };
}
