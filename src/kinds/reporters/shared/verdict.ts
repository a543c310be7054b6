import type { Report } from '../../../contract/report.js';
import { bareNumber, countOf, formatCount, formatValue, isShare } from './number-text.js';

/** What a reader wants to know first, in words. */
export interface Verdict {
  complete: boolean;
  /** `complete` or `incomplete`. */
  completeness: string;
  passed: number;
  missed: number;
  /** `3 gates passed, 1 missed`, or `no gates set`. */
  gates: string;
  /** `1,440 cells: 1,430 answered, 5 refused, 5 failed`. */
  cells: string;
}

/** First line of every report on a run in which something was simulated. */
export const simulatedNotice =
  'SIMULATED: at least one provider of this run made its replies up from a YAML file. The numbers show that the pipeline works; they say nothing about any real model.';

/** Sums up a report. */
export function verdictOf(report: Report): Verdict {
  const passed = report.gates.filter((gate) => gate.passed).length;
  const missed = report.gates.length - passed;
  const { planned, ...settled } = report.counts.cells;
  const parts = Object.entries(settled).filter(([kind, count]) => kind === 'answered' || count > 0);
  return {
    complete: report.run.complete,
    completeness: report.run.complete ? 'complete' : 'incomplete',
    passed,
    missed,
    gates: gatesText(passed, missed),
    cells: `${countOf(planned, 'cell')}: ${parts.map(([kind, count]) => `${formatCount(count)} ${kind}`).join(', ')}`,
  };
}

function gatesText(passed: number, missed: number): string {
  if (passed + missed === 0) return 'no gates set';
  if (passed > 0 && missed > 0) return `${countOf(passed, 'gate')} passed, ${missed} missed`;
  const all = passed + missed;
  const gates = all === 1 ? 'the gate was' : all === 2 ? 'both gates were' : `all ${all} gates were`;
  return `${gates} ${missed === 0 ? 'passed' : 'missed'}`;
}

const ends: { [end: string]: string } = { value: 'value', low: 'lower end', high: 'upper end' };

/** A gate's rule in words and in the unit of its metric: `high < 0.25` becomes `upper end below 25.0%`. */
export function gateRuleWords(rule: string, unit: string): string {
  const match = /^(value|low|high) ([<>])(=?) (-?[\d.]+(?:e-?\d+)?)$/.exec(rule);
  if (!match) return rule;
  const bound = Number(match[4]);
  // A bound with more decimals than are printed would be rounded into another rule.
  const exact = isShare(unit) && Math.abs(bound * 1000 - Math.round(bound * 1000)) < 1e-9;
  const shown = exact ? formatValue(bound, unit) : String(match[4]);
  const verb = match[2] === '<' ? (match[3] ? 'at most' : 'below') : match[3] ? 'at least' : 'above';
  return `${ends[match[1]!]} ${verb} ${shown}`;
}

/** Which number of the interval a rule reads: `value`, `low` or `high`. */
export function gateValueText(value: number | null, unit: string): string {
  return value === null ? 'no estimate' : `${bareNumber(value, unit)}${isShare(unit) ? '%' : ''}`;
}
