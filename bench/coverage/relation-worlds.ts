import type { Units } from '../../src/contract/metric-kind.js';
import type { KeyedRandom } from '../../src/lib/rng.js';
import type { Count } from '../../src/lib/stats/hypergeometric.js';

/** Items of entities of domains, each answered `repeats` times in two arms; effects are normal on the logit. */
export interface RelationDesign {
  name: string;
  items: number;
  /** Items of one entity, which share effects. */
  perEntity: number;
  domains: number;
  repeats: number;
  /** Mean logit in the base arm. */
  mu: number;
  /** Spreads of entities, of items within them and of domains in the base arm. */
  spreads: [entity: number, item: number, domain: number];
  /** logit p₁ = alpha + beta · logit p₀ + what is an item's own + what is an entity's own. */
  alpha: number;
  beta: number;
  ownItem: number;
  ownEntity: number;
  /** A share of items in which the other arm works the other way, and by how much. */
  rebound?: { share: number; shift: number };
}

/** One draw: counts of each item, the chances behind them, and the items' clusters. */
export interface RelationDraw {
  base: Count[];
  other: Count[];
  chances: { base: number; other: number }[];
  clusters: Units['clusters'];
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

export function drawRelation(design: RelationDesign, random: KeyedRandom): RelationDraw {
  const chances = drawChances(design, random);
  const draw = (chance: number): Count => {
    let successes = 0;
    for (let repeat = 0; repeat < design.repeats; repeat++) if (random.chance(chance)) successes++;
    return { successes, trials: design.repeats };
  };
  const entity = Int32Array.from(chances, (_, i) => Math.floor(i / design.perEntity));
  return {
    chances,
    base: chances.map(({ base }) => draw(base)),
    other: chances.map(({ other }) => draw(other)),
    clusters: [
      { field: 'pair', ids: entity, count: Math.ceil(design.items / design.perEntity) },
      { field: 'domain', ids: entity.map((one) => one % design.domains), count: design.domains },
    ],
  };
}

export function drawChances(design: RelationDesign, random: KeyedRandom): RelationDraw['chances'] {
  const { items, perEntity, domains, spreads, rebound } = design;
  const effects = (count: number, sd: number) => Array.from({ length: count }, () => sd * random.normal());
  const entities = Math.ceil(items / perEntity);
  const ofDomain = effects(domains, spreads[2]);
  const ofEntity = effects(entities, spreads[0]);
  const own = effects(entities, design.ownEntity);
  return Array.from({ length: items }, (_, i) => {
    const entity = Math.floor(i / perEntity);
    const eta0 = design.mu + ofDomain[entity % domains]! + ofEntity[entity]! + spreads[1] * random.normal();
    const jump = rebound !== undefined && random.chance(rebound.share) ? rebound.shift : 0;
    const eta1 = design.alpha + design.beta * eta0 + own[entity]! + design.ownItem * random.normal() + jump;
    return { base: logistic(eta0), other: logistic(eta1) };
  });
}

type Base = Omit<RelationDesign, 'name' | 'items' | 'repeats' | 'alpha'>;
const few: Base = { perEntity: 1, domains: 13, mu: -0.24, spreads: [0.7, 0.6, 0], beta: 1, ownItem: 0, ownEntity: 0 };
const many: Base & { items: number } = { ...few, items: 200, perEntity: 2, domains: 29, ownItem: 0.7 };
/** As `providers/simulated.yaml` plants mentions, but for refusals. */
const shipped = { ...few, items: 72, alpha: -1.8, rebound: { share: 0.12, shift: 2.6 } };
const own: Partial<Base> = { perEntity: 4, domains: 30, spreads: [0.8, 0.5, 0.5], ownItem: 0.3, ownEntity: 0.8 };

export const relationDesigns: RelationDesign[] = [
  { ...shipped, name: 'shipped world', repeats: 3 },
  { ...shipped, name: 'shipped world', repeats: 20 },
  { ...few, name: 'few items', items: 20, domains: 10, alpha: -1, ownItem: 0.5, repeats: 5 },
  { ...many, name: 'normal effects', alpha: -1, repeats: 3 },
  { ...many, name: 'normal effects', alpha: -1, repeats: 10 },
  { ...few, ...own, name: 'own effects of pairs', items: 240, alpha: -1, beta: 0.6, repeats: 5 },
  { ...many, name: 'rare base', mu: -2.5, alpha: -1, spreads: [1, 0.6, 0], ownItem: 0.5, repeats: 5 },
  { ...many, name: 'other arm near 0', alpha: -4.5, ownItem: 0.5, repeats: 3 },
];
