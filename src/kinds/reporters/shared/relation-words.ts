import type { Report } from '../../../contract/report.js';
import { bareNumber, formatCount, formatValue, noNumber } from './number-text.js';

export type ReportRelation = NonNullable<Report['relations']>[number];

/** All relations; none for an eval that states none. */
export function relationsOf(report: Pick<Report, 'relations'>): ReportRelation[] {
  return report.relations ?? [];
}

/** `42.1%` for shares, `3` for items, `0.42` for everything else. */
export function relationValue(value: number | null, unit: string): string {
  return value !== null && unit === 'items' ? formatCount(value) : formatValue(value, unit);
}

/** `[38.0, 46.3]`; an end without a bound is a dash. */
export function relationInterval({ low, high }: { low: number | null; high: number | null }, unit: string): string {
  return low === null && high === null ? noNumber : `[${bareNumber(low, unit)}, ${bareNumber(high, unit)}]`;
}

/** A number beside the value, e.g. `τ: spread of logit p₀ over items: 0.92`. */
export function partText({ value, low, high, unit }: ReportRelation['parts'][number]): string {
  const interval = low === null && high === null ? '' : ` ${relationInterval({ low, high }, unit)}`;
  return `${relationValue(value, unit)}${interval}`;
}

/** What is missing and what a reader needs to know, a sentence each. */
export function relationRemarks({ none, notes }: ReportRelation): string[] {
  return [...(none === undefined ? [] : [`No value: ${none}.`]), ...notes];
}

/** `2 of 20`. */
export const answersText = ({ successes, trials }: { successes: number; trials: number }): string =>
  `${formatCount(successes)} of ${formatCount(trials)}`;
