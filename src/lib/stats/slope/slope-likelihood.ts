import { gaussHermite } from './gauss-hermite.js';

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
  const at = modeOf(answers, parameters);
  const { nodes, weights } = gaussHermite(size);
  const { zz, ze, ee } = at.curvature;
  // Cholesky of the inverse curvature: (z, ε) = mode + √2 · C · x.
  const determinant = zz * ee - ze * ze;
  const c11 = Math.sqrt(ee / determinant);
  const c21 = -ze / determinant / c11;
  const c22 = Math.sqrt(1 / ee);
  let mass = 0;
  const score = new Float64Array(5);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const [x, y] = [nodes[i]!, nodes[j]!];
      const z = at.z + Math.SQRT2 * c11 * x;
      const e = at.e + Math.SQRT2 * (c21 * x + c22 * y);
      const point = pointAt(answers, parameters, z, e);
      const weight = weights[i]! * weights[j]! * Math.exp(x * x + y * y + point.log - at.log);
      mass += weight;
      addScore(score, weight, parameters, point, z, e);
    }
  }
  for (let p = 0; p < 5; p++) score[p] = score[p]! / mass;
  return { log: at.log + Math.log((mass * c11 * c22) / Math.PI), score };
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

function pointAt({ base, other }: ItemAnswers, parameters: SlopeParameters, z: number, e: number): Point {
  const [alpha, beta, mu, logTau, logOmega] = parameters;
  const eta0 = mu + Math.exp(logTau) * z;
  const eta1 = alpha + beta * eta0 + Math.exp(logOmega) * e;
  // One exponential for both ln(1 + eˣ) and the logistic, and neither overflows.
  const [e0, e1] = [Math.exp(-Math.abs(eta0)), Math.exp(-Math.abs(eta1))];
  const [soft0, soft1] = [Math.max(eta0, 0) + Math.log1p(e0), Math.max(eta1, 0) + Math.log1p(e1)];
  const [p0, p1] = [(eta0 >= 0 ? 1 : e0) / (1 + e0), (eta1 >= 0 ? 1 : e1) / (1 + e1)];
  return {
    log:
      -(z * z + e * e) / 2 +
      base.successes * eta0 -
      base.trials * soft0 +
      other.successes * eta1 -
      other.trials * soft1,
    eta0,
    r0: base.successes - base.trials * p0,
    r1: other.successes - other.trials * p1,
    v0: base.trials * p0 * (1 - p0),
    v1: other.trials * p1 * (1 - p1),
  };
}

function addScore(
  score: Float64Array,
  weight: number,
  [, beta, , logTau, logOmega]: SlopeParameters,
  ...[{ eta0, r0, r1 }, z, e]: [Point, number, number]
): void {
  const ofEta0 = r0 + beta * r1;
  score[0]! += weight * r1;
  score[1]! += weight * r1 * eta0;
  score[2]! += weight * ofEta0;
  score[3]! += weight * ofEta0 * Math.exp(logTau) * z;
  score[4]! += weight * r1 * Math.exp(logOmega) * e;
}

interface Mode {
  z: number;
  e: number;
  log: number;
  /** Minus the second derivatives. */
  curvature: { zz: number; ze: number; ee: number };
}

/** Where the integrand is largest: Newton's steps, halved where they would overshoot. */
function modeOf(answers: ItemAnswers, parameters: SlopeParameters): Mode {
  const [, beta, , logTau, logOmega] = parameters;
  const [tau, omega] = [Math.exp(logTau), Math.exp(logOmega)];
  let [z, e] = [0, 0];
  let point = pointAt(answers, parameters, z, e);
  for (let step = 0; ; step++) {
    const curvature = {
      zz: 1 + tau * tau * (point.v0 + beta * beta * point.v1),
      ze: beta * tau * omega * point.v1,
      ee: 1 + omega * omega * point.v1,
    };
    const slopeZ = -z + tau * (point.r0 + beta * point.r1);
    const slopeE = -e + omega * point.r1;
    const determinant = curvature.zz * curvature.ee - curvature.ze ** 2;
    const stepZ = (curvature.ee * slopeZ - curvature.ze * slopeE) / determinant;
    const stepE = (curvature.zz * slopeE - curvature.ze * slopeZ) / determinant;
    if (step === 60 || Math.abs(stepZ) + Math.abs(stepE) < 1e-9) return { z, e, log: point.log, curvature };
    let share = 1;
    let next = pointAt(answers, parameters, z + stepZ, e + stepE);
    while (next.log < point.log - 1e-12 && share > 1e-4) {
      share /= 2;
      next = pointAt(answers, parameters, z + share * stepZ, e + share * stepE);
    }
    [z, e, point] = [z + share * stepZ, e + share * stepE, next];
  }
}
