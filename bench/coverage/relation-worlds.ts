import type { Units } from '../../src/contract/metric-kind.js';
import type { KeyedRandom } from '../../src/lib/rng.js';
import type { ItemAnswers } from '../../src/lib/stats/slope/slope-likelihood.js';

/** Items in pairs and domains, each answered `repeats` times in two arms; effects are normal on the logit. */
export interface RelationDesign {
  name: string;
  items: number;
  /** Items of one entity, which share an effect. */
  perEntity: number;
  domains: number;
  repeats: number;
  /** Mean logit without the instruction. */
  mu: number;
  /** Spreads of entities, of items within them and of domains without the instruction. */
  spreads: [entity: number, item: number, domain: number];
  /** logit p₁ = alpha + beta · logit p₀ + what is an item's own (and, as much again, an entity's own). */
  alpha: number;
  beta: number;
  ownItem: number;
  ownEntity: number;
  /** Instead of a normal effect of its own: a share of items for which the instruction does this. */
  rebound?: { share: number; shift: number };
}

export interface RelationDraw {
  answers: ItemAnswers[];
  chances: [number, number][];
  clusters: Units['clusters'];
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

export function drawRelation(design: RelationDesign, random: KeyedRandom): RelationDraw {
  const { items, perEntity, domains, repeats } = design;
  const entities = Math.ceil(items / perEntity);
  const effects = (count: number, sd: number) => Array.from({ length: count }, () => sd * random.normal());
  const ofDomain = effects(domains, design.spreads[2]);
  const ofEntity = effects(entities, design.spreads[0]);
  const own = effects(entities, design.ownEntity);
  const answers: ItemAnswers[] = [];
  const chances: [number, number][] = [];
  const draw = (chance: number) => {
    let successes = 0;
    for (let repeat = 0; repeat < repeats; repeat++) if (random.chance(chance)) successes++;
    return { successes, trials: repeats };
  };
  for (let i = 0; i < items; i++) {
    const entity = Math.floor(i / perEntity);
    const eta0 = design.mu + ofDomain[entity % domains]! + ofEntity[entity]! + design.spreads[1] * random.normal();
    const { rebound } = design;
    const jump = rebound !== undefined && random.chance(rebound.share) ? rebound.shift : 0;
    const eta1 = design.alpha + design.beta * eta0 + own[entity]! + design.ownItem * random.normal() + jump;
    const pair: [number, number] = [logistic(eta0), logistic(eta1)];
    chances.push(pair);
    answers.push({ base: draw(pair[0]), other: draw(pair[1]) });
  }
  const entity = Int32Array.from(answers, (_, i) => Math.floor(i / perEntity));
  const clusters = [
    { field: 'pair', ids: entity, count: entities },
    { field: 'domain', ids: entity.map((one) => one % domains), count: domains },
  ];
  return { answers, chances, clusters };
}

const shipped = { perEntity: 1, domains: 13, mu: -0.24, beta: 1, ownItem: 0, ownEntity: 0 };

export const relationDesigns: RelationDesign[] = [
  {
    ...shipped,
    name: 'as simulated',
    items: 72,
    repeats: 3,
    spreads: [0.7, 0.6, 0],
    alpha: -1.8,
    rebound: { share: 0.12, shift: 2.6 },
  },
  {
    ...shipped,
    name: 'as simulated',
    items: 72,
    repeats: 20,
    spreads: [0.7, 0.6, 0],
    alpha: -1.8,
    rebound: { share: 0.12, shift: 2.6 },
  },
  { ...shipped, name: 'normal', items: 72, repeats: 3, spreads: [0.7, 0.6, 0], alpha: -1, ownItem: 0.7 },
  { ...shipped, name: 'normal', items: 72, repeats: 10, spreads: [0.7, 0.6, 0], alpha: -1, ownItem: 0.7 },
  {
    ...shipped,
    name: 'normal',
    items: 200,
    perEntity: 2,
    domains: 29,
    repeats: 3,
    spreads: [0.7, 0.6, 0],
    alpha: -1,
    ownItem: 0.7,
  },
  {
    ...shipped,
    name: 'normal',
    items: 200,
    perEntity: 2,
    domains: 29,
    repeats: 10,
    spreads: [0.7, 0.6, 0],
    alpha: -1,
    ownItem: 0.7,
  },
  {
    ...shipped,
    name: 'clustered',
    items: 240,
    perEntity: 4,
    domains: 30,
    repeats: 5,
    spreads: [0.8, 0.5, 0.5],
    alpha: -1,
    beta: 0.6,
    ownItem: 0.3,
    ownEntity: 0.8,
  },
  {
    ...shipped,
    name: 'rare',
    items: 200,
    perEntity: 2,
    domains: 29,
    repeats: 5,
    mu: -2.5,
    spreads: [1, 0.6, 0],
    alpha: -1,
    ownItem: 0.5,
  },
];
