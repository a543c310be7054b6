import type { Units } from '../../src/contract/metric-kind.js';
import type { KeyedRandom } from '../../src/lib/rng.js';

/** How units, their clusters and their weights come about. Effects are normal on the logit scale. */
export interface Design {
  name: string;
  /** Clusters of the first kind, and the units of each; a list of sizes is used in turn. */
  a: number;
  unitsPerA: number | number[];
  /** Clusters of the second kind: crossed (each unit of an `a` meets another `b`), or `nested` above the first. */
  b?: number;
  nested?: boolean;
  /** Standard deviations of the clusters' effects. */
  sdA: number;
  sdB?: number;
  /** Answers averaged per unit; default 1. */
  repeats?: number;
  /** Spread of the log weight of an `a`; absent: no weights. */
  weightSd?: number;
  /** Correlation of the log weight with the effect of the `a`. */
  weightLean?: number;
  /** False: units are treated as independent. */
  clustered?: boolean;
}

/** A second condition, asked of the same units. */
export interface Shift {
  /** Added to every logit. */
  logit: number;
  /** Standard deviation of what is special to a cluster in one condition. */
  sd: number;
}

interface Layout {
  a: Int32Array;
  b: Int32Array;
}

/** Draws from one design and rate; the truth is that of the population of clusters, not of those drawn. */
export class PlantedWorld {
  readonly #design: Design;
  readonly #shift: Shift;
  readonly #base: number;

  constructor(design: Design, rate: number, shift: Shift = { logit: 0, sd: 0 }) {
    this.#design = design;
    this.#shift = shift;
    this.#base = logitForRate(rate, this.#sd());
  }

  /** True rate of the first condition; weights that lean on the effect tilt it. */
  rate(): number {
    const { sdA, weightSd = 0, weightLean = 0 } = this.#design;
    return marginalRate(this.#base + sdA * weightSd * weightLean, this.#sd());
  }

  /** True rate of the first condition less that of the second. */
  difference(): number {
    const { sdA, weightSd = 0, weightLean = 0 } = this.#design;
    return this.rate() - marginalRate(this.#base + this.#shift.logit + sdA * weightSd * weightLean, this.#sd());
  }

  drawRate(random: KeyedRandom): Units {
    const draw = this.#draw(random);
    return { ...draw.units, values: draw.answers(0) };
  }

  drawDifference(random: KeyedRandom): Units {
    const draw = this.#draw(random);
    const first = draw.answers(0);
    const second = draw.answers(this.#shift.logit);
    return { ...draw.units, values: first.map((value, i) => value - second[i]!) };
  }

  #sd(): number {
    const { sdA, sdB = 0, b } = this.#design;
    const special = this.#shift.sd;
    return Math.hypot(sdA, sdB, special, b === undefined ? 0 : special);
  }

  #draw(random: KeyedRandom) {
    const design = this.#design;
    const { a, b } = layOut(design, random);
    const effects = (count: number, sd: number) => Float64Array.from({ length: count }, () => sd * random.normal());
    const effectA = effects(design.a, design.sdA);
    const effectB = effects(design.b ?? 1, design.sdB ?? 0);
    const weightOfA = weightsOf(design, effectA, random);
    const answers = (logit: number) => {
      const ownA = effects(design.a, this.#shift.sd);
      const ownB = effects(design.b ?? 1, design.b === undefined ? 0 : this.#shift.sd);
      const repeats = design.repeats ?? 1;
      return Float64Array.from(a, (g, i) => {
        const h = b[i]!;
        const chance = logistic(this.#base + logit + effectA[g]! + effectB[h]! + ownA[g]! + ownB[h]!);
        let hits = 0;
        for (let repeat = 0; repeat < repeats; repeat++) hits += random.chance(chance) ? 1 : 0;
        return hits / repeats;
      });
    };
    const clusters: Units['clusters'] = [{ field: 'a', ids: a, count: design.a }];
    if (design.b !== undefined) clusters.push({ field: 'b', ids: b, count: design.b });
    const units = {
      clusters: design.clustered === false ? [] : clusters,
      ...(weightOfA && { weights: Float64Array.from(a, (g) => weightOfA[g]!) }),
    };
    return { units, answers };
  }
}

function layOut({ a, unitsPerA, b, nested }: Design, random: KeyedRandom): Layout {
  const first: number[] = [];
  const second: number[] = [];
  let deck: number[] = [];
  for (let g = 0; g < a; g++) {
    const size = typeof unitsPerA === 'number' ? unitsPerA : unitsPerA[g % unitsPerA.length]!;
    const met = new Set<number>();
    while (met.size < size) {
      if (b === undefined || nested) {
        second.push(b === undefined ? 0 : g % b);
        met.add(met.size);
      } else {
        if (deck.length === 0) deck = shuffled(b, random);
        const h = deck.pop()!;
        if (met.has(h)) {
          deck.unshift(h);
          continue;
        }
        met.add(h);
        second.push(h);
      }
      first.push(g);
    }
  }
  return { a: Int32Array.from(first), b: Int32Array.from(second) };
}

function shuffled(count: number, random: KeyedRandom): number[] {
  const deck = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [deck[i], deck[j]] = [deck[j]!, deck[i]!];
  }
  return deck;
}

function weightsOf(
  { sdA, weightSd, weightLean = 0 }: Design,
  effectA: Float64Array,
  random: KeyedRandom,
): Float64Array | undefined {
  if (weightSd === undefined) return undefined;
  const free = Math.sqrt(1 - weightLean * weightLean);
  return effectA.map((effect) =>
    Math.exp(weightSd * ((sdA > 0 ? (weightLean * effect) / sdA : 0) + free * random.normal())),
  );
}

const logistic = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Mean of the logistic over a normal of this mean and standard deviation. */
function marginalRate(mean: number, sd: number): number {
  let sum = 0;
  let mass = 0;
  for (let step = -200; step <= 200; step++) {
    const z = step / 25;
    const density = Math.exp((-z * z) / 2);
    sum += density * logistic(mean + sd * z);
    mass += density;
  }
  return sum / mass;
}

function logitForRate(rate: number, sd: number): number {
  let [low, high] = [-40, 40];
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (marginalRate(middle, sd) < rate) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
