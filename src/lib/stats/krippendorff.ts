/** How far two values are apart: not equal; by the values between them; by their difference; by their ratio. */
export type MeasurementLevel = 'nominal' | 'ordinal' | 'interval' | 'ratio';

/** Coincidences of values within units: `counts[i * size + j]`, symmetric, as Krippendorff (2011) lays them out. */
export interface Coincidences {
  /** The values, ascending where they are ordered. */
  values: readonly number[];
  counts: Float64Array;
  /** Values that can be paired: the sum of the counts, unless they are weighted. */
  n: number;
}

/**
 * Krippendorff's α: 1 − observed over expected disagreement, for any number of raters, with gaps.
 *
 * @returns null where nothing can be paired, or where all values are the same (0/0)
 */
export function krippendorffAlpha({ values, counts, n }: Coincidences, level: MeasurementLevel): number | null {
  const size = values.length;
  const totals = new Float64Array(size);
  let sum = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) totals[i]! += counts[i * size + j]!;
    sum += totals[i]!;
  }
  if (!(sum > 0) || n < 2) return null;
  const distance = distanceOf(values, totals, level);
  let observed = 0;
  let expected = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      if (i === j) continue;
      const apart = distance(i, j);
      observed += counts[i * size + j]! * apart;
      expected += totals[i]! * totals[j]! * apart;
    }
  }
  if (!(expected > 0)) return null;
  // Counts are scaled to n, so that weights without a scale give what counts would.
  return 1 - ((n - 1) / n) * ((sum * observed) / expected);
}

function distanceOf(
  values: readonly number[],
  totals: Float64Array,
  level: MeasurementLevel,
): (i: number, j: number) => number {
  if (level === 'nominal') return () => 1;
  if (level === 'interval') return (i, j) => (values[i]! - values[j]!) ** 2;
  if (level === 'ratio') {
    return (i, j) => {
      const both = values[i]! + values[j]!;
      return both === 0 ? 0 : ((values[i]! - values[j]!) / both) ** 2;
    };
  }
  const below = new Float64Array(totals.length + 1);
  for (let i = 0; i < totals.length; i++) below[i + 1] = below[i]! + totals[i]!;
  return (i, j) => {
    const [low, high] = i < j ? [i, j] : [j, i];
    const between = below[high + 1]! - below[low]! - (totals[low]! + totals[high]!) / 2;
    return between ** 2;
  };
}

/** Coincidences of units, each a list of its raters' values; units with fewer than two values add nothing. */
export function coincidencesOf(units: readonly (readonly number[])[]): Coincidences {
  const pairable = units.filter((unit) => unit.length > 1);
  const values = [...new Set(pairable.flat())].sort((a, b) => a - b);
  const places = new Map(values.map((value, place) => [value, place]));
  const counts = new Float64Array(values.length ** 2);
  for (const unit of pairable) {
    unit.forEach((one, a) => {
      unit.forEach((other, b) => {
        if (a !== b) counts[places.get(one)! * values.length + places.get(other)!]! += 1 / (unit.length - 1);
      });
    });
  }
  return { values, counts, n: pairable.reduce((sum, unit) => sum + unit.length, 0) };
}
