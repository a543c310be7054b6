import { exactMcNemar } from '../../../lib/stats/exact-mcnemar.js';
import type { SliceValues } from './slice-values.js';

/** Units of a binary metric that are 0 or 1 in both runs, and which of them changed. */
export interface Flips {
  /** 0 in A and 1 in B. */
  up: number;
  /** 1 in A and 0 in B. */
  down: number;
  /** Units that are 0 or 1 in both; a unit whose repeats disagree is neither. */
  n: number;
  /** Exact McNemar: two-sided p of flips being as likely up as down; 1 without flips. */
  p: number;
}

/** Whether a value of a binary metric is decided. */
export const isDecided = (value: number): boolean => value === 0 || value === 1;

export function countFlips({ a, b }: SliceValues): Flips {
  let up = 0;
  let down = 0;
  let n = 0;
  for (let pair = 0; pair < a.values.length; pair++) {
    if (a.scored[pair] === 0) continue;
    const [from, to] = [a.values[pair]!, b.values[pair]!];
    if (!isDecided(from) || !isDecided(to)) continue;
    n++;
    if (to > from) up++;
    else if (to < from) down++;
  }
  return { up, down, n, p: exactMcNemar(up, down) };
}
