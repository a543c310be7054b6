/**
 * Do 95 % intervals of relations of two arms cover the planted truth?
 *
 *   esbuild bench/coverage/relation-coverage.ts --bundle --platform=node --outfile=node_modules/.cache/relation-coverage.cjs --log-level=warning
 *   node node_modules/.cache/relation-coverage.cjs [replications a row, default 500] [part of a relation's kind] [part of a design's name]
 *
 * One row a relation and design: coverage (an end without a bound counts as one that holds), how often the truth lies
 * below and above, how often an interval has one end only, how often there is none (left out of the rest), median
 * width, and bias: mean and median of the values less the truth. Below the slopes: the plain regression on observed rates, its mean
 * b beside that of the same regression on the true chances. Nothing is judged: what covers less than 93.5 % is
 * said in the kind's docstring.
 */
import type { ArmColumns, RelationKind } from '../../src/contract/relation-kind.js';
import { rate } from '../../src/kinds/metrics/rate.js';
import { difficultySlope } from '../../src/kinds/relations/difficulty-slope.js';
import { rebound } from '../../src/kinds/relations/rebound.js';
import { relativeReduction } from '../../src/kinds/relations/relative-reduction.js';
import { KeyedRandom } from '../../src/lib/rng.js';
import type { Count } from '../../src/lib/stats/hypergeometric.js';
import { logisticLine } from '../../src/lib/stats/slope/logistic-line.js';
import {
  drawChances,
  drawRelation,
  type RelationDesign,
  type RelationDraw,
  relationDesigns,
} from './relation-worlds.js';

const level = 0.95;
const seed = 20261001;

function columnsOf(counts: readonly Count[]): ArmColumns {
  return {
    values: Float64Array.from(counts, ({ successes, trials }) => successes / trials),
    successes: Float64Array.from(counts, ({ successes }) => successes),
    trials: Int32Array.from(counts, ({ trials }) => trials),
    binary: true,
  };
}

function measured(kind: RelationKind, { base, other, clusters }: RelationDraw) {
  const sides = { base: columnsOf(base), other: columnsOf(other) };
  const [of, against] = kind === relativeReduction ? [sides.base, sides.other] : [sides.other, sides.base];
  return kind.measure(
    {
      items: Int32Array.from(base.keys()),
      itemIds: base.map((_, i) => String(i)),
      of,
      against,
      units: { clusters, range: { min: 0, max: 1 } },
      metric: rate,
    },
    level,
  );
}

/** Of the population that items are drawn from: the planted value of very many of them. */
function truthOf(kind: RelationKind, design: RelationDesign): number {
  if (kind === difficultySlope) return design.beta;
  const items = 60000;
  const many = { ...design, items, perEntity: 1, domains: items };
  const chances = drawChances(many, new KeyedRandom(seed, 'truth', design.name));
  const side = (of: 'base' | 'other') => ({
    chances: Float64Array.from(chances, (one) => one[of]),
    trials: new Int32Array(items).fill(design.repeats),
  });
  const [of, against] = kind === relativeReduction ? [side('base'), side('other')] : [side('other'), side('base')];
  const truth = kind.planted({ items: Int32Array.from(chances.keys()), of, against });
  if (truth.planted === null) throw new Error(truth.none);
  return truth.planted;
}

const percent = (share: number): string => (100 * share).toFixed(1).padStart(6);
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
/** Draws in which there is no such line are left out. */
const known = (values: readonly number[]): number[] => values.filter((value) => !Number.isNaN(value));
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

function printRow(kind: RelationKind, design: RelationDesign, replications: number): void {
  const truth = truthOf(kind, design);
  const values: number[] = [];
  const widths: number[] = [];
  const counts = { below: 0, above: 0, open: 0, none: 0 };
  const plain: { observed: number[]; true: number[] } = { observed: [], true: [] };
  for (let replication = 0; replication < replications; replication++) {
    const draw = drawRelation(design, new KeyedRandom(seed, design.name, String(design.repeats), String(replication)));
    const { value, low, high } = measured(kind, draw);
    if (value === null) {
      counts.none++;
      continue;
    }
    values.push(value);
    if (low !== null && high !== null) widths.push(high - low);
    else counts.open++;
    if (low !== null && truth < low) counts.below++;
    if (high !== null && truth > high) counts.above++;
    const lineOf = (x: (i: number) => number) => logisticLine(draw.other.map((one, i) => ({ x: x(i), ...one })))?.b;
    plain.observed.push(lineOf((i) => draw.base[i]!.successes / draw.base[i]!.trials) ?? Number.NaN);
    plain.true.push(lineOf((i) => draw.chances[i]!.base) ?? Number.NaN);
  }
  const n = values.length;
  const shares = [1 - (counts.below + counts.above) / n, counts.below / n, counts.above / n];
  const ends = [counts.open / n, counts.none / replications];
  const shown = `${design.name}, ${design.items} × ${design.repeats}`.padEnd(32);
  const numbers = [median(widths).toFixed(2), (mean(values) - truth).toFixed(3), (median(values) - truth).toFixed(3)];
  console.log(
    `${kind.kind.padEnd(19)}${shown}${truth.toFixed(3).padStart(6)} ${[...shares, ...ends].map(percent).join(' ')}  ${numbers.map((one) => one.padStart(7)).join(' ')}`,
  );
  if (kind === difficultySlope)
    console.log(
      `${''.padEnd(19)}plain b ${mean(known(plain.observed)).toFixed(2)}; on the true chances ${mean(known(plain.true)).toFixed(2)}`,
    );
}

function main(): void {
  const replications = Number(process.argv[2] ?? 500);
  const error = 100 * Math.sqrt((level * (1 - level)) / replications);
  console.log(`coverage of ${100 * level} % intervals, ${replications} draws a row (±${error.toFixed(1)}), in %`);
  console.log(
    `${'relation'.padEnd(19)}${'design, items × repeats'.padEnd(32)} truth  cover  below  above   open   none    width    bias  median`,
  );
  for (const kind of [relativeReduction, rebound, difficultySlope].filter((one) =>
    one.kind.includes(process.argv[3] ?? ''),
  )) {
    for (const design of relationDesigns.filter(({ name }) => name.includes(process.argv[4] ?? '')))
      printRow(kind, design, replications);
  }
}

main();
