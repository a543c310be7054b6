import type { Better } from '../../../contract/eval-spec.js';
import type { Plan } from '../../../contract/plan.js';
import type { Report } from '../../../contract/report.js';

export type ReportEstimate = Report['estimates'][number];
export type ReportControl = Report['controls'][number];

/** One arm of one provider, with the controls that belong to it. */
export interface HeadlineRow {
  estimate: ReportEstimate;
  controls: ReportControl[];
}

/** All headline numbers of a metric: providers in the plan's order, arms in the eval's order. */
export interface Headline {
  metric: string;
  title: string | null;
  unit: string;
  better: Better;
  version: number;
  rows: HeadlineRow[];
}

/** Sorts by a list's order; what the list does not hold comes last, in its given order. */
function rank(list: string[]): (id: string) => number {
  const positions = new Map(list.map((id, index) => [id, index]));
  return (id) => positions.get(id) ?? list.length;
}

/** The estimates of whole arms, metric by metric, each beside its controls. */
export function headlinesOf(report: Report, plan: Plan): Headline[] {
  const { metrics, arms } = plan.matrix.eval;
  const armRank = rank(arms.map((arm) => arm.id));
  const providerRank = rank(plan.matrix.providers.map((provider) => provider.id));
  const metricRank = rank(metrics.map((metric) => metric.id));
  const whole = report.estimates.filter((estimate) => estimate.by.group === undefined);
  const ids = [...new Set(whole.map((estimate) => estimate.metric))].sort((a, b) => metricRank(a) - metricRank(b));
  return ids.map((metric) => {
    const own = whole.filter((estimate) => estimate.metric === metric);
    own.sort(
      (a, b) => providerRank(a.by.provider) - providerRank(b.by.provider) || armRank(a.by.arm) - armRank(b.by.arm),
    );
    return {
      metric,
      title: metrics.find((spec) => spec.id === metric)?.title ?? null,
      unit: own[0]!.unit,
      better: own[0]!.better,
      version: own[0]!.version,
      rows: own.map((estimate) => ({ estimate, controls: controlsOf(report, estimate) })),
    };
  });
}

function controlsOf(report: Report, estimate: ReportEstimate): ReportControl[] {
  return report.controls.filter(
    (control) =>
      control.for.metric === estimate.metric &&
      control.for.arm === estimate.by.arm &&
      control.for.provider === estimate.by.provider,
  );
}

/** A control's short name: the arm alone when it is of the same metric, `metric of arm` otherwise. */
export function controlLabel(control: ReportControl): string {
  if (control.is.metric === control.for.metric) return control.is.arm;
  return control.is.arm === control.for.arm ? control.is.metric : `${control.is.metric} of ${control.is.arm}`;
}

/** Unit of a metric as its estimates state it; empty when it has none. */
export function unitOf(report: Report, metric: string): string {
  return report.estimates.find((estimate) => estimate.metric === metric)?.unit ?? '';
}

/** `higher is better`; empty for descriptive metrics. */
export function betterWords(better: Better): string {
  return better === 'none' ? '' : `${better} is better`;
}
