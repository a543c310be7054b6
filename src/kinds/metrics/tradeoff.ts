import Type, { type Static } from 'typebox';
import type { JsonObject } from '../../contract/json.js';
import type { Slice, SliceMetricKind, SliceStatistic } from '../../contract/metric-kind.js';
import { shareScore } from './shared/share-score.js';

const options = Type.Object(
  {
    against: Type.String({
      minLength: 1,
      description: 'Id of the grader that judges the same reply for the other persona of the cell',
    }),
    statistic: Type.Optional(
      Type.Enum(['sensibility', 'specificity'], {
        default: 'sensibility',
        description:
          'Among what one persona’s replies get from the others, or among what the others’ replies get from this persona',
      }),
    ),
  },
  { additionalProperties: false },
);

type Options = Static<typeof options>;
const asOptions = (value: JsonObject): Options => value as unknown as Options;

/** Means that a slice has data for: each persona's own, and of each persona's replies judged as another. */
interface Crossings {
  scored: Uint8Array;
  /** Per pair: number of its persona, and number of its crossing (reply for p, judged as q). */
  personOf: Int32Array;
  crossingOf: Int32Array;
  own: Float64Array;
  other: Float64Array;
  people: number;
  /** Per crossing: whose own mean it is set against. */
  rivalOf: Int32Array;
  /** Scored pairs of each persona. */
  sizes: Float64Array;
}

/**
 * Trade-off steerability: does a reply made for a persona suit this persona better than it suits others (sensibility),
 * and better than replies made for others do (specificity)?
 *
 * Source: Plastic Labs' pluralistic benchmark as given by Sorensen et al. (arXiv 2402.05070): a(p, q) is the mean score
 * of replies made for p when they are judged as q. The value of p is the rank of a(p, p) among its rivals (row p or
 * column p of the table), as the share of rivals below it, ties counting half; the metric is the mean over p.
 * Shape: unit `share`, 0–1, higher is better, ½ is chance. The rank is among rivals without p itself, so it reaches 0 and 1;
 * of N values with p among them, a percentile would be (N−1)/N of it plus 1/(2N). By hand: a(p, p) = .6, replies for p
 * get .2, .6 and .7 from others: (1 + ½)/3 = ½.
 * Errors: while loading, an unknown grader `against`, or one whose scores are labels.
 * Limits: each cell has one other persona, so a(p, q) rests on the cells where q was drawn: with few items a pair of
 * personas, ranks are drawn towards ½, and a persona without rivals does not count. Cells need both scores.
 */
export const tradeoff: SliceMetricKind = {
  form: 'slice',
  kind: 'tradeoff',
  version: 1,
  options,
  reads: ['binary', 'number'],
  unit: 'share',
  range: () => ({ min: 0, max: 1 }),
  graders: (raw) => [{ path: ['against'], name: asOptions(raw).against }],
  compile(slice, of, raw) {
    const given = asOptions(raw);
    return statisticOf(crossingsOf(slice, of, given));
  },
};

function crossingsOf(slice: Slice, of: string, { against, statistic }: Options): Crossings {
  const scored = new Uint8Array(slice.pairs);
  const personOf = new Int32Array(slice.pairs).fill(-1);
  const crossingOf = new Int32Array(slice.pairs).fill(-1);
  const own = new Float64Array(slice.pairs);
  const other = new Float64Array(slice.pairs);
  const people = new Map<number, number>();
  const crossings = new Map<string, number>();
  const rivals: number[] = [];
  const numberOf = (person: number) => {
    if (!people.has(person)) people.set(person, people.size);
    return people.get(person)!;
  };
  for (let pair = 0; pair < slice.pairs; pair++) {
    const [p, q] = [slice.personas[pair]!, slice.others[pair]!];
    const mine = meanOf(slice, of, pair);
    const theirs = meanOf(slice, against, pair);
    if (p < 0 || q < 0 || mine === null || theirs === null) continue;
    const key = `${p} ${q}`;
    if (!crossings.has(key)) {
      crossings.set(key, crossings.size);
      rivals.push(numberOf(statistic === 'specificity' ? q : p));
    }
    scored[pair] = 1;
    personOf[pair] = numberOf(p);
    crossingOf[pair] = crossings.get(key)!;
    own[pair] = mine;
    other[pair] = theirs;
  }
  const sizes = new Float64Array(people.size);
  for (const person of personOf) if (person >= 0) sizes[person]!++;
  return { scored, personOf, crossingOf, own, other, people: people.size, rivalOf: Int32Array.from(rivals), sizes };
}

function meanOf(slice: Slice, grader: string, pair: number): number | null {
  let sum = 0;
  let n = 0;
  for (let repeat = 0; repeat < slice.repeats; repeat++) {
    const value = shareScore(slice.scoreOf(grader, pair, repeat), slice.scaleOf(grader));
    if (value === null) continue;
    sum += value;
    n++;
  }
  return n === 0 ? null : sum / n;
}

/** Sums within 1e-9 of each other are ties: rounding must not break them. */
const tie = 1e-9;

function statisticOf(crossings: Crossings): SliceStatistic {
  const { scored, personOf, crossingOf, own, other, people, rivalOf, sizes } = crossings;
  return {
    scored,
    valueOf: (weights) => {
      const mine = new Float64Array(people);
      const mineWeight = new Float64Array(people);
      const theirs = new Float64Array(rivalOf.length);
      const theirsWeight = new Float64Array(rivalOf.length);
      for (let pair = 0; pair < weights.length; pair++) {
        const weight = weights[pair]!;
        if (weight === 0) continue;
        mine[personOf[pair]!]! += weight * own[pair]!;
        mineWeight[personOf[pair]!]! += weight;
        theirs[crossingOf[pair]!]! += weight * other[pair]!;
        theirsWeight[crossingOf[pair]!]! += weight;
      }
      const below = new Float64Array(people);
      const rivals = new Float64Array(people);
      for (let crossing = 0; crossing < rivalOf.length; crossing++) {
        const person = rivalOf[crossing]!;
        if (!(theirsWeight[crossing]! > 0) || !(mineWeight[person]! > 0)) continue;
        const apart = mine[person]! / mineWeight[person]! - theirs[crossing]! / theirsWeight[crossing]!;
        rivals[person]!++;
        below[person]! += Math.abs(apart) < tie ? 0.5 : apart > 0 ? 1 : 0;
      }
      let sum = 0;
      let total = 0;
      for (let person = 0; person < people; person++) {
        if (rivals[person] === 0) continue;
        const weight = mineWeight[person]! / sizes[person]!;
        sum += (weight * below[person]!) / rivals[person]!;
        total += weight;
      }
      return total > 0 ? sum / total : null;
    },
  };
}
