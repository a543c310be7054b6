import type { GateSpec } from '../../contract/config-spec.js';
import type { Estimate } from '../../contract/estimate.js';
import type { Report } from '../../contract/report.js';

type Gate = Report['gates'][number];

/**
 * Holds gates against the estimates of whole arms. A gate without an arm or a provider applies to each. A number that
 * could not be had fails its gate, and so does a gate that no estimate answers to.
 */
export function gatesOf(gates: readonly GateSpec[], estimates: readonly Estimate[]): Gate[] {
  return gates.flatMap((gate) => {
    const rule = ruleText(gate);
    const answering = estimates.filter(
      ({ metric, by }) =>
        metric === gate.metric &&
        by.group === undefined &&
        (gate.arm === undefined || by.arm === gate.arm) &&
        (gate.provider === undefined || by.provider === gate.provider),
    );
    if (answering.length === 0) {
      const by = { provider: gate.provider ?? '(any)', arm: gate.arm ?? '(any)' };
      return [{ metric: gate.metric, by, rule, value: null, passed: false }];
    }
    return answering.map((estimate) => {
      const value = estimate[gate.end];
      const by = { provider: estimate.by.provider, arm: estimate.by.arm };
      return { metric: gate.metric, by, rule, value, passed: value !== null && meets(gate, value) };
    });
  });
}

/** In words, e.g. `high < 0.25` or `0.1 < value < 0.9`. */
export function ruleText({ end, below, above }: GateSpec): string {
  if (below === undefined) return `${end} > ${above}`;
  return above === undefined ? `${end} < ${below}` : `${above} < ${end} < ${below}`;
}

function meets({ below, above }: GateSpec, value: number): boolean {
  return (below === undefined || value < below) && (above === undefined || value > above);
}
