import type { Better } from '../../../contract/eval-spec.js';
import type { Report } from '../../../contract/report.js';
import { formatDifference, formatInterval, formatValue } from './number-text.js';

export type GroupComparison = Report['groups'][number];
export type ComparedGroup = GroupComparison['groups'][number];

/** All group comparisons; none for a report that was written before there were any. */
export function groupComparisons(report: Report): GroupComparison[] {
  return (report as { groups?: GroupComparison[] }).groups ?? [];
}

/** Where groups are formed by several fields at once, this stands for a field. */
export const intersectionField = 'intersection';

/** A field as a reader may know it: groups by several fields have no field's name. */
export function fieldTitle(field: string): string {
  return field === intersectionField ? 'several attributes' : field;
}

/** Groups that the worst was picked from; pairs of them are what the widest gap was picked from. */
export function measuredGroups(comparison: Pick<GroupComparison, 'groups'>): number {
  return comparison.groups.filter(({ value, low }) => value !== null && low !== null).length;
}

/**
 * What may be claimed of a group after Holm over the groups of its field: that it is off from everyone, and in which
 * direction. Null where nothing may be.
 */
export function gapClaim(
  { gap, pAdjusted }: Pick<ComparedGroup, 'gap' | 'pAdjusted'>,
  level: number,
  better: Better,
): 'better' | 'worse' | 'higher' | 'lower' | null {
  if (gap === null || pAdjusted === null || pAdjusted >= 1 - level) return null;
  const direction = gap > 0 ? 'higher' : 'lower';
  if (better === 'none') return direction;
  return direction === better ? 'better' : 'worse';
}

/** Whether the interval of the widest gap, which holds for all pairs of groups at once, stays clear of zero. */
export function isWidestShown({ widest }: Pick<GroupComparison, 'widest'>): boolean {
  const { low = null, high = null } = widest ?? {};
  return low !== null && high !== null && (low > 0 || high < 0);
}

/** `Male, 16.3% [8.8, 28.2]`. */
export function worstText({ worst }: Pick<GroupComparison, 'worst'>, unit: string): string {
  if (worst === null) return '';
  return `${worst.label}, ${formatValue(worst.value, unit)} ${formatInterval(worst.low, worst.high, unit)}`;
}

/** `Female − Male = +0.2 pp [−7.0, 7.3]`. */
export function widestText({ widest }: Pick<GroupComparison, 'widest'>, unit: string): string {
  if (widest === null) return '';
  const { best, worst, difference, low, high } = widest;
  return `${best} − ${worst} = ${formatDifference(difference, unit)} ${formatInterval(low, high, unit)}`;
}
