import Type, { type Static } from 'typebox';
import type { JsonObject } from '../../contract/json.js';
import type { Slice, SliceMetricKind, SliceStatistic } from '../../contract/metric-kind.js';
import { gini, type JurorScores, powerMean, shrunkenMeans } from '../../lib/stats/welfare.js';
import { shareScore } from './shared/share-score.js';

const options = Type.Object(
  {
    statistic: Type.Optional(
      Type.Enum(['mean', 'geometric', 'minimum', 'power', 'gini'], {
        default: 'mean',
        description: 'Power mean of the jurors with p = 1, 0, −∞ or "power"; or the Gini coefficient',
      }),
    ),
    power: Type.Optional(Type.Number({ minimum: -100, maximum: 100, description: 'p of statistic: power' })),
    juror: Type.Optional(
      Type.String({ minLength: 1, default: 'persona.id', description: 'Path of what tells jurors apart' }),
    ),
    shrink: Type.Optional(
      Type.Boolean({
        description:
          'Draw jurors’ means towards the mean of all by what chance explains. Default: for the minimum only',
      }),
    ),
  },
  { additionalProperties: false },
);

type Options = Static<typeof options>;
const asOptions = (value: JsonObject): Options => value as unknown as Options;

/** Scores of a slice by juror. */
interface Jury {
  scored: Uint8Array;
  jurorOf: Int32Array;
  values: Float64Array;
  /** Scored pairs of each juror. */
  sizes: Float64Array;
}

/**
 * Welfare of a jury: how good the scores are for its members, each juror's mean score counting once.
 *
 * Source: the jury-pluralistic benchmarks of Sorensen et al. (arXiv 2402.05070): power means of jurors' mean scores,
 * p = 1 arithmetic, 0 geometric (Nash), −∞ the minimum (Rawls); Gini of the jurors' means for inequality.
 * Shape: unit `score`, 0–1; higher is better, for `gini` lower. Scores of a scale are moved to 0–1 first; jurors weigh as
 * their personas do. Interval: cluster bootstrap. By hand: jurors' means .2, .4 and .9: mean .5, geometric .4160,
 * minimum .2, Gini (.2 + .7 + .5)/(9 · .5) = .3111.
 * Shrinkage: the smallest of noisy means is too small. For the minimum (else with `shrink: true`) each mean is drawn to
 * that of all by √(τ²/(τ² + σ²/n)): σ² within jurors, τ² between them by moments, 0 where chance explains all.
 * Errors: while loading, an unknown path, `power` without its statistic.
 * Coverage of 95 % intervals (bench/coverage): geometric 95 % with 20 scores a juror, 93 % with 10, where it is low by .03:
 * a juror whose few scores are all 0 makes it 0. Minimum 94–95 % with 20 scores a juror, 88 % (one way) with 10.
 * Limits: a bootstrap says little of a minimum; with few jurors read it beside the groups of `by`. Without shrinkage
 * the Gini grows with noise.
 */
export const welfare: SliceMetricKind = {
  form: 'slice',
  kind: 'welfare',
  version: 1,
  options,
  reads: ['binary', 'number'],
  unit: 'score',
  range: () => ({ min: 0, max: 1 }),
  fault(raw, scale) {
    const { statistic, power } = asOptions(raw);
    if ((statistic === 'power') !== (power !== undefined))
      return { path: power === undefined ? [] : ['power'], message: '"power" and "statistic: power" go together' };
    if (scale.kind !== 'number' || (Number.isFinite(scale.min) && Number.isFinite(scale.max))) return undefined;
    return { path: [], message: 'welfare needs scores of a scale with two ends' };
  },
  fields: (raw) => [{ path: ['juror'], name: asOptions(raw).juror ?? 'persona.id' }],
  compile(slice, of, raw) {
    const given = asOptions(raw);
    return statisticOf(juryOf(slice, of, given), given);
  },
};

function juryOf(slice: Slice, of: string, { juror = 'persona.id' }: Options): Jury {
  const scored = new Uint8Array(slice.pairs);
  const jurorOf = new Int32Array(slice.pairs).fill(-1);
  const values = new Float64Array(slice.pairs);
  const numbers = new Map<string, number>();
  const sizes: number[] = [];
  const scale = slice.scaleOf(of);
  for (let pair = 0; pair < slice.pairs; pair++) {
    const name = slice.field(juror, pair);
    if (name === undefined || name === null) continue;
    let sum = 0;
    let n = 0;
    for (let repeat = 0; repeat < slice.repeats; repeat++) {
      const value = shareScore(slice.scoreOf(of, pair, repeat), scale);
      if (value === null) continue;
      sum += value;
      n++;
    }
    if (n === 0) continue;
    const key = String(name);
    if (!numbers.has(key)) {
      numbers.set(key, numbers.size);
      sizes.push(0);
    }
    scored[pair] = 1;
    jurorOf[pair] = numbers.get(key)!;
    sizes[jurorOf[pair]!]!++;
    values[pair] = sum / n;
  }
  return { scored, jurorOf, values, sizes: Float64Array.from(sizes) };
}

const powers = { mean: 1, geometric: 0, minimum: Number.NEGATIVE_INFINITY };

function statisticOf(
  jury: Jury,
  { statistic = 'mean', power = 1, shrink = statistic === 'minimum' }: Options,
): SliceStatistic {
  return {
    scored: jury.scored,
    valueOf: (pairWeights) => {
      const jurors = jurorsAt(jury, pairWeights).filter(({ weight }) => weight > 0);
      if (jurors.length === 0) return null;
      const means = shrink ? shrunkenMeans(jurors) : Float64Array.from(jurors, ({ mean }) => mean);
      const weights = Float64Array.from(jurors, ({ weight }) => weight);
      if (statistic === 'gini') return gini(means, weights);
      return powerMean(means, weights, statistic === 'power' ? power : powers[statistic]);
    },
  };
}

/** A juror's weight is the mean weight of their pairs: who is drawn twice counts twice, who answered more does not. */
function jurorsAt({ jurorOf, values, sizes }: Jury, weights: Float64Array): JurorScores[] {
  const [total, sum, square] = [sizes.slice().fill(0), sizes.slice().fill(0), sizes.slice().fill(0)];
  for (let pair = 0; pair < weights.length; pair++) {
    const weight = weights[pair]!;
    if (weight === 0) continue;
    const juror = jurorOf[pair]!;
    total[juror]! += weight;
    sum[juror]! += weight * values[pair]!;
    square[juror]! += weight * weight;
  }
  const squares = sizes.slice().fill(0);
  for (let pair = 0; pair < weights.length; pair++) {
    const juror = jurorOf[pair]!;
    if (weights[pair] === 0) continue;
    squares[juror]! += weights[pair]! * (values[pair]! - sum[juror]! / total[juror]!) ** 2;
  }
  return Array.from(sizes, (size, juror) => {
    const n = total[juror]! > 0 ? total[juror]! ** 2 / square[juror]! : 0;
    // Scaled as if each of the n independent scores counted once.
    const scaled = total[juror]! > 0 ? (squares[juror]! * n) / total[juror]! : 0;
    return {
      mean: sum[juror]! / total[juror]!,
      n,
      squares: scaled,
      df: Math.max(0, n - 1),
      weight: total[juror]! / size,
    };
  });
}
