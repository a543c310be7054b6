import Type, { type Static } from 'typebox';
import type { JsonObject } from '../../contract/json.js';
import type { SliceMetricKind } from '../../contract/metric-kind.js';
import { shareScore } from './shared/share-score.js';

const options = Type.Object(
  {
    above: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        description: 'Count items whose coverage is above this, instead of averaging coverage',
      }),
    ),
  },
  { additionalProperties: false },
);

type Options = Static<typeof options>;
const asOptions = (value: JsonObject): Options => value as unknown as Options;

/**
 * Overton pluralism: how much of what can reasonably be answered to a question do the replies represent?
 *
 * Source: the Overton score of arXiv 2512.01351: coverage OC(x) is the share of the reasonable answers to x that a reply
 * represents, the score its mean over questions; a form weighted by prevalence is the `coverage` grader's `weights`.
 * With `above`, the share of questions covered by more than that, as Modular Pluralism (Feng et al., EMNLP 2024) counts
 * situations with entailment above .33.
 * Shape: unit `share`, 0–1, higher is better. Replies to a question are averaged first, so each question counts once.
 * Reads a grader whose score is coverage, such as `coverage`; scores of a scale are moved to 0–1. Interval: cluster
 * bootstrap. By hand: coverages ½ and 1 for one question, ¼ for another: (¾ + ¼)/2 = ½; above ½: ½.
 * Errors: none of its own.
 * Limits: a reply that says little represents little; it is no measure of quality, and depends on the list of answers.
 */
export const overton: SliceMetricKind = {
  form: 'slice',
  kind: 'overton',
  version: 1,
  options,
  reads: ['binary', 'number'],
  unit: 'share',
  range: () => ({ min: 0, max: 1 }),
  fault: (_, scale) =>
    scale.kind !== 'number' || (Number.isFinite(scale.min) && Number.isFinite(scale.max))
      ? undefined
      : { path: [], message: 'coverage needs scores of a scale with two ends' },
  compile(slice, of, raw) {
    const { above } = asOptions(raw);
    const scored = new Uint8Array(slice.pairs);
    const values = new Float64Array(slice.pairs);
    const scale = slice.scaleOf(of);
    const sizes = new Float64Array(slice.items.reduce((most, item) => Math.max(most, item), -1) + 1);
    for (let pair = 0; pair < slice.pairs; pair++) {
      let n = 0;
      for (let repeat = 0; repeat < slice.repeats; repeat++) {
        const value = shareScore(slice.scoreOf(of, pair, repeat), scale);
        if (value === null) continue;
        values[pair]! += value;
        n++;
      }
      if (n === 0) continue;
      values[pair]! /= n;
      scored[pair] = 1;
      sizes[slice.items[pair]!]!++;
    }
    return {
      scored,
      valueOf: (weights) => {
        const sums = new Float64Array(sizes.length);
        const totals = new Float64Array(sizes.length);
        for (let pair = 0; pair < weights.length; pair++) {
          sums[slice.items[pair]!]! += weights[pair]! * values[pair]!;
          totals[slice.items[pair]!]! += weights[pair]!;
        }
        let sum = 0;
        let total = 0;
        for (let item = 0; item < sizes.length; item++) {
          if (!(totals[item]! > 0)) continue;
          // An item that is drawn twice counts twice.
          const weight = totals[item]! / sizes[item]!;
          const coverage = sums[item]! / totals[item]!;
          sum += weight * (above === undefined ? coverage : coverage > above ? 1 : 0);
          total += weight;
        }
        return total > 0 ? sum / total : null;
      },
    };
  },
};
