import type { KeyedRandom } from '../rng.js';

/**
 * Binomial counts by inversion from the mode: outcomes are tried in the order mode, mode + 1, mode − 1, … until their
 * probabilities exceed one uniform number (Kemp, "A modal method for generating binomial variables", 1986). Exact, and
 * about √(n p q) steps a draw.
 */
export class BinomialSampler {
  /** ln k! for k = 0 … `largest`. */
  readonly #logFactorials: Float64Array;

  /** @param largest greatest number of trials that will be asked for, ≥ 0 */
  constructor(readonly largest: number) {
    this.#logFactorials = new Float64Array(largest + 1);
    for (let k = 1; k <= largest; k++) this.#logFactorials[k] = this.#logFactorials[k - 1]! + Math.log(k);
  }

  /** Successes in `trials` (0 … `largest`) draws of chance `p` (0–1). */
  draw(trials: number, p: number, random: KeyedRandom): number {
    if (trials === 0 || p <= 0) return 0;
    if (p >= 1) return trials;
    const odds = p / (1 - p);
    const mode = Math.min(trials, Math.floor((trials + 1) * p));
    const atMode = this.#probability(mode, trials, p);
    let left = random.uniform() - atMode;
    let up = mode;
    let down = mode;
    let atUp = atMode;
    let atDown = atMode;
    while (left >= 0) {
      if (up === trials && down === 0) return mode;
      if (up < trials) {
        atUp *= (odds * (trials - up)) / (up + 1);
        up++;
        left -= atUp;
        if (left < 0) return up;
      }
      if (down > 0) {
        atDown *= down / (odds * (trials - down + 1));
        down--;
        left -= atDown;
        if (left < 0) return down;
      }
      // Rounding can leave a sliver of probability that no outcome claims.
      if (atUp < 1e-18 && atDown < 1e-18) return mode;
    }
    return mode;
  }

  #probability(k: number, trials: number, p: number): number {
    const logs = this.#logFactorials;
    const choose = logs[trials]! - logs[k]! - logs[trials - k]!;
    return Math.exp(choose + k * Math.log(p) + (trials - k) * Math.log1p(-p));
  }
}
