import { cholesky, type Symmetric, solveWith } from './solve.js';

/** A function of a few parameters with its derivatives. */
export type Climbed = (at: Float64Array) => { value: number; gradient: Float64Array };

/** Where the search may go: the parameters that move, and the ends of each. */
export interface Bounds {
  free: readonly number[];
  low: Float64Array;
  high: Float64Array;
}

/** Where a function is largest, as far as the search came. */
export interface Maximum {
  at: Float64Array;
  value: number;
  gradient: Float64Array;
  converged: boolean;
}

const mostSteps = 100;

/**
 * Newton's method with a curvature from differences of gradients, damped until a step gains (Levenberg–Marquardt).
 * @param enough a step that gains less than this is the last one
 */
export function maximise(climbed: Climbed, start: Float64Array, bounds: Bounds, enough = 1e-9): Maximum {
  let at = within(start, bounds);
  let here = climbed(at);
  let damping = 1e-3;
  for (let step = 0; step < mostSteps; step++) {
    const curvature = roughCurvature(climbed, at, here.gradient, bounds);
    let gain = 0;
    while (gain <= 0 && damping < 1e8) {
      const next = within(stepped(at, here.gradient, damped(curvature, damping), bounds), bounds);
      const there = climbed(next);
      gain = there.value - here.value;
      damping = gain > 0 ? Math.max(1e-9, damping / 10) : damping * 10;
      if (gain > 0) [at, here] = [next, there];
    }
    if (gain <= 0) return { at, ...here, converged: isFlat(here.gradient, curvature, at, bounds) };
    if (gain < enough) return { at, ...here, converged: true };
  }
  return { at, ...here, converged: false };
}

/** Whether the directions that are still open promise less than a thousandth, each alone. */
function isFlat(gradient: Float64Array, curvature: Symmetric, at: Float64Array, { free, low, high }: Bounds): boolean {
  return free.every((p, i) => {
    const atEnd = gradient[p]! > 0 ? at[p]! >= high[p]! - 1e-9 : at[p]! <= low[p]! + 1e-9;
    return atEnd || gradient[p]! ** 2 / (2 * Math.max(1, curvature[i]![i]!)) < 1e-3;
  });
}

function within(at: Float64Array, { low, high }: Bounds): Float64Array {
  return at.map((value, p) => Math.min(high[p]!, Math.max(low[p]!, value)));
}

function damped(curvature: Symmetric, damping: number): Symmetric {
  return curvature.map((row, i) => {
    const own = Float64Array.from(row);
    own[i] = own[i]! + damping * Math.max(1, Math.abs(own[i]!));
    return own;
  });
}

/** At most 1 in each parameter; straight up where the curvature is no hill. */
function stepped(at: Float64Array, gradient: Float64Array, hill: Symmetric, { free }: Bounds): Float64Array {
  const factor = cholesky(hill);
  const up = Float64Array.from(free, (p) => gradient[p]!);
  const step = factor === null ? up.map((slope, i) => slope / (Math.abs(hill[i]![i]!) + 1)) : solveWith(factor, up);
  const next = Float64Array.from(at);
  free.forEach((p, i) => {
    next[p] = next[p]! + Math.min(1, Math.max(-1, step[i]!));
  });
  return next;
}

const width = 1e-4;

/** The same as `curvatureAt` to fewer digits, by differences to one side: enough to step by. */
function roughCurvature(climbed: Climbed, at: Float64Array, gradient: Float64Array, { free }: Bounds): Symmetric {
  const rows = free.map((p) => {
    const up = climbed(moved(at, p, width)).gradient;
    return Float64Array.from(free, (q) => (gradient[q]! - up[q]!) / width);
  });
  return evened(rows);
}

/** Minus the second derivatives by some parameters, by central differences of the gradient. */
export function curvatureAt(climbed: Climbed, at: Float64Array, by: readonly number[]): Symmetric {
  const rows = by.map((p) => {
    const [up, down] = [climbed(moved(at, p, width)).gradient, climbed(moved(at, p, -width)).gradient];
    return Float64Array.from(by, (q) => (down[q]! - up[q]!) / (2 * width));
  });
  return evened(rows);
}

function moved(at: Float64Array, place: number, by: number): Float64Array {
  const there = Float64Array.from(at);
  there[place] = there[place]! + by;
  return there;
}

const evened = (rows: Float64Array[]): Symmetric =>
  rows.map((row, i) => row.map((value, j) => (value + rows[j]![i]!) / 2));
