import type { MetricSpec } from '../../contract/eval-spec.js';
import type { FieldValues } from './field-values.js';
import { type Group, groupPairs } from './groups.js';
import { intersectionField, intersectionGroups } from './intersections.js';

/** The groups of one field, or the intersections of a metric. */
export interface GroupFamily {
  field: string;
  /**
   * Cluster field that is left out: a group that is a cluster of the metric (an estimate for one domain, where domains are
   * clusters) is what the number is about, not a sample of its kind.
   */
  without?: string;
  groups: Group[];
}

/** All groups that a metric is given for, in the order of a report. */
export function groupFamilies(
  { by, intersections }: Pick<MetricSpec, 'by' | 'intersections'>,
  pairs: number,
  fieldOf: (field: string) => FieldValues,
  provider: number,
): GroupFamily[] {
  const byField = by.map((one) => ({
    field: one.field,
    without: one.field,
    groups: groupPairs(pairs, one, fieldOf(one.field), provider),
  }));
  if (intersections === undefined) return byField;
  return [
    ...byField,
    { field: intersectionField, groups: intersectionGroups(intersections, pairs, fieldOf, provider) },
  ];
}
