import type { MetricSpec } from '../contract/eval-spec.js';
import type { UnitMetricKind } from '../contract/metric-kind.js';
import { binomialCdf } from '../lib/stats/distributions.js';
import type { PlantedScore, PlantedScores } from './planted-scores.js';

/** What pairs come to, or why that cannot be told. */
export type PlantedMean = { planted: number } | { planted: null; none: string };

/** The expected value of every pair of one metric, provider and arm, where the metric is a mean of unit values. */
export class PlantedPairs {
  /** NaN where the pair is not scored. */
  readonly values: Float64Array;
  /** Scored repeats of each pair. */
  readonly repeats: Int32Array;
  #none: string | null = null;

  constructor(
    readonly metric: MetricSpec,
    private readonly kind: UnitMetricKind,
    pairs: number,
  ) {
    this.values = new Float64Array(pairs).fill(Number.NaN);
    this.repeats = new Int32Array(pairs);
  }

  /** Why no value can be told; null where they can. */
  get none(): string | null {
    return this.#none;
  }

  /** @param repeats of the pair that were scored */
  add(scores: PlantedScores | null, pair: number, repeats: number): void {
    if (scores === null) return;
    if ('none' in scores) {
      this.#none ??= scores.none;
      return;
    }
    const value = this.#expected(scores);
    if (value === null) return;
    const ofRepeats = this.kind.ofRepeats ? this.#ofRepeats(value, repeats) : value;
    this.repeats[pair] = repeats;
    if (ofRepeats !== null) this.values[pair] = ofRepeats;
  }

  /** Mean of what the metric counts, over the scores that it counts; null if it counts none of them. */
  #expected(scores: readonly PlantedScore[]): number | null {
    let sum = 0;
    let counted = 0;
    for (const { score, share } of scores) {
      const value = this.kind.valueOf(score, this.metric.options);
      if (value === null) continue;
      sum += share * value;
      counted += share;
    }
    return counted === 0 ? null : sum / counted;
  }

  /** Expected value of independent repeats that succeed with this probability. */
  #ofRepeats(success: number, repeats: number): number | null {
    let expected = 0;
    for (let successes = 0; successes <= repeats; successes++) {
      const values = Array.from({ length: repeats }, (_, i) => (i < successes ? 1 : 0));
      const value = this.kind.ofRepeats!(values, this.metric.options);
      if (value === null) return null;
      const below = successes === 0 ? 0 : binomialCdf(successes - 1, repeats, success);
      expected += value * (binomialCdf(successes, repeats, success) - below);
    }
    return expected;
  }

  /**
   * A mean over a part of the pairs would be that of another question, so one pair without a value is enough for none.
   * @param among numbers of the pairs that count; default all
   */
  mean(weightOf: (pair: number) => number, among?: Int32Array): PlantedMean {
    return this.#meanOf((pair) => this.values[pair]!, weightOf, among);
  }

  /** Mean of the differences to another slice, over the pairs that both have scored. */
  difference(from: PlantedPairs, weightOf: (pair: number) => number): PlantedMean {
    if (from.#none !== null) return { planted: null, none: from.#none };
    return this.#meanOf((pair) => this.values[pair]! - from.values[pair]!, weightOf);
  }

  #meanOf(
    numberOf: (pair: number) => number,
    weightOf: (pair: number) => number,
    among: Int32Array = Int32Array.from(this.values.keys()),
  ): PlantedMean {
    if (this.#none !== null) return { planted: null, none: this.#none };
    let sum = 0;
    let weight = 0;
    for (const pair of among) {
      const value = numberOf(pair);
      if (Number.isNaN(value)) continue;
      sum += weightOf(pair) * value;
      weight += weightOf(pair);
    }
    return weight === 0 ? { planted: null, none: 'nothing is scored' } : { planted: sum / weight };
  }
}
