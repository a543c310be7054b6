import type { Ends } from './wilson.js';

/** An estimate ≥ 0 with the ends of its own interval, which hold it. */
export interface BoundedEstimate extends Ends {
  value: number;
}

/**
 * Interval of the ratio a/b from the intervals of its two sides: MOVER-R, the "method of variance estimates recovery" for
 * ratios (Donner and Zou 2012, Statistical Methods in Medical Research 21:347). It asks for which ratios R the interval of
 * a − R·b would just end at 0, with the distance from an estimate to its own end as that side's spread. So it takes over
 * the lopsidedness of both sides: the interval has width where a is 0.
 *
 * @param a numerator, ≥ 0, low ≥ 0
 * @param b denominator, > 0, low ≥ 0
 * @param correlation of the two estimates, −1 to 1; 0 for independent ones
 * @returns ends ≥ 0; `high` is infinite where the denominator's own interval reaches 0
 */
export function ratioEnds(a: BoundedEstimate, b: BoundedEstimate, correlation: number): Ends {
  const ratio = a.value / b.value;
  const lower = crossing(0, ratio, (at) => gap(at, a, b, [a.value - a.low, b.high - b.value], correlation));
  const upperGap = (at: number) => gap(at, a, b, [a.high - a.value, b.value - b.low], correlation);
  if (b.low <= 0) return { low: lower, high: Number.POSITIVE_INFINITY };
  let far = 2 * ratio + 1;
  for (let doubling = 0; upperGap(far) < 0; doubling++) {
    if (doubling === 60) return { low: lower, high: Number.POSITIVE_INFINITY };
    far *= 2;
  }
  return { low: lower, high: crossing(far, ratio, upperGap) };
}

type Estimates = [a: BoundedEstimate, b: BoundedEstimate, spreads: readonly [number, number], correlation: number];

/** How far a − R·b lies from 0, less the reach of its interval towards 0: negative where the interval holds 0. */
function gap(ratio: number, ...[a, b, [ofA, ofB], correlation]: Estimates): number {
  const variance = ofA ** 2 + (ratio * ofB) ** 2 - 2 * correlation * ratio * ofA * ofB;
  return Math.abs(a.value - ratio * b.value) - Math.sqrt(Math.max(0, variance));
}

/** Where `gap` turns from ≥ 0 (at `outside`) to negative (at `inside`), bisected. */
function crossing(outside: number, inside: number, gapAt: (ratio: number) => number): number {
  let [miss, fit] = [outside, inside];
  for (let step = 0; step < 80; step++) {
    const middle = (miss + fit) / 2;
    if (gapAt(middle) < 0) fit = middle;
    else miss = middle;
  }
  return (miss + fit) / 2;
}
