import { gaussHermite } from './gauss-hermite.js';

// Bound once: look-ups on the global object are slow in sandboxed contexts, and these run millions of times.
const { abs, exp, log, log1p, max, PI, sqrt, SQRT2 } = Math;

/** Successes and answers of one item, without the instruction and with it. */
export interface ItemAnswers {
  base: { successes: number; trials: number };
  other: { successes: number; trials: number };
}

/** α, β, μ, ln τ, ln ω. */
export type SlopeParameters = readonly [number, number, number, number, number];

/** ln of the likelihood of one item's counts (without the binomial coefficients), and its derivative by each parameter. */
export interface ItemLikelihood {
  log: number;
  score: Float64Array;
}

const size = 7;

/**
 * The marginal likelihood of one item under the structural model: η₀ = μ + τ·z, η₁ = α + β·η₀ + ω·ε with z, ε
 * standard normal, and answers binomial with chances logistic(η₀) and logistic(η₁). Adaptive Gauss–Hermite: 7 × 7 nodes
 * laid around the mode of the integrand by its curvature, so that items with hundreds of answers are integrated as
 * well as those with three. The integrand is log-concave, so there is one mode.
 *
 * Derivatives are expectations over (z, ε) given the answers, by the same nodes.
 */
export function itemLikelihood(answers: ItemAnswers, parameters: SlopeParameters): ItemLikelihood {
  const [alpha, beta, mu, logTau, logOmega] = parameters;
  const model: Model = { alpha, beta, mu, tau: exp(logTau), omega: exp(logOmega) };
  const at = modeOf(answers, model);
  const { nodes, weights } = gaussHermite(size);
  const { zz, ze, ee } = at.curvature;
  // Cholesky of the inverse curvature: (z, ε) = mode + √2 · C · x.
  const c11 = sqrt(ee / (zz * ee - ze * ze));
  const c21 = (-ze / ee) * c11;
  const c22 = sqrt(1 / ee);
  let mass = 0;
  const score = new Float64Array(5);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const [x, y] = [nodes[i]!, nodes[j]!];
      const z = at.z + SQRT2 * c11 * x;
      const e = at.e + SQRT2 * (c21 * x + c22 * y);
      const { log, eta0, r0, r1 } = pointAt(answers, model, z, e);
      const weight = weights[i]! * weights[j]! * exp(x * x + y * y + log - at.log);
      const ofEta0 = weight * (r0 + beta * r1);
      mass += weight;
      score[0]! += weight * r1;
      score[1]! += weight * r1 * eta0;
      score[2]! += ofEta0;
      score[3]! += ofEta0 * model.tau * z;
      score[4]! += weight * r1 * model.omega * e;
    }
  }
  for (let p = 0; p < 5; p++) score[p]! /= mass;
  return { log: at.log + log((mass * c11 * c22) / PI), score };
}

/** The parameters with the spreads themselves. */
interface Model {
  alpha: number;
  beta: number;
  mu: number;
  tau: number;
  omega: number;
}

/** The integrand at (z, ε) without 1/2π, and what its derivatives need. */
interface Point {
  log: number;
  eta0: number;
  /** Successes less those expected. */
  r0: number;
  r1: number;
  /** Variances of the binomial counts. */
  v0: number;
  v1: number;
}

function pointAt({ base, other }: ItemAnswers, { alpha, beta, mu, tau, omega }: Model, z: number, e: number): Point {
  const eta0 = mu + tau * z;
  const eta1 = alpha + beta * eta0 + omega * e;
  // One exponential for both ln(1 + eˣ) and the logistic, and neither overflows.
  const [e0, e1] = [exp(-abs(eta0)), exp(-abs(eta1))];
  const [soft0, soft1] = [max(eta0, 0) + log1p(e0), max(eta1, 0) + log1p(e1)];
  const [p0, p1] = [(eta0 >= 0 ? 1 : e0) / (1 + e0), (eta1 >= 0 ? 1 : e1) / (1 + e1)];
  const prior = -(z * z + e * e) / 2;
  return {
    log: prior + base.successes * eta0 - base.trials * soft0 + other.successes * eta1 - other.trials * soft1,
    eta0,
    r0: base.successes - base.trials * p0,
    r1: other.successes - other.trials * p1,
    v0: base.trials * p0 * (1 - p0),
    v1: other.trials * p1 * (1 - p1),
  };
}

interface Mode {
  z: number;
  e: number;
  log: number;
  /** Minus the second derivatives. */
  curvature: { zz: number; ze: number; ee: number };
}

/** Where the integrand is largest: Newton's steps, halved where they would overshoot. */
function modeOf(answers: ItemAnswers, model: Model): Mode {
  const { beta, tau, omega } = model;
  let [z, e] = [0, 0];
  let point = pointAt(answers, model, z, e);
  for (let step = 0; ; step++) {
    const curvature = {
      zz: 1 + tau * tau * (point.v0 + beta * beta * point.v1),
      ze: beta * tau * omega * point.v1,
      ee: 1 + omega * omega * point.v1,
    };
    const slopeZ = -z + tau * (point.r0 + beta * point.r1);
    const slopeE = -e + omega * point.r1;
    const determinant = curvature.zz * curvature.ee - curvature.ze * curvature.ze;
    const stepZ = (curvature.ee * slopeZ - curvature.ze * slopeE) / determinant;
    const stepE = (curvature.zz * slopeE - curvature.ze * slopeZ) / determinant;
    if (step === 60 || abs(stepZ) + abs(stepE) < 1e-6) return { z, e, log: point.log, curvature };
    let share = 1;
    let next = pointAt(answers, model, z + stepZ, e + stepE);
    while (next.log < point.log - 1e-12 && share > 1e-4) {
      share /= 2;
      next = pointAt(answers, model, z + share * stepZ, e + share * stepE);
    }
    [z, e, point] = [z + share * stepZ, e + share * stepE, next];
  }
}
