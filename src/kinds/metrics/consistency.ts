import Type, { type Static } from 'typebox';
import type { JsonObject } from '../../contract/json.js';
import type { Slice, SliceMetricKind, SliceStatistic } from '../../contract/metric-kind.js';
import { type DistanceKind, distributionDistance } from '../../lib/stats/distribution-distance.js';
import { answerPools, type Pool, poolShares, readShares, sharesFault } from './shared/answer-pools.js';

const options = Type.Object(
  {
    shares: Type.String({
      minLength: 1,
      description: 'Path of the shares of groups: attribute → group → label → share',
    }),
    topic: Type.String({ minLength: 1, description: 'Path of an item’s topic, e.g. item.topic' }),
    statistic: Type.Optional(
      Type.Enum(['wasserstein', 'js_similarity'], {
        default: 'wasserstein',
        description: 'What "best-matching" means',
      }),
    ),
    drop: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
  },
  { additionalProperties: false },
);

type Options = Static<typeof options>;
const asOptions = (value: JsonObject): Options => value as unknown as Options;

/** Similarity of a pool's answers to each group is summed up under these numbers. */
interface Layout {
  /** Attribute and group of each number. */
  groups: { attribute: string; group: string }[];
  topics: string[];
  topicOf: Int32Array;
  /** Per pool, the groups' shares; undefined where a group has none there. */
  shares: (Float64Array | undefined)[][];
}

/**
 * Whether a model speaks for the same group on every topic: the share of (attribute, topic) where the group that its
 * answers match best on the topic is the group that they match best overall.
 *
 * Source: consistency of OpinionQA (Santurkar et al. 2023). Matching: the mean over the topic's questions of
 * 1 − W₁/(max − min), or of 1 − the Jensen–Shannon distance.
 * Shape: unit `share`, 0–1, higher is better; with g groups an inconsistent model comes to about 1/g. Interval: cluster
 * bootstrap, which is best over items. By hand: of three topics, young people are matched best on two and overall: ⅔.
 * Errors: while loading, an unknown path, shares that do not add up to 1.
 * Limits: a step function of the answers, so intervals are coarse; groups that are alike make it low by chance. Of
 * groups that match alike, the one that stands first counts.
 */
export const consistency: SliceMetricKind = {
  form: 'slice',
  kind: 'consistency',
  version: 1,
  options,
  reads: ['label'],
  unit: 'share',
  range: () => ({ min: 0, max: 1 }),
  fields(raw, scale) {
    const { shares, topic, drop = [] } = asOptions(raw);
    const labels = [...(scale.kind === 'label' ? scale.labels : []), ...drop];
    return [
      { path: ['shares'], name: shares, valueFault: (value) => sharesFault(value, 2, labels) },
      { path: ['topic'], name: topic },
    ];
  },
  compile(slice, of, raw) {
    const given = asOptions(raw);
    const labelsAt = (pair: number) => labelsIn(slice.field(given.shares, pair), given.drop);
    const answers = answerPools(slice, of, (pair) => String(slice.items[pair]), labelsAt);
    const layout = layoutOf(slice, answers.pools, given);
    const kind: DistanceKind = given.statistic === 'js_similarity' ? 'jensen_shannon' : 'wasserstein';
    const statistic: SliceStatistic = {
      scored: answers.scored,
      valueOf: (weights) => {
        const matches = new MatchSums(layout);
        poolShares(answers, weights).forEach((pool, number) => {
          if (pool === null) return;
          layout.shares[number]!.forEach((shares, group) => {
            if (shares === undefined) return;
            matches.add(
              layout.topicOf[number]!,
              group,
              1 - distributionDistance(kind, pool.shares, shares),
              pool.weight,
            );
          });
        });
        return matches.consistency();
      },
    };
    return statistic;
  },
};

/** Labels of the first group: all groups of an item answer the same question. */
function labelsIn(value: unknown, drop: readonly string[] | undefined): string[] | undefined {
  for (const groups of Object.values((value ?? {}) as object))
    for (const shares of Object.values((groups ?? {}) as object)) return readShares(shares, undefined, drop)?.labels;
  return undefined;
}

function layoutOf(slice: Slice, pools: readonly Pool[], given: Options): Layout {
  const groups: Layout['groups'] = [];
  const numbers = new Map<string, number>();
  const topics: string[] = [];
  const shares = pools.map(({ pair, labels }) => {
    const own: (Float64Array | undefined)[] = [];
    const attributes = slice.field(given.shares, pair) as { [attribute: string]: { [group: string]: unknown } };
    for (const [attribute, byGroup] of Object.entries(attributes)) {
      for (const [group, value] of Object.entries(byGroup)) {
        const key = JSON.stringify([attribute, group]);
        if (!numbers.has(key)) {
          numbers.set(key, groups.length);
          groups.push({ attribute, group });
        }
        own[numbers.get(key)!] = readShares(value, labels, given.drop)?.shares;
      }
    }
    return own;
  });
  const topicOf = Int32Array.from(pools, ({ pair }) => {
    const topic = String(slice.field(given.topic, pair) ?? '(none)');
    if (!topics.includes(topic)) topics.push(topic);
    return topics.indexOf(topic);
  });
  return { groups, topics, topicOf, shares };
}

/** Sums of similarities by topic and group. */
class MatchSums {
  readonly #layout: Layout;
  readonly #sums: Float64Array;
  readonly #weights: Float64Array;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#sums = new Float64Array(layout.groups.length * (layout.topics.length + 1));
    this.#weights = new Float64Array(this.#sums.length);
  }

  add(topic: number, group: number, similarity: number, weight: number): void {
    for (const row of [topic, this.#layout.topics.length]) {
      const at = row * this.#layout.groups.length + group;
      this.#sums[at]! += weight * similarity;
      this.#weights[at]! += weight;
    }
  }

  consistency(): number | null {
    const { groups, topics } = this.#layout;
    let same = 0;
    let compared = 0;
    for (const attribute of new Set(groups.map((one) => one.attribute))) {
      const overall = this.#best(topics.length, attribute);
      if (overall < 0) continue;
      for (let topic = 0; topic < topics.length; topic++) {
        const best = this.#best(topic, attribute);
        if (best < 0) continue;
        compared++;
        if (best === overall) same++;
      }
    }
    return compared === 0 ? null : same / compared;
  }

  #best(row: number, attribute: string): number {
    const { groups } = this.#layout;
    let best = -1;
    let most = Number.NEGATIVE_INFINITY;
    groups.forEach((one, group) => {
      const at = row * groups.length + group;
      if (one.attribute !== attribute || !(this.#weights[at]! > 0)) return;
      const similarity = this.#sums[at]! / this.#weights[at]!;
      if (similarity > most + 1e-12) {
        best = group;
        most = similarity;
      }
    });
    return best;
  }
}
