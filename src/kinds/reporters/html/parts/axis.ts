import { bareNumber, isShare } from '../../shared/number-text.js';

/** A horizontal scale: where it begins and ends, and which numbers are marked. */
export interface Axis {
  from: number;
  to: number;
  ticks: number[];
}

/** Shares run from 0 to 1; everything else from the lowest to the highest end in sight, rounded outwards. */
export function valueAxis(unit: string, ends: (number | null)[]): Axis {
  if (isShare(unit)) return { from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1] };
  const known = ends.filter((end) => end !== null);
  if (known.length === 0) return { from: 0, to: 1, ticks: [0, 1] };
  const low = Math.min(...known);
  const step = niceStep((Math.max(...known) - low || Math.abs(low) || 1) / 4);
  return stepped(Math.floor(low / step) * step, Math.ceil(Math.max(...known) / step) * step, step);
}

/** Symmetric around zero and wide enough for all ends. */
export function differenceAxis(ends: (number | null)[]): Axis {
  const reach = Math.max(0, ...ends.map((end) => Math.abs(end ?? 0))) || 1;
  const step = niceStep(reach / 2);
  const to = Math.ceil(reach / step) * step;
  return stepped(-to, to, step);
}

/** Place of a value on the axis as a share of its length, kept inside it. */
export function shareOf(axis: Axis, value: number): number {
  return Math.min(1, Math.max(0, (value - axis.from) / (axis.to - axis.from || 1)));
}

/** The same in percent. */
export function placeOn(axis: Axis, value: number): string {
  return `${(shareOf(axis, value) * 100).toFixed(2)}%`;
}

/** `50` or `2.5`: a tick's number without digits that say nothing. */
export function tickText(value: number, unit: string): string {
  return bareNumber(value, unit).replace(/\.?0+$/, (zeros) => (zeros.startsWith('.') ? '' : zeros));
}

// Below this no difference is visible in print.
const smallestStep = 1e-6;

function niceStep(wanted: number): number {
  const rough = Math.max(wanted, smallestStep);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((candidate) => candidate * power >= rough * 0.999) ?? 10;
  return factor * power;
}

function stepped(from: number, to: number, step: number): Axis {
  const count = Math.max(1, Math.round((to - from) / step));
  return { from, to: from + count * step, ticks: Array.from({ length: count + 1 }, (_, i) => from + i * step) };
}
