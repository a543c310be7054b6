import Type from 'typebox';
import type { FilterCheck, FilterKind } from '../../contract/filter-kind.js';

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

/**
 * A filter of texts that keeps what lies in a band.
 * @param parts `reject` says why the two texts of a pair lie outside; null where they do not
 */
export const bandFilter = ({
  defaults,
  reject,
  ...kind
}: Pick<FilterKind, 'kind' | 'title' | 'options'> & {
  defaults: Band;
  reject(texts: { rejected: string; chosen: string }, band: Band): string | null;
}): FilterKind => ({
  ...kind,
  check: (options, check) => checkBand(bandOf(options, defaults), check),
  describe: (options) => ({ ...bandOf(options, defaults) }),
  create(options) {
    const band = bandOf(options, defaults);
    return { reject: (pair) => reject(pair, band) };
  },
});

/** The ends that are given, and for the others the defaults. */
const bandOf = (options: object, defaults: Band): Band => {
  const { min, max } = options as Partial<Band>;
  return { min: min ?? defaults.min, max: max ?? defaults.max };
};

/** Reports ends that leave nothing between them. */
function checkBand({ min, max }: Band, check: FilterCheck): void {
  if (min <= max) return;
  check.problem('BAD_OPTIONS', ['min'], `"min" (${min}) is above "max" (${max})`, 'no pair could pass');
}
