import type { Condition, Intersection } from '../../contract/eval-spec.js';
import { numberOf } from '../../lib/natural-order.js';
import type { FieldValues } from './field-values.js';
import type { Group } from './groups.js';

/** Under which name a report lists groups by several fields. */
export const intersectionField = 'intersection';

/** The pairs of each intersection; those that nobody falls into are there too, without pairs. */
export function intersectionGroups(
  intersections: readonly Intersection[],
  pairs: number,
  fieldOf: (field: string) => FieldValues,
  provider: number,
): Group[] {
  return intersections.map(({ name, where }) => {
    const holds = where.map((condition) => {
      const values = fieldOf(condition.field);
      const byRow = values.rows.map((text) => text !== null && meets(text, condition));
      return (pair: number) => byRow[values.rowOf(pair, provider)] ?? false;
    });
    const members: number[] = [];
    for (let pair = 0; pair < pairs; pair++) if (holds.every((one) => one(pair))) members.push(pair);
    return { label: name, pairs: Int32Array.from(members) };
  });
}

function meets(text: string, { values, from, to }: Condition): boolean {
  if (values !== undefined && !values.some((value) => String(value) === text)) return false;
  if (from === undefined && to === undefined) return true;
  const number = numberOf(text);
  return number !== null && number >= (from ?? Number.NEGATIVE_INFINITY) && number <= (to ?? Number.POSITIVE_INFINITY);
}
