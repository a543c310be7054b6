/** Trials with a chance of success each, 0–1: `times[i]` trials succeed with `chances[i]`. */
export interface Trials {
  chances: readonly number[];
  times: readonly number[];
}

/** Chance that the first lot of independent trials has the higher share of successes. Exact; takes trials² steps. */
export function risenChance(first: Trials, second: Trials): number {
  const [a, b] = [successChances(first), successChances(second)];
  const [n, m] = [a.length - 1, b.length - 1];
  let risen = 0;
  a.forEach((chance, k) => {
    for (let l = 0; l <= m && l * n < k * m; l++) risen += chance * b[l]!;
  });
  return Math.min(1, risen);
}

/** Chance of each number of successes: one trial after the other is folded in. */
export function successChances({ chances, times }: Trials): Float64Array {
  const trials = times.reduce((sum, one) => sum + one, 0);
  const known = new Float64Array(trials + 1);
  known[0] = 1;
  let done = 0;
  chances.forEach((chance, i) => {
    for (let time = 0; time < times[i]!; time++) {
      done++;
      for (let k = done; k >= 1; k--) known[k] = known[k]! * (1 - chance) + known[k - 1]! * chance;
      known[0] = known[0]! * (1 - chance);
    }
  });
  return known;
}
