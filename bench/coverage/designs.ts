import type { Design, Shift } from './planted-world.js';

/** Sizes of very uneven clusters. */
const uneven = [1, 2, 3, 5, 8, 12, 20, 29];

export const rateDesigns: Design[] = [
  { name: 'independent, 300', a: 300, unitsPerA: 1, sdA: 0, clustered: false },
  { name: 'one way, 60 × 10, sd .7', a: 60, unitsPerA: 10, sdA: 0.7 },
  { name: 'one way, 60 × 10, sd 1.2', a: 60, unitsPerA: 10, sdA: 1.2 },
  { name: 'one way, 60 × 10, nothing to cluster', a: 60, unitsPerA: 10, sdA: 0 },
  { name: 'one way, 200 × 5, sd 1.2', a: 200, unitsPerA: 5, sdA: 1.2 },
  { name: 'one way, 60 × 1…29, sd 1.2', a: 60, unitsPerA: uneven, sdA: 1.2 },
  { name: 'one way, 24 × 1…29, sd .7', a: 24, unitsPerA: uneven, sdA: 0.7 },
  { name: 'one way, 20 × 10, sd 1.2', a: 20, unitsPerA: 10, sdA: 1.2 },
  { name: 'one way, 12 × 5, sd .7', a: 12, unitsPerA: 5, sdA: 0.7 },
  { name: 'one way, 12 × 50, sd .7', a: 12, unitsPerA: 50, sdA: 0.7 },
  { name: 'one way, 6 × 20, sd .7', a: 6, unitsPerA: 20, sdA: 0.7 },
  { name: 'two ways, 60 × 60 × 10, sd .7 / .7', a: 60, unitsPerA: 10, b: 60, sdA: 0.7, sdB: 0.7 },
  { name: 'two ways, 60 × 60 × 10, sd 1.2 / .3', a: 60, unitsPerA: 10, b: 60, sdA: 1.2, sdB: 0.3 },
  { name: 'two ways, 60 × 60 × 10, nothing to cluster', a: 60, unitsPerA: 10, b: 60, sdA: 0, sdB: 0 },
  { name: 'two ways, 100 × 300 × 3, sd .7 / .7', a: 100, unitsPerA: 3, b: 300, sdA: 0.7, sdB: 0.7 },
  { name: 'two ways, 20 × 40 × 10, sd 1.2 / .3', a: 20, unitsPerA: 10, b: 40, sdA: 1.2, sdB: 0.3 },
  { name: 'two ways, 20 × 40 × 10, nothing to cluster', a: 20, unitsPerA: 10, b: 40, sdA: 0, sdB: 0 },
  { name: 'two ways, 60 × 60 × 6, three repeats', a: 60, unitsPerA: 6, b: 60, sdA: 0.7, sdB: 0.7, repeats: 3 },
  { name: 'nested, 60 pairs of 2 in 12 domains', a: 60, unitsPerA: 2, b: 12, nested: true, sdA: 0.7, sdB: 0.3 },
  { name: 'weights sd .5, 60 × 10', a: 60, unitsPerA: 10, sdA: 0.7, weightSd: 0.5 },
  { name: 'weights sd 1, 60 × 10', a: 60, unitsPerA: 10, sdA: 1.2, weightSd: 1 },
  { name: 'weights sd 1, 200 × 5', a: 200, unitsPerA: 5, sdA: 0.7, weightSd: 1 },
  {
    name: 'weights sd 1 that lean on the effect, 200 × 5',
    a: 200,
    unitsPerA: 5,
    sdA: 0.7,
    weightSd: 1,
    weightLean: 0.5,
  },
  { name: 'weights sd .5, two ways, 100 × 100 × 6', a: 100, unitsPerA: 6, b: 100, sdA: 0.7, sdB: 0.7, weightSd: 0.5 },
  { name: 'weights sd 1, two ways, 60 × 60 × 6', a: 60, unitsPerA: 6, b: 60, sdA: 0.7, sdB: 0.7, weightSd: 1 },
];

const pairedBases: Design[] = [
  { name: 'one way, 60 × 10', a: 60, unitsPerA: 10, sdA: 0.7 },
  { name: 'one way, 20 × 10', a: 20, unitsPerA: 10, sdA: 1.2 },
  { name: 'two ways, 60 × 60 × 10', a: 60, unitsPerA: 10, b: 60, sdA: 0.7, sdB: 0.7 },
  { name: 'two ways, 100 × 300 × 3', a: 100, unitsPerA: 3, b: 300, sdA: 0.7, sdB: 0.7 },
  { name: 'two ways, 20 × 40 × 10', a: 20, unitsPerA: 10, b: 40, sdA: 1.2, sdB: 0.3 },
  { name: 'nested, 60 × 2 in 12', a: 60, unitsPerA: 2, b: 12, nested: true, sdA: 0.7, sdB: 0.3 },
  { name: 'three repeats, 60 × 60 × 6', a: 60, unitsPerA: 6, b: 60, sdA: 0.7, sdB: 0.7, repeats: 3 },
  { name: 'weights sd .5, 100 × 6', a: 100, unitsPerA: 6, sdA: 0.7, weightSd: 0.5 },
];

/** Second conditions: alike, somewhat rarer, rare; with and without clusters that answer to it in their own way. */
export const pairedDesigns: { design: Design; shift: Shift }[] = pairedBases.flatMap((design) =>
  [0, -1, -3].flatMap((logit) =>
    [0, 0.5].map((sd) => ({
      design: { ...design, name: `pairs, ${design.name}, shift ${logit}, own sd ${sd}` },
      shift: { logit, sd },
    })),
  ),
);
