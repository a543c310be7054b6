import Type, { type Static } from 'typebox';
import type { JsonObject } from '../../contract/json.js';
import type { Slice, SliceMetricKind, SliceStatistic } from '../../contract/metric-kind.js';
import {
  type ChanceDistance,
  chanceDistance,
  type DistanceKind,
  distributionDistance,
} from '../../lib/stats/distribution-distance.js';
import {
  type AnswerPools,
  answerPools,
  basisNote,
  poolShares,
  readShares,
  sharesFault,
} from './shared/answer-pools.js';

const options = Type.Object(
  {
    shares: Type.String({
      minLength: 1,
      description: 'Path of the population’s shares, label → share; with "group": group → label → share',
    }),
    statistic: Type.Optional(
      Type.Enum(['js_similarity', 'js_distance', 'wasserstein'], {
        default: 'js_similarity',
        description: 'Jensen–Shannon (base 2, square root) as 1 − distance or distance; or 1 − W₁/(max − min)',
      }),
    ),
    group: Type.Optional(
      Type.String({ minLength: 1, description: 'Path of the group whose shares count, e.g. persona.region' }),
    ),
    order: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Path of the list of labels in their order, for wasserstein; default: the order of the shares',
      }),
    ),
    drop: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        minItems: 1,
        description: 'Labels that are no answers (refused, don’t know): left out on both sides',
      }),
    ),
    debias: Type.Optional(
      Type.Boolean({ default: false, description: 'Take off what few answers add to each distance by chance' }),
    ),
  },
  { additionalProperties: false },
);

type Options = Static<typeof options>;
const asOptions = (value: JsonObject): Options => value as unknown as Options;

/**
 * How near a model's answers to multiple-choice questions are to a population's, mean over questions.
 *
 * Source: `js_similarity` and `js_distance`: GlobalOpinionQA (Durmus et al., arXiv 2306.16388), here with logarithms to
 * base 2 and the square root, so the distance is a metric from 0 to 1. `wasserstein`: the representativeness of OpinionQA
 * (Santurkar et al. 2023), 1 − W₁/(max − min) over options in their order, one step apart.
 * Shape: unit `score`, 0–1. A question's shares are counted over repeats and people of the slice (of each group apart,
 * with `group`) and set against the population's; then the mean over questions. Interval: cluster bootstrap.
 * By hand: model (1, 0), population (½, ½): divergence ½·log₂(4/3) + ¼·log₂(2/3) + ¼·log₂ 2 = 0.3113, distance 0.5579;
 * W₁ = ½, so wasserstein ½.
 * Bias: of few answers, shares differ from the population's by chance alone. The method ends in `noise=`, the mean
 * distance at which a perfect model would be found at these numbers of answers (simulated). `debias` takes off what
 * chance adds to each question at the distance that explains the mean (indirect inference, see `chanceDistance`).
 * Coverage of 95 % intervals with `debias` (bench/coverage, planted worlds, 20 and 10 answers a question): `wasserstein`
 * 94–95 % and 91–92 %; `js_similarity` 91 % and only 81–83 %, since what is left of the bias (up to .014) grows with the
 * number of questions beside the interval. With few answers a question prefer `wasserstein`, more repeats, or logprobs.
 * Where the grader's scores have probabilities of their labels (logprobs), these are averaged in the place of counted
 * labels, and chance adds nothing. The method says which: `repeats`, or `logprobs` with the mean probability that went to
 * no option (`missing=`) and the number of answers that had only a label (`by-label=`).
 * Errors: while loading, an unknown path, shares that do not add up to 1, labels that the grader never gives.
 * Limits: unscored are refusals, labels in `drop` and labels that a question does not have; give their share by a
 * `rate` beside it. Where all people of a question gave the same answers repeat by repeat, they are taken to share
 * their replies (an arm that shows nothing of them): only repeats are then draws.
 */
export const distributionDistanceKind: SliceMetricKind = {
  form: 'slice',
  kind: 'distribution_distance',
  version: 1,
  options,
  reads: ['label'],
  unit: 'score',
  range: () => ({ min: 0, max: 1 }),
  fields(raw, scale) {
    const { shares, group, order } = asOptions(raw);
    const labels = scale.kind === 'label' ? scale.labels : [];
    const depth = group === undefined ? 0 : 1;
    const known = [...labels, ...(asOptions(raw).drop ?? [])];
    return [
      { path: ['shares'], name: shares, valueFault: (value) => sharesFault(value, depth, known) },
      ...(group === undefined ? [] : [{ path: ['group'], name: group }]),
      ...(order === undefined
        ? []
        : [
            {
              path: ['order'],
              name: order,
              valueFault: (value: unknown) => (Array.isArray(value) ? undefined : 'is no list of labels'),
            },
          ]),
    ];
  },
  compile: (slice, of, raw) => compiled(slice, of, asOptions(raw)),
};

function compiled(slice: Slice, of: string, given: Options): SliceStatistic {
  const populationAt = (pair: number) => {
    const value = slice.field(given.shares, pair);
    const group = given.group === undefined ? undefined : String(slice.field(given.group, pair) ?? '');
    const own = group === undefined ? value : ownValue(value, group);
    return readShares(own, given.order === undefined ? undefined : slice.field(given.order, pair), given.drop);
  };
  const keyOf = (pair: number) =>
    given.group === undefined
      ? String(slice.items[pair])
      : `${slice.items[pair]} ${String(slice.field(given.group, pair) ?? '')}`;
  const answers = answerPools(slice, of, keyOf, (pair) => populationAt(pair)?.labels);
  const populations = answers.pools.map(({ pair }) => populationAt(pair)!.shares);
  const { statistic = 'js_similarity', debias = false } = given;
  const kind: DistanceKind = statistic === 'wasserstein' ? 'wasserstein' : 'jensen_shannon';
  const { noise, excess, draws } = chanceOf(answers, populations, kind);
  return {
    scored: answers.scored,
    valueOf: (weights) => {
      let sum = 0;
      let total = 0;
      poolShares(answers, weights).forEach((pool, number) => {
        if (pool === null) return;
        const distance = distributionDistance(kind, pool.shares, populations[number]!);
        // Fewer effective answers, as in a resample that draws people anew, leave more to chance.
        const chance = excess[number]! === 0 ? 0 : (excess[number]! * draws[number]!) / pool.draws;
        sum += pool.weight * (debias ? distance - chance : distance);
        total += pool.weight;
      });
      if (!(total > 0)) return null;
      const distance = Math.min(1, Math.max(0, sum / total));
      return statistic === 'js_distance' ? distance : 1 - distance;
    },
    note: `${basisNote(answers.basis)}/noise=${noise.toFixed(3)}${debias ? '/debiased' : ''}`,
  };
}

/** What chance adds to each question's distance at its number of draws, as the questions were answered. */
function chanceOf(
  answers: AnswerPools,
  populations: Float64Array[],
  kind: DistanceKind,
): ChanceDistance & { draws: Float64Array } {
  const pools = poolShares(answers, Float64Array.from(answers.scored));
  const numbers = pools.flatMap((pool, number) => (pool === null ? [] : [number]));
  const counted = numbers.map((number) => {
    const { shares, draws, weight } = pools[number]!;
    return { p: shares, q: populations[number]!, draws, weight };
  });
  const { noise, excess } = chanceDistance(kind, counted);
  const byPool = new Float64Array(pools.length);
  numbers.forEach((number, i) => {
    byPool[number] = excess[i]!;
  });
  return { noise, excess: byPool, draws: Float64Array.from(pools, (pool) => pool?.draws ?? 1) };
}

const ownValue = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as { [key: string]: unknown })[key]
    : undefined;
