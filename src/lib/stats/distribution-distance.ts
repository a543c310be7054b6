import { KeyedRandom } from '../rng.js';

/** How two distributions over the same options are compared. */
export type DistanceKind = 'jensen_shannon' | 'wasserstein';

/**
 * Jensen–Shannon divergence with logarithms to base 2, so that its maximum is 1 (with natural logarithms it is ln 2).
 *
 * @param p shares that add up to 1
 * @param q alike
 */
export function jensenShannonDivergence(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < p.length; k++) {
    const middle = (p[k]! + q[k]!) / 2;
    if (p[k]! > 0) sum += (p[k]! / 2) * Math.log2(p[k]! / middle);
    if (q[k]! > 0) sum += (q[k]! / 2) * Math.log2(q[k]! / middle);
  }
  return Math.min(1, Math.max(0, sum));
}

/**
 * Distance of a model's answer shares from a population's, 0–1.
 *
 * `jensen_shannon`: the square root of the divergence (base 2), a metric. `wasserstein`: W₁ over options in their order,
 * one step apart, divided by the greatest possible, so 1 is from one end to the other.
 */
export function distributionDistance(kind: DistanceKind, p: Float64Array, q: Float64Array): number {
  if (kind === 'jensen_shannon') return Math.sqrt(jensenShannonDivergence(p, q));
  if (p.length < 2) return 0;
  let [below, wanted, sum] = [0, 0, 0];
  for (let k = 0; k < p.length - 1; k++) {
    below += p[k]!;
    wanted += q[k]!;
    sum += Math.abs(below - wanted);
  }
  return Math.min(1, sum / (p.length - 1));
}

/** Answer shares of one question with those that they are held against. */
export interface CountedShares {
  /** Of the model, counted on `draws` answers; infinite: known without chance. */
  p: Float64Array;
  q: Float64Array;
  draws: number;
  /** How much the question counts, > 0. */
  weight: number;
}

/** What chance adds to distances that are counted on few answers. */
export interface ChanceDistance {
  /** Mean distance at which a model would be found that answers exactly as the population does. */
  noise: number;
  /** Per question, how much larger its distance is to be expected than it would be without end. */
  excess: Float64Array;
}

/** Answers that are simulated for a question at most: above, chance adds next to nothing. */
const mostDraws = 1000;
const times = 20;

/**
 * By how much few answers make a model seem further away, by indirect inference: models that stand a share λ of the way
 * from the population to what was counted are asked (simulated) as often as the model was; the λ at which they seem as
 * far away on average as the model did tells how far away it is. Seeded: the same counts give the same numbers.
 */
export function chanceDistance(kind: DistanceKind, questions: readonly CountedShares[]): ChanceDistance {
  if (questions.length === 0) return { noise: 0, excess: new Float64Array(0) };
  const total = questions.reduce((sum, { weight }) => sum + weight, 0);
  const meanOf = (values: Float64Array) => values.reduce((sum, one, i) => sum + one * questions[i]!.weight, 0) / total;
  const seen = meanOf(Float64Array.from(questions, ({ p, q }) => distributionDistance(kind, p, q)));
  const expectedAt = (share: number) =>
    Float64Array.from(questions, (one, number) => expectedDistance(kind, { ...one, p: partWay(one, share) }, number));
  const noise = meanOf(expectedAt(0));
  let [low, high] = [0, 1];
  for (let step = 0; step < 10 && noise < seen; step++) {
    const middle = (low + high) / 2;
    if (meanOf(expectedAt(middle)) < seen) low = middle;
    else high = middle;
  }
  const share = noise < seen ? (low + high) / 2 : 0;
  const excess = expectedAt(share).map(
    (expected, i) => expected - distributionDistance(kind, partWay(questions[i]!, share), questions[i]!.q),
  );
  return { noise, excess };
}

const partWay = ({ p, q }: CountedShares, share: number): Float64Array =>
  p.map((one, k) => (1 - share) * q[k]! + share * one);

/** Mean distance over seeded samples; the same random numbers for every λ, so that the mean moves smoothly with it. */
function expectedDistance(kind: DistanceKind, { p, q, draws }: CountedShares, number: number): number {
  if (draws === Number.POSITIVE_INFINITY) return distributionDistance(kind, p, q);
  const n = Math.max(1, Math.min(mostDraws, Math.round(draws)));
  const random = new KeyedRandom(number, 'distance by chance', String(n));
  const counted = new Float64Array(p.length);
  let sum = 0;
  for (let time = 0; time < times; time++) {
    counted.fill(0);
    for (let draw = 0; draw < n; draw++) counted[drawnFrom(p, random.uniform())]! += 1 / n;
    sum += distributionDistance(kind, counted, q);
  }
  return sum / times;
}

function drawnFrom(shares: Float64Array, uniform: number): number {
  let below = 0;
  for (let k = 0; k < shares.length - 1; k++) {
    below += shares[k]!;
    if (uniform < below) return k;
  }
  return shares.length - 1;
}
