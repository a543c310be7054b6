/** Successes and trials of one condition. */
export interface Count {
  successes: number;
  trials: number;
}

/**
 * Chances of each number of successes in the first of two conditions if the condition made no difference: the successes of
 * both together, dealt out among all trials (hypergeometric).
 *
 * @returns the smallest possible number of successes, and the chance of it and of each greater one
 */
export function dealtSuccesses(first: Count, second: Count): { from: number; chances: Float64Array } {
  const total = first.successes + second.successes;
  const from = Math.max(0, total - second.trials);
  const to = Math.min(first.trials, total);
  const all = logChoose(first.trials + second.trials, total);
  const chances = new Float64Array(to - from + 1);
  for (let k = from; k <= to; k++)
    chances[k - from] = Math.exp(logChoose(first.trials, k) + logChoose(second.trials, total - k) - all);
  return { from, chances };
}

/** Fisher's exact test, one-sided: the chance of so many successes or more in the first condition, 0–1. */
export function fisherGreater(first: Count, second: Count): number {
  const { from, chances } = dealtSuccesses(first, second);
  let tail = 0;
  for (let i = chances.length - 1; i >= first.successes - from; i--) tail += chances[i]!;
  return Math.min(1, tail);
}

/** Chance that the first condition has the higher rate if the condition made no difference, given the successes of both. */
export function riseByChance(first: Count, second: Count): number {
  const { from, chances } = dealtSuccesses(first, second);
  const total = first.successes + second.successes;
  let risen = 0;
  chances.forEach((chance, i) => {
    // Cross-multiplied: rates of whole numbers compare without rounding.
    if ((from + i) * second.trials > (total - from - i) * first.trials) risen += chance;
  });
  return Math.min(1, risen);
}

/** The smallest p that so many trials can give: all of the first condition succeed and none of the second. */
export function smallestP(trials: number, otherTrials: number): number {
  return Math.exp(-logChoose(trials + otherTrials, trials));
}

const logFactorials: number[] = [0];

/** ln of n over k; sums of logarithms, kept from call to call. */
function logChoose(n: number, k: number): number {
  for (let i = logFactorials.length; i <= n; i++) logFactorials.push(logFactorials[i - 1]! + Math.log(i));
  return logFactorials[n]! - logFactorials[k]! - logFactorials[n - k]!;
}
