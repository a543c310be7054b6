import type { MetricSpec } from '../../../../contract/eval-spec.js';
import type { Plan } from '../../../../contract/plan.js';
import type { Report } from '../../../../contract/report.js';

/** A metric's value with k answers, or in round k of a loop. */
export interface CurvePoint {
  k: number;
  value: number | null;
  low: number | null;
  high: number | null;
}

/** How a number grows or falls with k, for one arm of one provider. */
export interface AttemptCurve {
  provider: string;
  arm: string;
  /** By k, each k once. */
  points: CurvePoint[];
  /** The same answers, summed up by the control's metrics. Empty without a control. */
  control: CurvePoint[];
}

/** The curves of all metrics that differ in k alone. */
export interface CurveFamily {
  kind: string;
  /** Metric as written and its title, where k is the round of a loop; null where it is a number of answers. */
  rounds: { metric: string; title: string } | null;
  grader: string;
  /** Grader of the control. */
  controlGrader: string | null;
  unit: string;
  curves: AttemptCurve[];
}

const kinds = new Set(['pass_at_k', 'any_of_k', 'pass_pow_k']);

/**
 * Curves over k: two metrics or more of one kind over one grader, or one metric in the rounds of a loop. Where the eval names one of such a family as the
 * control of one of another, it is drawn with that other instead of alone.
 */
export function curveFamilies(report: Report, plan: Plan): CurveFamily[] {
  const { metrics, controls, arms } = plan.matrix.eval;
  const groups = groupsOf(metrics);
  const controlOf = (group: MetricSpec[]) =>
    groups.find(
      (other) =>
        other !== group &&
        controls.some(
          ({ for: one, is }) => group.some(({ id }) => id === one.metric) && other.some(({ id }) => id === is.metric),
        ),
    );
  const asControl = new Set(groups.map(controlOf));
  return groups
    .filter((group) => !asControl.has(group))
    .map((group) => {
      const control = controlOf(group);
      return {
        kind: group[0]!.kind,
        rounds: roundsOf(group[0]!),
        grader: group[0]!.of,
        controlGrader: control?.[0]?.of ?? null,
        unit: report.estimates.find(({ metric }) => metric === group[0]!.id)?.unit ?? '',
        curves: plan.matrix.providers.flatMap(({ id: provider }) =>
          arms.map(({ id: arm }) => ({
            provider,
            arm,
            points: pointsOf(report, group, { provider, arm }),
            control: control ? pointsOf(report, control, { provider, arm }) : [],
          })),
        ),
      };
    });
}

function roundsOf({ round, title }: MetricSpec): CurveFamily['rounds'] {
  if (round === undefined) return null;
  return { metric: round.metric, title: title?.replace(/, round \d+$/, '') ?? '' };
}

/** Metrics of one kind over one grader, by k, if there are several k; or those of the rounds of a loop. */
function groupsOf(metrics: readonly MetricSpec[]): MetricSpec[][] {
  const groups = new Map<string, MetricSpec[]>();
  for (const metric of metrics) {
    const counts = kinds.has(metric.kind) && typeof metric.options.k === 'number';
    if (metric.round === undefined && !counts) continue;
    const key = JSON.stringify(metric.round === undefined ? [metric.kind, metric.of] : [metric.round.metric]);
    const group = groups.get(key) ?? [];
    if (!group.some((one) => kOf(one) === kOf(metric))) groups.set(key, [...group, metric]);
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => group.sort((one, other) => kOf(one) - kOf(other)));
}

const kOf = ({ round, options }: MetricSpec): number => round?.number ?? (options.k as number);

function pointsOf(report: Report, group: MetricSpec[], by: { provider: string; arm: string }): CurvePoint[] {
  return group.flatMap((metric) => {
    const found = report.estimates.find(
      (one) =>
        one.metric === metric.id &&
        one.by.provider === by.provider &&
        one.by.arm === by.arm &&
        one.by.group === undefined,
    );
    return found ? [{ k: kOf(metric), value: found.value, low: found.low, high: found.high }] : [];
  });
}
