import { describe, expect, test } from '@jest/globals';
import { consistency } from '../../../src/kinds/metrics/consistency.js';
import { distributionDistanceKind } from '../../../src/kinds/metrics/distribution-distance.js';
import { overton } from '../../../src/kinds/metrics/overton.js';
import { steerable } from '../../../src/kinds/metrics/steerable.js';
import { tradeoff } from '../../../src/kinds/metrics/tradeoff.js';
import { welfare } from '../../../src/kinds/metrics/welfare.js';
import { KeyedRandom } from '../../../src/lib/rng.js';
import { measured, type PairRow, promisesOf, sliceOf } from './slices.js';

const number = { of: { kind: 'number' as const, min: 0, max: 1 }, other: { kind: 'number' as const, min: 0, max: 1 } };

describe('steerable', () => {
  const scales = { of: { kind: 'label' as const, labels: ['support', 'oppose', 'either'] } };
  const pair = (given: string | null, gold: string): PairRow => ({
    item: 0,
    scores: { of: [given] },
    fields: { 'item.expected': gold },
  });
  const rows = [
    pair('support', 'support'),
    pair('support', 'support'),
    pair('oppose', 'support'),
    pair('oppose', 'oppose'),
  ];
  const value = (options: object, list = rows) =>
    measured(steerable, { gold: 'item.expected', ...options }, sliceOf(list, scales)).value;

  test('by hand: ¾; recalls ⅔ and 1; F1 ⅘ and ⅔', () => {
    expect(value({})).toBe(0.75);
    expect(value({ statistic: 'balanced_accuracy' })).toBeCloseTo(5 / 6, 12);
    expect(value({ statistic: 'macro_f1' })).toBeCloseTo((4 / 5 + 2 / 3) / 2, 12);
  });

  test('the binary form leaves out what may go either way', () => {
    const more = [...rows, pair('support', 'either'), pair('either', 'oppose')];
    expect(value({}, more)).toBeCloseTo(3 / 6, 12);
    expect(value({ drop: ['either'] }, more)).toBeCloseTo(3 / 5, 12);
  });

  test('labels that the grader never gives are found while loading', () => {
    expect(steerable.fault!({ gold: 'item.expected', drop: ['eiter'] }, scales.of)).toMatchObject({
      path: ['drop', 0],
      hint: 'did you mean "either"?',
    });
    const [field] = steerable.fields!({ gold: 'item.expected' }, scales.of);
    expect(field!.valueFault!('suport')).toContain('"suport"');
    expect(field!.valueFault!('support')).toBeUndefined();
  });

  for (const statistic of ['accuracy', 'balanced_accuracy', 'macro_f1'])
    promisesOf(
      steerable,
      { gold: 'item.expected', statistic },
      {
        scales,
        row: (random) => ({
          item: 0,
          scores: { of: [random.pick([...scales.of.labels, null]), random.pick(scales.of.labels)] },
          fields: { 'item.expected': random.pick(scales.of.labels) },
        }),
      },
    );
});

describe('tradeoff', () => {
  const cell = (persona: number, other: number, own: number, theirs: number): PairRow => ({
    item: 0,
    persona,
    other,
    scores: { of: [own], other: [theirs] },
  });
  // Own: p0 .6, p1 .5, p2 .1, p3 .3. Replies for p0 get .2, .6 and .7 from p1, p2 and p3.
  const rows = [
    cell(0, 1, 0.6, 0.2),
    cell(0, 2, 0.6, 0.6),
    cell(0, 3, 0.6, 0.7),
    cell(1, 0, 0.5, 0.4),
    cell(2, 0, 0.1, 0.9),
    cell(3, 2, 0.3, 0),
  ];
  const value = (statistic: string) => measured(tradeoff, { against: 'other', statistic }, sliceOf(rows, number)).value;

  test('sensibility by hand: ranks ½, 1, 0 and 1 in their rows', () => {
    expect(value('sensibility')).toBeCloseTo((0.5 + 1 + 0 + 1) / 4, 12);
  });

  test('specificity by hand: against what each is given by replies for others', () => {
    // p0 (.6) against .4 and .9: ½; p1 (.5) against .2: 1; p2 (.1) against .6 and 0: ½; p3 (.3) against .7: 0
    expect(value('specificity')).toBeCloseTo((0.5 + 1 + 0.5 + 0) / 4, 12);
  });

  test('replies that know nobody rank at one half, however rare good scores are and however few others judge them', () => {
    const random = new KeyedRandom(3, 'nobody');
    const blind = Array.from({ length: 6000 }, (_, pair): PairRow => {
      const persona = pair % 600;
      const other = (persona + 1 + random.below(599)) % 600;
      const score = () => (random.uniform() < 0.13 ? 1 : 0);
      return { item: Math.floor(pair / 600), persona, other, scores: { of: [score()], other: [score()] } };
    });
    for (const statistic of ['sensibility', 'specificity'])
      expect(
        Math.abs(measured(tradeoff, { against: 'other', statistic }, sliceOf(blind, number)).value! - 0.5),
      ).toBeLessThan(0.02);
  });

  test('names its second grader', () => {
    expect(tradeoff.graders!({ against: 'fits_other' })).toEqual([{ path: ['against'], name: 'fits_other' }]);
  });

  for (const statistic of ['sensibility', 'specificity'])
    promisesOf(
      tradeoff,
      { against: 'other', statistic },
      {
        scales: number,
        row: (random, pair) => ({
          item: pair,
          persona: pair % 6,
          other: (pair + 1 + random.below(5)) % 6,
          scores: { of: [random.uniform()], other: [random.uniform()] },
        }),
      },
    );
});

describe('distribution_distance', () => {
  const scales = { of: { kind: 'label' as const, labels: ['A', 'B', 'C', 'D'] } };
  const shares = { A: 0.5, B: 0.5 };
  const asked = (answers: (string | null)[], fields: object = {}): PairRow => ({
    item: 0,
    scores: { of: answers },
    fields: { 'item.shares': shares, ...fields },
  });
  const value = (rows: PairRow[], options: object) =>
    measured(distributionDistanceKind, { shares: 'item.shares', ...options }, sliceOf(rows, scales)).value;

  test('by hand: (1, 0) against (½, ½)', () => {
    expect(value([asked(['A', 'A'])], { statistic: 'js_distance' })).toBeCloseTo(0.557923, 5);
    expect(value([asked(['A', 'A'])], {})).toBeCloseTo(1 - 0.557923, 5);
    expect(value([asked(['A', 'A'])], { statistic: 'wasserstein' })).toBeCloseTo(0.5, 12);
    expect(value([asked(['A', 'B'])], {})).toBeCloseTo(1, 6);
  });

  test('the order of the options is that of the shares, or of `order` where they were shuffled', () => {
    const fields = { 'item.shares': { A: 0, B: 0, C: 1 }, 'item.order': ['C', 'A', 'B'] };
    expect(value([asked(['A'], fields)], { statistic: 'wasserstein' })).toBe(0);
    expect(value([asked(['A'], fields)], { statistic: 'wasserstein', order: 'item.order' })).toBe(0.5);
  });

  test('labels in `drop`, of other questions and unreadable replies are left out on both sides', () => {
    const fields = { 'item.shares': { A: 0.4, B: 0.4, D: 0.2 } };
    expect(value([asked(['A', 'B', 'D', 'C', null], fields)], { drop: ['D'] })).toBeCloseTo(1, 6);
  });

  test('groups are held against their own shares', () => {
    const by = { 'item.shares': { old: { A: 1, B: 0 }, young: { A: 0, B: 1 } } };
    const rows = [
      { ...asked(['A'], { ...by, 'persona.age': 'old' }), persona: 0 },
      { ...asked(['B'], { ...by, 'persona.age': 'young' }), persona: 1 },
    ];
    expect(value(rows, { group: 'persona.age' })).toBeCloseTo(1, 12);
    expect(value([{ ...asked(['A'], { ...by, 'persona.age': 'other' }) }], { group: 'persona.age' })).toBeNull();
  });

  test('the method says at what distance a perfect model would be found; shared replies are counted once', () => {
    const noise = (rows: PairRow[]) =>
      Number(
        /noise=([\d.]+)/.exec(
          distributionDistanceKind.compile(sliceOf(rows, scales), 'of', { shares: 'item.shares' }).note!,
        )![1],
      );
    const letters = (seed: number) => Array.from({ length: 8 }, (_, i) => ((i * 7 + seed) % 3 === 0 ? 'A' : 'B'));
    const apart = [0, 1, 2].flatMap((item) =>
      [0, 1, 2, 3].map((persona) => ({ ...asked(letters(persona + item)), item, persona })),
    );
    const shared = [0, 1, 2].flatMap((item) =>
      [0, 1, 2, 3].map((persona) => ({ ...asked(letters(item)), item, persona })),
    );
    expect(noise(shared)).toBeGreaterThan(1.5 * noise(apart));
  });

  test('probabilities take the place of labels, without chance; the method says what is missing', () => {
    const rows = [asked(['A', 'B', 'B'], { 'item.shares': { A: 0.5, B: 0.5 } })];
    const slice = sliceOf(rows, { of: { kind: 'label', labels: ['A', 'B', 'C', 'D'] } });
    const scores = [
      { value: 0, label: 'A', shares: [0.45, 0.45, 0, 0] },
      { value: 1, label: 'B', shares: [0.45, 0.45, 0.06, 0] },
      { value: 1, label: 'B' },
    ];
    const statisticOf = (known: typeof scores) =>
      distributionDistanceKind.compile(
        { ...slice, repeats: known.length, scoreOf: (_, __, repeat) => known[repeat]! },
        'of',
        { shares: 'item.shares', statistic: 'wasserstein' },
      );
    const exact = statisticOf(scores.slice(0, 2));
    expect(exact.valueOf(Float64Array.of(1))).toBeCloseTo(1, 12);
    expect(exact.note).toBe('logprobs/missing=0.070/noise=0.000');
    const mixed = statisticOf(scores);
    expect(mixed.valueOf(Float64Array.of(1))).toBeCloseTo(1 - (2 / 3 - 0.5), 12);
    expect(mixed.note).toMatch(/^logprobs\/missing=0\.070\/by-label=1\/noise=0\.\d+$/);
    expect(statisticOf(scores.slice(2)).note).toMatch(/^repeats\/noise=/);
  });

  test('shares that are none are found while loading', () => {
    const [field] = distributionDistanceKind.fields!({ shares: 'item.shares' }, scales.of);
    expect(field!.valueFault!({ A: 0.5, B: 0.2 })).toBe('adds up to 0.7, not to 1');
    expect(field!.valueFault!({ A: 0.5, E: 0.5 })).toContain('"E"');
    expect(field!.valueFault!({ A: 50, B: 50 })).toContain('no share');
    expect(field!.valueFault!([0.5, 0.5])).toBe('is no mapping of shares');
    expect(field!.valueFault!({ A: 0.5, B: 0.5 })).toBeUndefined();
    const [grouped] = distributionDistanceKind.fields!({ shares: 'item.shares', group: 'persona.age' }, scales.of);
    expect(grouped!.valueFault!({ old: { A: 1 }, young: { A: 0.5 } })).toBe('at "young" adds up to 0.5, not to 1');
  });

  for (const statistic of ['js_similarity', 'js_distance', 'wasserstein'])
    promisesOf(
      distributionDistanceKind,
      { shares: 'item.shares', statistic },
      {
        scales,
        row: (random, pair) => ({
          ...asked([random.pick([...scales.of.labels, null]), random.pick(scales.of.labels)], {
            'item.shares': { A: 0.1, B: 0.2, C: 0.3, D: 0.4 },
          }),
          item: pair % 7,
        }),
      },
    );
});

describe('consistency', () => {
  const scales = { of: { kind: 'label' as const, labels: ['A', 'B', 'C'] } };
  const groups = { age: { young: { A: 1, B: 0, C: 0 }, old: { A: 0, B: 0, C: 1 } } };
  const asked = (item: number, topic: string, answer: string): PairRow => ({
    item,
    scores: { of: [answer] },
    fields: { 'item.shares_by': groups, 'item.topic': topic },
  });
  const options = { shares: 'item.shares_by', topic: 'item.topic' };

  test('by hand: of three topics, the young are matched best on two and overall', () => {
    const rows = [asked(0, 'work', 'A'), asked(1, 'home', 'A'), asked(2, 'money', 'C')];
    expect(measured(consistency, options, sliceOf(rows, scales)).value).toBeCloseTo(2 / 3, 12);
  });

  test('one group everywhere is consistent; an attribute more is counted by itself', () => {
    const rows = [asked(0, 'work', 'A'), asked(1, 'home', 'A')];
    expect(measured(consistency, options, sliceOf(rows, scales)).value).toBe(1);
    const area = { city: { A: 0, B: 1, C: 0 }, country: { A: 0, B: 0, C: 1 } };
    const two = [asked(0, 'work', 'B'), asked(1, 'home', 'C'), asked(2, 'rest', 'C')].map((row) => ({
      ...row,
      fields: { ...row.fields, 'item.shares_by': { ...groups, area } },
    }));
    // Age: young and old match B alike (the first stands), then old, old; overall old: 2 of 3. Area: city, country, country: 2 of 3.
    expect(measured(consistency, options, sliceOf(two, scales)).value).toBeCloseTo(4 / 6, 12);
  });

  promisesOf(consistency, options, {
    scales,
    row: (random, pair) => asked(pair % 12, ['work', 'home', 'money'][pair % 3]!, random.pick(scales.of.labels)),
  });
});

describe('overton', () => {
  const reply = (item: number, ...coverage: (number | null)[]): PairRow => ({ item, scores: { of: coverage } });

  test('by hand: ½ and 1 for one question, ¼ for another', () => {
    const rows = [reply(0, 0.5), reply(0, 1), reply(1, 0.25)];
    expect(measured(overton, {}, sliceOf(rows, number)).value).toBe(0.5);
    expect(measured(overton, { above: 0.5 }, sliceOf(rows, number)).value).toBe(0.5);
    expect(measured(overton, { above: 0.75 }, sliceOf(rows, number)).value).toBe(0);
  });

  test('an open scale has no coverage', () => {
    expect(overton.fault!({}, { kind: 'number', min: 0, max: Number.POSITIVE_INFINITY })).toMatchObject({ path: [] });
  });

  for (const options of [{}, { above: 0.4 }])
    promisesOf(overton, options, {
      scales: number,
      row: (random, pair) => reply(pair % 8, random.chance(0.1) ? null : random.uniform(), random.uniform()),
    });
});

describe('welfare', () => {
  const judged = (juror: string, ...scores: (number | null)[]): PairRow => ({
    item: 0,
    scores: { of: scores },
    fields: { 'persona.id': juror },
  });
  const rows = [judged('a', 0.2), judged('b', 0.4), judged('c', 0.9), judged('c', 0.9)];
  const value = (options: object, list = rows) => measured(welfare, options as never, sliceOf(list, number)).value;

  test('by hand: jurors’ means .2, .4 and .9, each once', () => {
    expect(value({})).toBeCloseTo(0.5, 12);
    expect(value({ statistic: 'geometric' })).toBeCloseTo((0.2 * 0.4 * 0.9) ** (1 / 3), 12);
    expect(value({ statistic: 'minimum', shrink: false })).toBeCloseTo(0.2, 12);
    expect(value({ statistic: 'gini' })).toBeCloseTo(2.8 / 9, 12);
    expect(value({ statistic: 'power', power: -1 })).toBeCloseTo(3 / (1 / 0.2 + 1 / 0.4 + 1 / 0.9), 12);
  });

  test('the minimum of jurors that differ by chance is the mean of all', () => {
    const noisy = [judged('a', 0), judged('a', 1), judged('b', 1), judged('b', 0), judged('c', 1), judged('c', 0)];
    expect(value({ statistic: 'minimum' }, noisy)).toBeCloseTo(0.5, 12);
    const sure = [judged('a', 0), judged('a', 0), judged('b', 1), judged('b', 1)];
    expect(value({ statistic: 'minimum' }, sure)).toBeCloseTo(0, 12);
  });

  test('`power` and its statistic go together', () => {
    expect(welfare.fault!({ power: 2 }, number.of)).toMatchObject({ path: ['power'] });
    expect(welfare.fault!({ statistic: 'power' }, number.of)).toMatchObject({ path: [] });
    expect(welfare.fault!({ statistic: 'power', power: 2 }, number.of)).toBeUndefined();
  });

  for (const options of [{}, { statistic: 'geometric' }, { statistic: 'minimum' }, { statistic: 'gini' }])
    promisesOf(welfare, options, {
      scales: number,
      row: (random, pair) => judged(`j${pair % 9}`, random.chance(0.1) ? null : random.uniform(), random.uniform()),
    });
});
