import type { SliceStatistic } from '../../../contract/metric-kind.js';

/** A statistic of a slice that is the weighted mean of a value per pair. */
export function meanStatistic(scored: Uint8Array, values: Float64Array): SliceStatistic {
  return {
    scored,
    means: values,
    valueOf: (weights) => {
      let sum = 0;
      let total = 0;
      for (let pair = 0; pair < weights.length; pair++) {
        sum += weights[pair]! * values[pair]!;
        total += weights[pair]!;
      }
      return total > 0 ? sum / total : null;
    },
  };
}
