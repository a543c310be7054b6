import Type from 'typebox';
import type { MatchedPairs, PlantedArms, Related, RelationKind, RelationPart } from '../../contract/relation-kind.js';
import { difficultySlope as slopeOf } from '../../lib/stats/slope/difficulty-slope.js';
import { logisticLine } from '../../lib/stats/slope/logistic-line.js';
import { acrossNote, countsFault, type PooledItem, pooledItems, withoutCounts } from './shared/item-counts.js';

/**
 * How success in one arm goes with an item's difficulty: β of logit p₁ = α + β·logit p₀, where p₀ is an item's chance in
 * `against` (without the instruction) and p₁ its chance in `of` (with it).
 *
 * Source: a structural errors-in-variables logistic model, logit p₀ ~ N(μ, τ²), with an item's own part N(0, ω²) in logit
 * p₁; marginal maximum likelihood. Beside it stands the plain regression P(success in `of`) = logistic(a + b·p̂₀) on the
 * observed rates (the form that arXiv 2601.08070 fits), which is flattened by the noise of p̂₀.
 * Shape: unit `logit`; 1: the instruction moves every item's logit alike; 0: it makes all items alike; `n` counts items.
 * Coverage of 95 % intervals, measured over eight designs (`bench/coverage/relation-coverage.ts`): 96.0–99.4 %, the widest
 * with 20 items. The value's median is within .08 of the truth, its mean up to .24 above it (72 items, three repeats, slope 1).
 * Errors: while loading, a metric without one yes or no per answer. Later, null where β is not identified.
 * Limits: one chance per item and arm, so people who are asked the same item are taken to answer alike; effects of items
 * are taken to be normal. Weights of people are not used.
 */
export const difficultySlope: RelationKind = {
  kind: 'difficulty_slope',
  version: 1,
  title: 'slope of logit p in the first arm on logit p₀ in the second, over items',
  options: Type.Object({}, { additionalProperties: false }),
  unit: 'logit',
  counts: 'items',
  fault: countsFault,
  measure,
  planted,
};

function measure(pairs: MatchedPairs, level: number): Related {
  const { items, clusters, across, binary } = pooledItems(pairs);
  const answers = binary ? items.map(({ of, against }) => ({ base: against, other: of })) : [];
  const { interval, none, alpha, mu, tau, omega } = slopeOf(answers, clusters, level);
  if (!binary) return withoutCounts(interval);
  const line = plainLine(items);
  const part = (id: string, title: string, value: number | null | undefined, unit: string): RelationPart => ({
    id,
    title,
    value: value ?? null,
    low: null,
    high: null,
    unit,
  });
  const open = interval.value !== null && (interval.low === null) !== (interval.high === null);
  return {
    ...interval,
    ...(none !== undefined && { none }),
    parts: [
      part('alpha', 'α: logit p₁ where logit p₀ is 0', alpha, 'logit'),
      part('mu', 'μ: mean of logit p₀ over items', mu, 'logit'),
      part('tau', 'τ: spread of logit p₀ over items', tau, 'logit'),
      part('omega', 'ω: spread of what is an item’s own in logit p₁', omega, 'logit'),
      part('plainA', 'a of p₁ = logistic(a + b·p̂₀), attenuated', line?.a, 'logit'),
      part('plainB', 'b of p₁ = logistic(a + b·p̂₀), attenuated', line?.b, 'logit'),
    ],
    notes: [
      'a and b are those of a regression on observed rates p̂₀: noise in them pulls b towards 0.',
      ...(open ? ['The answers set no bound to the other end of the interval.'] : []),
      ...acrossNote(across),
    ],
  };
}

const plainLine = (items: readonly PooledItem[]): { a: number; b: number } | null =>
  logisticLine(items.map(({ of, against }) => ({ x: against.successes / against.trials, ...of })));

/**
 * With answers without end the chances are known, and the model's likelihood is that of a regression of logit p₁ on logit
 * p₀ with normal errors: its β is the least-squares slope over these items.
 */
function planted({ items, of, against }: PlantedArms): ReturnType<RelationKind['planted']> {
  const [x, y] = [pooledLogits(items, against), pooledLogits(items, of)];
  if (x.length < 2) return { planted: null, none: 'fewer than two items are scored' };
  if (![...x, ...y].every(Number.isFinite)) return { planted: null, none: 'the planted chance of an item is 0 or 1' };
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const spread = mean(x.map((one) => (one - mx) ** 2));
  if (!(spread > 1e-12)) return { planted: null, none: 'all items have the same planted chance' };
  return { planted: mean(x.map((one, i) => (one - mx) * (y[i]! - my))) / spread };
}

/** logit of each item's chance: the mean over its answers. */
function pooledLogits(items: Int32Array, { chances, trials }: PlantedArms['of']): number[] {
  const sums = new Map<number, { chance: number; trials: number }>();
  items.forEach((item, pair) => {
    const sum = sums.get(item) ?? { chance: 0, trials: 0 };
    sums.set(item, { chance: sum.chance + chances[pair]! * trials[pair]!, trials: sum.trials + trials[pair]! });
  });
  return [...sums.values()].map(({ chance, trials: all }) => Math.log(chance / (all - chance)));
}
