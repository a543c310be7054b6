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

const number = String.raw`(-?\d[\d.]*(?:e[+-]?\d+)?)`;
const oneBound = new RegExp(`^(value|low|high) ([<>]) ${number}$`);
const twoBounds = new RegExp(`^${number} < (value|low|high) < ${number}$`);

/**
 * A gate's rule in words and in the unit of its metric: `high < 0.25` becomes `upper end below 25.0%`, and
 * `0.1 < value < 0.9` `value between 10.0% and 90.0%`. Anything else stays as it is.
 */
export function gateRuleWords(rule: string, unit: string): string {
  const one = oneBound.exec(rule);
  if (one) return `${ends[one[1]!]} ${one[2] === '<' ? 'below' : 'above'} ${boundText(one[3]!, unit)}`;
  const two = twoBounds.exec(rule);
  if (two) return `${ends[two[2]!]} between ${boundText(two[1]!, unit)} and ${boundText(two[3]!, unit)}`;
  return rule;
}

/** A bound with more decimals than are printed would be rounded into another rule: it stays as it was written. */
function boundText(text: string, unit: string): string {
  const thousandths = Number(text) * 1000;
  const exact = isShare(unit) && Math.abs(thousandths - Math.round(thousandths)) < 1e-9;
  return exact ? formatValue(Number(text), unit) : text;
}

/** The number that a gate compared, in the unit of its metric. */
export function gateValueText(value: number | null, unit: string): string {
  return value === null ? 'no estimate' : `${bareNumber(value, unit)}${isShare(unit) ? '%' : ''}`;
}
