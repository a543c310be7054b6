import Type from 'typebox';
import type {
  MatchedPairs,
  PlantedArms,
  Related,
  RelatedItem,
  RelationKind,
  RelationPart,
} from '../../contract/relation-kind.js';
import { benjaminiHochberg } from '../../lib/stats/benjamini-hochberg.js';
import { boundedInterval } from '../../lib/stats/bounded-interval.js';
import { holm } from '../../lib/stats/holm.js';
import { fisherGreater, riseByChance, smallestP } from '../../lib/stats/hypergeometric.js';
import { shareRange } from '../../lib/stats/range.js';
import { risenChance, type Trials } from '../../lib/stats/risen-chance.js';
import { acrossNote, countsFault, type PooledItem, pooledItems, withoutCounts } from './shared/item-counts.js';

/** Items that are listed at most. */
const mostListed = 20;

/**
 * Share of items whose rate is higher in `of` than in `against`: where an instruction to avoid works the other way.
 *
 * Source: counted per item over all of its answers. Beside it stands what the share would be if the arm made no difference
 * (each item's successes dealt out among its answers at random: hypergeometric, exact). Tests: Fisher's, one-sided, an item
 * each, adjusted by Holm and by Benjamini–Hochberg over all items.
 * Shape: unit `share`, 0–1, with the interval of a rate of items (Wilson on the effective size); `n` counts items. By hand:
 * 3 of 3 against 0 of 3 has p = 1/C(6, 3) = .05.
 * Coverage of 95 % intervals, measured over eight designs (`bench/coverage/relation-coverage.ts`): 94.7–97.8 %.
 * Errors: while loading, a metric without one yes or no per answer.
 * Limits: with few answers an item rises easily by chance, and none can be significant; the notes say when. Weights of
 * people are not used: an item counts once, and an answer counts once in it.
 */
export const rebound: RelationKind = {
  kind: 'rebound',
  version: 1,
  title: 'share of items whose rate is higher in the first arm',
  options: Type.Object({}, { additionalProperties: false }),
  unit: 'share',
  counts: 'items',
  fault: countsFault,
  measure,
  planted,
};

function measure(pairs: MatchedPairs, level: number): Related {
  const { items, clusters, across, binary } = pooledItems(pairs);
  const shareOf = (is: (item: PooledItem) => boolean) =>
    boundedInterval({ values: Float64Array.from(items, (item) => (is(item) ? 1 : 0)), clusters }, level, shareRange);
  const risen = shareOf((item) => direction(item) > 0);
  if (!binary) return withoutCounts(risen);
  if (items.length === 0) return { ...risen, none: 'nothing is scored in both arms', parts: [], notes: [] };
  const tested = testedItems(items);
  const part = (id: string, title: string, is: (item: PooledItem) => boolean): RelationPart => {
    const { value, low, high } = shareOf(is);
    return { id, title, value, low, high, unit: 'share' };
  };
  const number = (id: string, title: string, value: number, unit: string): RelationPart => ({
    id,
    title,
    value,
    low: null,
    high: null,
    unit,
  });
  const byChance = items.reduce((sum, { of, against }) => sum + riseByChance(of, against), 0) / items.length;
  const below = (of: 'pAdjusted' | 'q') => tested.filter((item) => item[of] < 1 - level).length;
  return {
    ...risen,
    parts: [
      number('byChance', 'items that would rise if the arm made no difference', byChance, 'share'),
      part('fell', 'items that fell', (item) => direction(item) < 0),
      part('equal', 'items with the same rate in both arms', (item) => direction(item) === 0),
      number('significantHolm', 'items that rose significantly, after Holm', below('pAdjusted'), 'items'),
      number('significantBH', 'items that rose significantly, by Benjamini–Hochberg', below('q'), 'items'),
    ],
    items: mostRisen(tested),
    notes: [...powerNotes(items, level), ...acrossNote(across)],
  };
}

/** Above 0 where the rate is higher in `of`; whole numbers are compared, so equal rates are equal. */
const direction = ({ of, against }: PooledItem): number =>
  of.successes * against.trials - against.successes * of.trials;

function testedItems(items: readonly PooledItem[]): RelatedItem[] {
  const ps = items.map(({ of, against }) => fisherGreater(of, against));
  const [adjusted, qs] = [holm(ps), benjaminiHochberg(ps)];
  return items.map(({ id, of, against }, i) => ({
    item: id,
    of,
    against,
    p: ps[i]!,
    pAdjusted: adjusted[i]!,
    q: qs[i]!,
  }));
}

/** By how far the rate rose, then by p, then in the order of the items. */
function mostRisen(tested: readonly RelatedItem[]): RelatedItem[] {
  const rise = ({ of, against }: RelatedItem) => of.successes / of.trials - against.successes / against.trials;
  return tested
    .filter((item) => rise(item) > 0)
    .sort((a, b) => rise(b) - rise(a) || a.p - b.p)
    .slice(0, mostListed);
}

/** What the tests cannot find, however large it is. */
function powerNotes(items: readonly PooledItem[], level: number): string[] {
  const least = items.reduce((p, { of, against }) => Math.min(p, smallestP(of.trials, against.trials)), 1);
  const most = (side: 'of' | 'against') => items.reduce((largest, item) => Math.max(largest, item[side].trials), 0);
  const [one, other] = [most('of'), most('against')];
  const answers =
    one === other ? `${one} answers to an item in each arm` : `${one} and ${other} answers to an item in the arms`;
  const words = `With ${answers}, the smallest p that it can have is ${least.toPrecision(2)}`;
  const alpha = 1 - level;
  // Rounded, so that 1/20 is not below 1 − .95.
  const reaches = (p: number) => p < alpha - 1e-12;
  if (!reaches(least))
    return [`${words}: no item can be significant, with or without correction. Ask for more repeats.`];
  if (!reaches(least * items.length))
    return [
      `${words}: no single item of ${items.length} can be significant after Holm, and several only together by Benjamini–Hochberg. Ask for more repeats.`,
    ];
  return [];
}

function planted({ items, of, against }: PlantedArms): ReturnType<RelationKind['planted']> {
  const pairsOf = new Map<number, number[]>();
  items.forEach((item, pair) => {
    pairsOf.set(item, [...(pairsOf.get(item) ?? []), pair]);
  });
  if (pairsOf.size === 0) return { planted: null, none: 'nothing is scored' };
  const trialsOf = ({ chances, trials }: PlantedArms['of'], pairs: number[]): Trials => ({
    chances: pairs.map((pair) => chances[pair]!),
    times: pairs.map((pair) => trials[pair]!),
  });
  let risen = 0;
  for (const pairs of pairsOf.values()) risen += risenChance(trialsOf(of, pairs), trialsOf(against, pairs));
  return { planted: risen / pairsOf.size };
}
