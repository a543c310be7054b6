import Type, { type Static } from 'typebox';
import type { JsonObject } from '../../contract/json.js';
import type { SliceMetricKind, SliceStatistic } from '../../contract/metric-kind.js';
import { nearestHint } from '../../lib/nearest.js';
import { meanStatistic } from './shared/mean-statistic.js';

const options = Type.Object(
  {
    gold: Type.String({
      minLength: 1,
      description: 'Path of the label that a reply steered to this persona should get, e.g. item.expected',
    }),
    statistic: Type.Optional(Type.Enum(['accuracy', 'balanced_accuracy', 'macro_f1'], { default: 'accuracy' })),
    drop: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        minItems: 1,
        description: 'Expected labels whose cells are left out, e.g. [either] for the binary form',
      }),
    ),
  },
  { additionalProperties: false },
);

type Options = Static<typeof options>;
const asOptions = (value: JsonObject): Options => value as unknown as Options;

/** Confusion of one slice: what each pair's replies were taken for. */
interface Confusion {
  classes: number;
  scored: Uint8Array;
  /** Per pair, the number of the expected label; −1 without one. */
  gold: Int32Array;
  /** Per pair, the share of its repeats that hit, and those that gave each label. */
  hits: Float64Array;
  given: Float64Array;
}

/**
 * Steerable accuracy: whether replies that are steered to somebody take the side that this person takes.
 *
 * Source: the steerable mode of Modular Pluralism (Feng et al., EMNLP 2024): three-way (support, oppose, either), and
 * binary with `drop: [either]`. Balanced accuracy: mean recall of the expected labels. Macro F1: mean F1 of the expected
 * labels, each seen in the slice.
 * Shape: unit `share`, 0–1, higher is better; accuracy has Wilson's interval, the others a cluster bootstrap. Repeats
 * count as shares of their pair. By hand: expected s, s, s, o and given s, s, o, o: accuracy ¾; recalls ⅔ and 1, so ⅚;
 * F1 ⅘ and ⅔, so 11/15.
 * Errors: while loading, an unknown path, an expected label that the grader never gives.
 * Limits: macro F1 is over expected labels only, where other tools also count labels that are only given.
 */
export const steerable: SliceMetricKind = {
  form: 'slice',
  kind: 'steerable',
  version: 1,
  options,
  reads: ['label'],
  unit: 'share',
  range: () => ({ min: 0, max: 1 }),
  fault(raw, scale) {
    const labels = scale.kind === 'label' ? scale.labels : [];
    const at = (asOptions(raw).drop ?? []).findIndex((label) => !labels.includes(label));
    if (at === -1) return undefined;
    const label = asOptions(raw).drop![at]!;
    const message = `the grader never gives the label "${label}"`;
    return { path: ['drop', at], message, hint: nearestHint(label, labels, 'labels') };
  },
  fields: (raw, scale) => [
    {
      path: ['gold'],
      name: asOptions(raw).gold,
      valueFault: (value) =>
        scale.kind !== 'label' || scale.labels.includes(String(value))
          ? undefined
          : `is ${JSON.stringify(value)}, which the grader never gives (${scale.labels.join(', ')})`,
    },
  ],
  compile(slice, of, raw) {
    const given = asOptions(raw);
    const scale = slice.scaleOf(of);
    const labels = scale.kind === 'label' ? scale.labels : [];
    const confusion: Confusion = {
      classes: labels.length,
      scored: new Uint8Array(slice.pairs),
      gold: new Int32Array(slice.pairs).fill(-1),
      hits: new Float64Array(slice.pairs),
      given: new Float64Array(slice.pairs * labels.length),
    };
    for (let pair = 0; pair < slice.pairs; pair++) {
      const expected = String(slice.field(given.gold, pair) ?? '');
      if (!labels.includes(expected) || given.drop?.includes(expected)) continue;
      const answers: number[] = [];
      for (let repeat = 0; repeat < slice.repeats; repeat++) {
        const score = slice.scoreOf(of, pair, repeat);
        if ('value' in score && score.label !== undefined) answers.push(labels.indexOf(score.label));
      }
      if (answers.length === 0) continue;
      confusion.scored[pair] = 1;
      confusion.gold[pair] = labels.indexOf(expected);
      for (const answer of answers) confusion.given[pair * labels.length + answer]! += 1 / answers.length;
      confusion.hits[pair] = confusion.given[pair * labels.length + confusion.gold[pair]!]!;
    }
    return statisticOf(confusion, given.statistic ?? 'accuracy');
  },
};

function statisticOf(confusion: Confusion, statistic: NonNullable<Options['statistic']>): SliceStatistic {
  const { scored, hits, gold, given, classes } = confusion;
  if (statistic === 'accuracy') return meanStatistic(scored, hits);
  return {
    scored,
    valueOf: (weights) => {
      const expected = new Float64Array(classes);
      const right = new Float64Array(classes);
      const answered = new Float64Array(classes);
      for (let pair = 0; pair < weights.length; pair++) {
        const weight = weights[pair]!;
        if (weight === 0) continue;
        expected[gold[pair]!]! += weight;
        right[gold[pair]!]! += weight * hits[pair]!;
        for (let label = 0; label < classes; label++) answered[label]! += weight * given[pair * classes + label]!;
      }
      let sum = 0;
      let seen = 0;
      for (let label = 0; label < classes; label++) {
        if (!(expected[label]! > 0)) continue;
        seen++;
        const below = statistic === 'macro_f1' ? (expected[label]! + answered[label]!) / 2 : expected[label]!;
        sum += right[label]! / below;
      }
      return seen === 0 ? null : sum / seen;
    },
  };
}
