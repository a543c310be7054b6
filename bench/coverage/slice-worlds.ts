import type { Slice, SliceMetricKind } from '../../src/contract/metric-kind.js';
import type { StoredScore } from '../../src/contract/record.js';
import type { Scale } from '../../src/contract/score.js';
import { agreement } from '../../src/kinds/metrics/agreement.js';
import { distributionDistanceKind } from '../../src/kinds/metrics/distribution-distance.js';
import { steerable } from '../../src/kinds/metrics/steerable.js';
import { tradeoff } from '../../src/kinds/metrics/tradeoff.js';
import { welfare } from '../../src/kinds/metrics/welfare.js';
import { sharesAt } from '../../src/kinds/providers/simulated/choosing/plant-choice.js';
import type { KeyedRandom } from '../../src/lib/rng.js';
import { distributionDistance } from '../../src/lib/stats/distribution-distance.js';

/** Items and people, and how many people each item meets, in turn. */
export interface Size {
  items: number;
  people: number;
  each: number;
}

/** One draw of a world, and the number that its interval is to hold. */
export interface SliceDraw {
  slice: Slice;
  truth: number;
}

/** A metric of whole slices in a world whose truth is known. */
export interface SliceCase {
  name: string;
  kind: SliceMetricKind;
  options: { [option: string]: string | boolean };
  /** What one way of clustering goes by. */
  way: 'items' | 'people';
  /** @param ways 1: what is not clustered has no effects of its own (or, for jurors, stands for itself) */
  draw(size: Size, ways: 1 | 2, random: KeyedRandom): SliceDraw;
  /** The truth is not known but for this size: the mean of the values themselves is taken in its place. */
  ofThisSize?: true;
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const itemSd = 0.7;
const personSd = 0.5;

/** Mean of a function over a standard normal. */
function overNormal(of: (z: number) => number): number {
  let [sum, mass] = [0, 0];
  for (let step = -40; step <= 40; step++) {
    const z = step / 10;
    const density = Math.exp((-z * z) / 2);
    sum += density * of(z);
    mass += density;
  }
  return sum / mass;
}

const marginal = (base: number, sd: number): number => overNormal((z) => logistic(base + sd * z));

interface Layout {
  item: Int32Array;
  person: Int32Array;
  a: Float64Array;
  b: Float64Array;
}

function layOut({ items, people, each }: Size, sds: [number, number], random: KeyedRandom): Layout {
  const [item, person]: [number[], number[]] = [[], []];
  for (let i = 0; i < items; i++) {
    for (let k = 0; k < each; k++) {
      item.push(i);
      person.push((i + Math.floor((k * people) / each)) % people);
    }
  }
  const effects = (count: number, sd: number) => Float64Array.from({ length: count }, () => sd * random.normal());
  return {
    item: Int32Array.from(item),
    person: Int32Array.from(person),
    a: effects(items, sds[0]),
    b: effects(people, sds[1]),
  };
}

function sliceOf(
  { item, person }: Layout,
  scales: { [grader: string]: Scale },
  given: {
    score(grader: string, pair: number): StoredScore;
    field?(path: string, pair: number): unknown;
    others?: Int32Array;
  },
): Slice {
  return {
    pairs: item.length,
    repeats: 1,
    items: item,
    personas: person,
    others: given.others ?? new Int32Array(item.length).fill(-1),
    scaleOf: (grader) => scales[grader]!,
    scoreOf: given.score,
    field: given.field ?? ((path, pair) => (path === 'persona.id' ? person[pair] : undefined)),
  };
}

const binary: { [grader: string]: Scale } = { of: { kind: 'binary' }, other: { kind: 'binary' } };
const yesNo = (chance: number, random: KeyedRandom): StoredScore => ({ value: random.chance(chance) ? 1 : 0 });

const options = ['A', 'B', 'C', 'D'];
const sharpness = 1.2;

/** The population stands elsewhere than the model, by an amount that differs between questions. */
function distanceCase(statistic: 'js_similarity' | 'wasserstein'): SliceCase {
  const kind = statistic === 'wasserstein' ? 'wasserstein' : 'jensen_shannon';
  const known = new Map<number, number>();
  const modelAt = (place: number, sd: number): Float64Array =>
    Float64Array.from(options, (_, k) => overNormal((z) => sharesAt(place + sd * z, options.length, sharpness)[k]!));
  const truthAt = (sd: number): number => {
    const truth =
      known.get(sd) ??
      overNormal((place) =>
        overNormal((shift) => {
          const population = Float64Array.from(sharesAt(place + 0.5 + 0.8 * shift, options.length, sharpness));
          return 1 - distributionDistance(kind, modelAt(place, sd), population);
        }),
      );
    known.set(sd, truth);
    return truth;
  };
  return {
    name: `distribution_distance, ${statistic}`,
    kind: distributionDistanceKind,
    options: { shares: 'item.shares', statistic, debias: true },
    way: 'items',
    draw(size, ways, random) {
      const sd = ways === 2 ? personSd : 0;
      const layout = layOut(size, [1, sd], random);
      const shares = Array.from(layout.a, (place) => {
        const own = sharesAt(place + 0.5 + 0.8 * random.normal(), options.length, sharpness);
        return Object.fromEntries(options.map((label, k) => [label, own[k]!]));
      });
      const answers = Array.from(layout.item, (i, pair): StoredScore => {
        const chances = sharesAt(layout.a[i]! + layout.b[layout.person[pair]!]!, options.length, sharpness);
        const drawn = random.uniform();
        let below = 0;
        const place = chances.findIndex((chance) => {
          below += chance;
          return drawn < below;
        });
        const value = place < 0 ? options.length - 1 : place;
        return { value, label: options[value]! };
      });
      const slice = sliceOf(
        layout,
        { of: { kind: 'label', labels: options } },
        {
          score: (_, pair) => answers[pair]!,
          field: (_, pair) => shares[layout.item[pair]!],
        },
      );
      return { slice, truth: truthAt(sd) };
    },
  };
}

const sides = ['support', 'oppose', 'either'];

const steerableCase: SliceCase = {
  name: 'steerable, balanced_accuracy',
  kind: steerable,
  options: { gold: 'item.expected', statistic: 'balanced_accuracy' },
  way: 'items',
  draw(size, ways, random) {
    const layout = layOut(size, [itemSd, ways === 2 ? personSd : 0], random);
    const bases = [1.2, 0.4, -0.5];
    const gold: number[] = [];
    const given = Array.from(layout.item, (i, pair): StoredScore => {
      const u = random.uniform();
      const expected = u < 0.5 ? 0 : u < 0.8 ? 1 : 2;
      gold.push(expected);
      const right = random.chance(logistic(bases[expected]! + layout.a[i]! + layout.b[layout.person[pair]!]!));
      const value = right ? expected : (expected + 1 + random.below(2)) % 3;
      return { value, label: sides[value]! };
    });
    const sd = Math.hypot(itemSd, ways === 2 ? personSd : 0);
    const slice = sliceOf(
      layout,
      { of: { kind: 'label', labels: sides } },
      { score: (_, pair) => given[pair]!, field: (_, pair) => sides[gold[pair]!] },
    );
    return { slice, truth: bases.reduce((sum, base) => sum + marginal(base, sd), 0) / 3 };
  },
};

/** One way: the jurors stand for themselves, and their own means are the truth. */
function welfareCase(statistic: 'geometric' | 'minimum'): SliceCase {
  return {
    name: `welfare, ${statistic}`,
    kind: welfare,
    options: { statistic },
    way: 'items',
    draw(size, ways, random) {
      const layout = layOut(size, [itemSd, personSd], random);
      const scores = Array.from(layout.item, (i, pair) =>
        yesNo(logistic(0.8 + layout.a[i]! + layout.b[layout.person[pair]!]!), random),
      );
      const means = Array.from(layout.b, (b) => marginal(0.8 + b, itemSd));
      const own = statistic === 'minimum' ? Math.min(...means) : geometric(means);
      const all = () => Math.exp(overNormal((z) => Math.log(marginal(0.8 + personSd * z, itemSd))));
      const slice = sliceOf(layout, binary, { score: (_, pair) => scores[pair]! });
      return { slice, truth: ways === 1 || statistic === 'minimum' ? own : all() };
    },
  };
}

const geometric = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

const kappaCase: SliceCase = {
  name: 'agreement, kappa',
  kind: agreement,
  options: { with: 'item.label' },
  way: 'items',
  draw(size, ways, random) {
    const layout = layOut(size, [itemSd, ways === 2 ? personSd : 0], random);
    const marks = Float64Array.from({ length: size.items }, () => 0.5 * random.normal());
    const labels: number[] = [];
    const scores = Array.from(layout.item, (i, pair): StoredScore => {
      const label = random.chance(logistic(-0.4 + marks[i]!)) ? 1 : 0;
      labels.push(label);
      const agrees = random.chance(logistic(1.5 + layout.a[i]! + layout.b[layout.person[pair]!]!));
      return { value: agrees ? label : 1 - label };
    });
    const yes = marginal(-0.4, 0.5);
    const agree = marginal(1.5, Math.hypot(itemSd, ways === 2 ? personSd : 0));
    const judged = yes * agree + (1 - yes) * (1 - agree);
    const chance = yes * judged + (1 - yes) * (1 - judged);
    const slice = sliceOf(layout, binary, { score: (_, pair) => scores[pair]!, field: (_, pair) => labels[pair] });
    return { slice, truth: (agree - chance) / (1 - chance) };
  },
};

const tradeoffCase: SliceCase = {
  name: 'tradeoff, sensibility',
  kind: tradeoff,
  options: { against: 'other' },
  way: 'people',
  ofThisSize: true,
  draw(size, ways, random) {
    const layout = layOut(size, [ways === 2 ? itemSd : 0, itemSd], random);
    const others = layout.person.map((p) => (p + 1 + random.below(size.people - 1)) % size.people);
    const scoresFor = (base: number, judged: Int32Array) =>
      Array.from(layout.item, (i, pair) => yesNo(logistic(base + layout.a[i]! + layout.b[judged[pair]!]!), random));
    const scores: { [grader: string]: StoredScore[] } = {
      of: scoresFor(0.6, layout.person),
      other: scoresFor(-0.4, others),
    };
    const slice = sliceOf(layout, binary, { score: (grader, pair) => scores[grader]![pair]!, others });
    return { slice, truth: Number.NaN };
  },
};

export const sliceCases: SliceCase[] = [
  distanceCase('js_similarity'),
  distanceCase('wasserstein'),
  steerableCase,
  welfareCase('geometric'),
  welfareCase('minimum'),
  kappaCase,
  tradeoffCase,
];

export const sliceSizes: Size[] = [
  { items: 20, people: 20, each: 20 },
  { items: 60, people: 60, each: 10 },
];
