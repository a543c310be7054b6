import type { Interval } from '../../../contract/estimate.js';
import type { Units } from '../../../contract/metric-kind.js';
import { clusterCounts } from '../clustered-mean.js';
import { clusteredVariance } from '../clustered-variance.js';
import { clusteringOf } from '../clustering.js';
import { twoSidedQuantile } from '../distributions.js';
import { methodName, tooFewClusters } from '../method-name.js';
import { fitSlope, fitWithSlope, isAtHigh, isAtLow, SlopeModel, slopePlace } from './fit-slope.js';
import { curvatureAt, type Maximum } from './maximise.js';
import type { ItemAnswers } from './slope-likelihood.js';
import { cholesky, solveWith } from './solve.js';

/** Method of an interval that could not be had: the answers do not tell the number. */
export const notIdentified = 'none/not-identified';

/** The fitted model: logit p₁ = α + β·logit p₀ + ω·ε, logit p₀ = μ + τ·z. */
export interface SlopeFit {
  interval: Interval;
  /** Why there is no value. */
  none?: string;
  alpha?: number;
  mu?: number;
  tau?: number;
  omega?: number;
}

/** Fewest items with answers on both sides. */
const leastItems = 10;

/**
 * Slope of logit p₁ on logit p₀ over items whose chances are only known by a few answers each: a structural
 * errors-in-variables logistic model, by maximum marginal likelihood (`itemLikelihood`). A regression on the observed
 * rate p̂₀ would be flattened by its noise; this is not.
 *
 * Interval: all β whose profile likelihood lies within c·t²/2 of the maximum, c = V_clustered/V_model ≥ 1 (the likelihood
 * ratio scaled for clusters, Rotnitzky and Jewell 1990, Biometrika 77:485), t with the clusters' degrees of freedom.
 *
 * @param clusters of the items
 * @returns value null, with the reason, where the answers do not tell β; an end is null where it has no bound
 */
export function difficultySlope(items: readonly ItemAnswers[], clusters: Units['clusters'], level: number): SlopeFit {
  const units: Units = { values: new Float64Array(items.length), clusters };
  const clustering = clusteringOf(units);
  const shared = { level, n: items.length, clusters: items.length > 0 ? clusterCounts(units, clustering) : {} };
  const no = (none: string): SlopeFit => ({
    interval: { value: null, low: null, high: null, ...shared, method: notIdentified },
    none,
  });
  const fault = faultOf(items);
  if (fault !== null) return no(fault);
  const model = new SlopeModel(items);
  const fit = fitSlope(model);
  const unclear = unclearness(fit);
  if (unclear !== null) return no(unclear);
  const [alpha, value, mu, logTau, logOmega] = Array.from(fit.at) as [number, number, number, number, number];
  const parameters = { alpha, mu, tau: Math.exp(logTau), omega: Math.exp(logOmega) };
  const ends = { low: null, high: null, ...shared };
  if (clustering.df < 1) return { interval: { value, ...ends, method: tooFewClusters }, ...parameters };
  const spread = spreadOf(model, fit, (influences) => clusteredVariance(influences, clustering));
  if (spread === null) return { interval: { value, ...ends, method: notIdentified }, ...parameters };
  const quantile = twoSidedQuantile(level, clustering.df);
  const drop = (Math.max(1, spread.clustered / spread.model) * quantile ** 2) / 2;
  const reach = quantile * Math.sqrt(Math.max(spread.clustered, spread.model));
  const end = (direction: 1 | -1) => profileEnd({ model, fit, drop, step: direction * reach });
  return {
    interval: { value, low: end(-1), high: end(1), ...shared, method: methodName('profile-t', units, clustering) },
    ...parameters,
  };
}

/** What rules a fit out from the start. */
function faultOf(items: readonly ItemAnswers[]): string | null {
  if (items.length < leastItems)
    return `${items.length} items with answers in both arms; at least ${leastItems} are needed`;
  if (items.some(({ base, other }) => base.trials < 2 || other.trials < 2))
    return 'some items have one answer in an arm; at least two are needed to tell an item from chance';
  for (const [side, words] of [
    ['base', 'without the instruction'],
    ['other', 'with the instruction'],
  ] as const) {
    const successes = items.reduce((sum, item) => sum + item[side].successes, 0);
    const trials = items.reduce((sum, item) => sum + item[side].trials, 0);
    if (successes === 0) return `no answer ${words} counts`;
    if (successes === trials) return `every answer ${words} counts`;
  }
  return null;
}

function unclearness({ at, converged }: Maximum): string | null {
  if (isAtLow(at, slopePlace.logTau)) return 'items do not differ by more than chance without the instruction (τ ≈ 0)';
  if (!converged || isAtHigh(at, slopePlace.logTau)) return 'the likelihood has no maximum';
  return null;
}

/** Variance of β by the curvature, and by the clusters' scores; null where the curvature is none. */
function spreadOf(
  model: SlopeModel,
  { at }: Maximum,
  clustered: (influences: Float64Array) => number,
): { model: number; clustered: number } | null {
  // Where ω has run into its end, its derivative says nothing.
  const kept = isAtLow(at, slopePlace.logOmega) ? [0, 1, 2, 3] : [0, 1, 2, 3, 4];
  const factor = cholesky(curvatureAt((place) => model.total(place), at, kept));
  if (factor === null) return null;
  const row = solveWith(
    factor,
    Float64Array.from(kept, (p) => (p === slopePlace.beta ? 1 : 0)),
  );
  const influences = Float64Array.from(model.each(at), ({ score }) =>
    kept.reduce((sum, p, i) => sum + row[i]! * score[p]!, 0),
  );
  const independent = influences.reduce((sum, one) => sum + one * one, 0);
  return { model: row[slopePlace.beta]!, clustered: Math.max(independent, clustered(influences)) };
}

/** The β at which the profile has fallen by `drop`; null where it has not within eight times the expected reach. */
function profileEnd(look: { model: SlopeModel; fit: Maximum; drop: number; step: number }): number | null {
  const { model, fit, drop, step } = look;
  let from = fit.at;
  const excess = (beta: number): number => {
    const profile = fitWithSlope(model, beta, from);
    from = profile.at;
    return fit.value - profile.value - drop;
  };
  const centre = fit.at[slopePlace.beta]!;
  let [inside, below] = [centre, -drop];
  for (let times = 1; times <= 8; times *= 2) {
    const outside = centre + times * step;
    const above = excess(outside);
    if (above >= 0) return crossing(excess, [inside, below], [outside, above]);
    [inside, below] = [outside, above];
  }
  return null;
}

/** Root between a point below 0 and one above, by false position (Illinois), to a thousandth of the first distance. */
function crossing(of: (x: number) => number, inside: [number, number], outside: [number, number]): number {
  let [a, fa] = inside;
  let [b, fb] = outside;
  const enough = 1e-3 * Math.abs(b - a);
  for (let step = 0; step < 30 && Math.abs(b - a) > enough; step++) {
    const x = (a * fb - b * fa) / (fb - fa);
    const fx = of(x);
    if (Math.abs(fx) < 1e-4) return x;
    if (fx < 0) {
      [a, fa] = [x, fx];
      fb /= 2;
    } else {
      [b, fb] = [x, fx];
      fa /= 2;
    }
  }
  return (a * fb - b * fa) / (fb - fa);
}
