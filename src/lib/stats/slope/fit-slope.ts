import { type Bounds, type Maximum, maximise } from './maximise.js';
import { type ItemAnswers, type ItemLikelihood, itemLikelihood, type SlopeParameters } from './slope-likelihood.js';

/** Places of the parameters. */
export const slopePlace = { alpha: 0, beta: 1, mu: 2, logTau: 3, logOmega: 4 } as const;

/** Items with the same counts share one likelihood. */
export class SlopeModel {
  readonly #patterns: { answers: ItemAnswers; times: number }[] = [];
  /** Which pattern each item has. */
  readonly #patternOf: Int32Array;

  constructor(readonly items: readonly ItemAnswers[]) {
    const places = new Map<string, number>();
    this.#patternOf = Int32Array.from(items, ({ base, other }) => {
      const key = [base.successes, base.trials, other.successes, other.trials].join('/');
      const place = places.get(key) ?? this.#patterns.length;
      if (place === this.#patterns.length) this.#patterns.push({ answers: { base, other }, times: 0 });
      places.set(key, place);
      this.#patterns[place]!.times++;
      return place;
    });
  }

  /** ln of the likelihood of all items, and its derivatives. */
  total(at: Float64Array): { value: number; gradient: Float64Array } {
    let value = 0;
    const gradient = new Float64Array(5);
    for (const { answers, times } of this.#patterns) {
      const { log, score } = itemLikelihood(answers, parametersOf(at));
      value += times * log;
      for (let p = 0; p < 5; p++) gradient[p] = gradient[p]! + times * score[p]!;
    }
    return { value, gradient };
  }

  /** Of each item. */
  each(at: Float64Array): ItemLikelihood[] {
    const known = this.#patterns.map(({ answers }) => itemLikelihood(answers, parametersOf(at)));
    return Array.from(this.#patternOf, (place) => known[place]!);
  }
}

const parametersOf = (at: Float64Array): SlopeParameters => [at[0]!, at[1]!, at[2]!, at[3]!, at[4]!];

/** τ below 0.05 or above 10, and ω below 0.02 or above 10, are as good as none or all there is. */
const low = Float64Array.of(-20, -20, -10, Math.log(0.05), Math.log(0.02));
const high = Float64Array.of(20, 20, 10, Math.log(10), Math.log(10));

/** Whether a spread (its logarithm) has run into its lower end. */
export const isAtLow = (at: Float64Array, place: number): boolean => at[place]! < low[place]! + 1e-3;
/** Whether it has run into its upper end. */
export const isAtHigh = (at: Float64Array, place: number): boolean => at[place]! > high[place]! - 1e-3;

const allFree = [0, 1, 2, 3, 4];

/** The maximum of the likelihood, climbed to from the moments of the empirical logits. */
export function fitSlope(model: SlopeModel): Maximum {
  const bounds: Bounds = { free: allFree, low, high };
  const first = maximise((at) => model.total(at), momentStart(model.items), bounds);
  if (first.converged) return first;
  const flat = momentStart(model.items);
  flat[slopePlace.beta] = 1;
  const second = maximise((at) => model.total(at), flat, bounds);
  return second.converged || second.value > first.value ? second : first;
}

/** The same with β held. @param from where to begin */
export function fitWithSlope(model: SlopeModel, beta: number, from: Float64Array): Maximum {
  const start = Float64Array.from(from);
  start[slopePlace.beta] = beta;
  return maximise((at) => model.total(at), start, { free: [0, 2, 3, 4], low, high }, 1e-4);
}

/** Moments of logits of counts with half a success and half a failure added, less what chance adds to their spread. */
function momentStart(items: readonly ItemAnswers[]): Float64Array {
  const logit = ({ successes, trials }: ItemAnswers['base']) =>
    Math.log((successes + 0.5) / (trials - successes + 0.5));
  const noise = ({ successes, trials }: ItemAnswers['base']) => 1 / (successes + 0.5) + 1 / (trials - successes + 0.5);
  const mean = (of: (item: ItemAnswers) => number) => items.reduce((sum, item) => sum + of(item), 0) / items.length;
  const mu = mean(({ base }) => logit(base));
  const eta1 = mean(({ other }) => logit(other));
  const spread = mean(({ base }) => (logit(base) - mu) ** 2) - mean(({ base }) => noise(base));
  const tau2 = Math.max(0.25, spread);
  const together = mean(({ base, other }) => (logit(base) - mu) * (logit(other) - eta1));
  const beta = Math.min(3, Math.max(-3, together / tau2));
  const spread1 = mean(({ other }) => (logit(other) - eta1) ** 2) - mean(({ other }) => noise(other));
  const omega2 = Math.max(0.1, spread1 - beta * beta * tau2);
  return Float64Array.of(eta1 - beta * mu, beta, mu, Math.log(tau2) / 2, Math.log(omega2) / 2);
}
