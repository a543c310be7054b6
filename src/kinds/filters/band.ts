import Type from 'typebox';
import type { FilterCheck } from '../../contract/filter-kind.js';

/** Options of a filter that keeps what lies between two ends. */
export interface Band {
  min: number;
  max: number;
}

/** The keys `min` and `max`, each from 0 to 1. */
export const shareBand = (what: string, { min, max }: Band) =>
  Type.Object(
    {
      min: Type.Optional(
        Type.Number({ minimum: 0, maximum: 1, default: min, description: `Least ${what}, 0 to 1. Default ${min}` }),
      ),
      max: Type.Optional(
        Type.Number({ minimum: 0, maximum: 1, default: max, description: `Most ${what}, 0 to 1. Default ${max}` }),
      ),
    },
    { additionalProperties: false },
  );

/** The ends that are given, and for the others the defaults. */
export const bandOf = (options: object, defaults: Band): Band => {
  const { min, max } = options as Partial<Band>;
  return { min: min ?? defaults.min, max: max ?? defaults.max };
};

/** Reports ends that leave nothing between them. */
export function checkBand({ min, max }: Band, check: FilterCheck): void {
  if (min <= max) return;
  check.problem('BAD_OPTIONS', ['min'], `"min" (${min}) is above "max" (${max})`, 'no pair could pass');
}
