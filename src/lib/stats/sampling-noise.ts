import { KeyedRandom } from '../rng.js';
import { BinomialSampler } from './binomial-sampler.js';

const draws = 2000;
const quantile = 0.99;

/**
 * How far a sample lies from its own population by chance alone: the 99th percentile of the total-variation distance
 * between `shares` and the frequencies of `n` independent draws from them. Found by 2,000 simulated samples with a fixed
 * seed, each a multinomial count made of conditional binomials; so the same shares and n give the same bits. Its own
 * simulation error is about 2 % of the value.
 * @param shares category → share, 0–1; they are scaled to add up to 1
 * @param n people drawn, a whole number ≥ 1
 * @returns 0–1; 0 where there is one category only
 */
export function samplingNoise(shares: { [category: string]: number }, n: number): number {
  // Largest first: what is left then soon is nothing, and the many small categories cost little.
  const sorted = Object.values(shares)
    .filter((share) => share > 0)
    .sort((a, b) => b - a);
  const total = sorted.reduce((sum, share) => sum + share, 0);
  if (sorted.length < 2 || !(n >= 1)) return 0;
  const parts = sorted.map((share) => share / total);
  const random = new KeyedRandom(n, 'sampling noise', String(parts.length));
  const sampler = new BinomialSampler(n);
  const distances = Float64Array.from({ length: draws }, () => distanceOfOneSample(parts, sampler, random)).sort();
  return distances[Math.ceil(quantile * draws) - 1]!;
}

function distanceOfOneSample(parts: readonly number[], sampler: BinomialSampler, random: KeyedRandom): number {
  const n = sampler.largest;
  let peopleLeft = n;
  let shareLeft = 1;
  let sum = 0;
  for (let index = 0; index < parts.length; index++) {
    const share = parts[index]!;
    const isLast = index === parts.length - 1;
    const count = isLast ? peopleLeft : sampler.draw(peopleLeft, Math.min(1, share / shareLeft), random);
    sum += Math.abs(count / n - share);
    peopleLeft -= count;
    shareLeft -= share;
  }
  return sum / 2;
}
