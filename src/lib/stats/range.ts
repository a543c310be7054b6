import type { Units } from '../../contract/metric-kind.js';

/** Smallest and largest value that a unit can have, `max` > `min`; an end may be infinite. */
export interface Range {
  min: number;
  max: number;
}

/** Range of units that do not state one: a share. */
export const shareRange: Range = { min: 0, max: 1 };

export function isBounded({ min, max }: Range): boolean {
  return Number.isFinite(min) && Number.isFinite(max);
}

/** Values moved from their range to [0, 1]; the same object where they are there already. */
export function toShare(units: Units, { min, max }: Range): Units {
  if (min === 0 && max === 1) return units;
  return { ...units, values: units.values.map((value) => (value - min) / (max - min)) };
}

/** The way back from [0, 1] to the range. */
export function fromShare(share: number, { min, max }: Range): number {
  return min + share * (max - min);
}
