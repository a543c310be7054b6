import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../../src/contract/json.js';
import type { Slice, SliceMetricKind } from '../../../src/contract/metric-kind.js';
import type { StoredScore } from '../../../src/contract/record.js';
import type { Scale } from '../../../src/contract/score.js';
import { KeyedRandom } from '../../../src/lib/rng.js';

/** One pair of a slice; a text is a label, a number a score, null an unreadable reply. One entry a repeat. */
export interface PairRow {
  item: number;
  persona?: number;
  other?: number;
  scores: { [grader: string]: (string | number | null)[] };
  fields?: { [path: string]: unknown };
}

export function sliceOf(rows: PairRow[], scales: { [grader: string]: Scale }): Slice {
  const first = rows[0]?.scores;
  return {
    pairs: rows.length,
    repeats: first === undefined ? 1 : Object.values(first)[0]!.length,
    items: Int32Array.from(rows, ({ item }) => item),
    personas: Int32Array.from(rows, ({ persona = -1 }) => persona),
    others: Int32Array.from(rows, ({ other = -1 }) => other),
    scaleOf: (grader) => scales[grader]!,
    scoreOf: (grader, pair, repeat) => stored(rows[pair]!.scores[grader]![repeat]!, scales[grader]!),
    field: (path, pair) => rows[pair]!.fields?.[path],
  };
}

function stored(value: string | number | null, scale: Scale): StoredScore {
  if (value === null) return { unscored: 'unparseable' };
  if (typeof value === 'number') return { value };
  return { value: scale.kind === 'label' ? scale.labels.indexOf(value) : Number.NaN, label: value };
}

/** Value of a kind where every scored pair counts once, or by `weights`. */
export function measured(
  kind: SliceMetricKind,
  options: JsonObject,
  slice: Slice,
  weights?: readonly number[],
): { value: number | null; scored: number } {
  const statistic = kind.compile(slice, 'of', options);
  const counted = Float64Array.from(statistic.scored, (is, pair) => (is === 1 ? (weights?.[pair] ?? 1) : 0));
  const scored = statistic.scored.reduce((sum, is) => sum + is, 0);
  return { value: scored === 0 ? null : statistic.valueOf(counted), scored };
}

/** What every kind of whole slices promises, tried on random slices. */
export function promisesOf(
  kind: SliceMetricKind,
  options: JsonObject,
  how: { scales: { [grader: string]: Scale }; row(random: KeyedRandom, pair: number): PairRow },
): void {
  const name = `${kind.kind} ${JSON.stringify(options)}`;
  const rowsBy = (seed: number): PairRow[] => {
    const random = new KeyedRandom(seed, 'rows');
    return Array.from({ length: 60 }, (_, pair) => how.row(random, pair));
  };
  const shuffled = <Entry>(list: Entry[], seed: number): Entry[] => {
    const random = new KeyedRandom(seed, 'order');
    return list
      .map((entry) => ({ entry, at: random.uniform() }))
      .sort((a, b) => a.at - b.at)
      .map(({ entry }) => entry);
  };

  test(`${name}: order, scale of the weights and unscored pairs never matter; the value is within its range`, () => {
    const { min, max } = kind.range(how.scales.of!, options);
    for (let seed = 1; seed <= 5; seed++) {
      const random = new KeyedRandom(seed, 'weights');
      const rows = rowsBy(seed).map((row) => ({ row, weight: 0.5 + random.uniform() }));
      const run = (list: typeof rows, factor = 1) =>
        measured(
          kind,
          options,
          sliceOf(
            list.map(({ row }) => row),
            how.scales,
          ),
          list.map(({ weight }) => weight * factor),
        );
      const { value, scored } = run(rows);
      expect(value).not.toBeNull();
      expect(value!).toBeGreaterThanOrEqual(min);
      expect(value!).toBeLessThanOrEqual(max);
      expect(run(shuffled(rows, seed)).value).toBeCloseTo(value!, 9);
      expect(run(rows, 17).value).toBeCloseTo(value!, 9);
      const lost = rows.map(({ row, weight }) => ({
        weight,
        row: {
          ...row,
          scores: Object.fromEntries(Object.entries(row.scores).map(([id, all]) => [id, all.map(() => null)])),
        },
      }));
      const both = run([...rows, ...lost]);
      expect(both.scored).toBe(scored);
      expect(both.value).toBeCloseTo(value!, 9);
      expect(run(lost)).toEqual({ value: null, scored: 0 });
    }
  });

  test(`${name}: nothing is nothing`, () => {
    expect(measured(kind, options, sliceOf([], how.scales))).toEqual({ value: null, scored: 0 });
  });
}
