/**
 * Do 95 % intervals cover the planted truth as often as they promise? At least 93.5 % everywhere, and at most 97 % with
 * 60 clusters or more.
 *
 *   esbuild bench/coverage/coverage.ts --bundle --platform=node --outfile=node_modules/.cache/coverage.cjs --log-level=warning
 *   node node_modules/.cache/coverage.cjs [replications a design and rate, default 2000] [part of a design's name]
 *
 * Prints one row a design with the coverage at each rate. Exit code 1 if any lies outside by more than three standard
 * errors of its own simulation.
 */
import type { Units } from '../../src/contract/metric-kind.js';
import { mean } from '../../src/kinds/metrics/mean.js';
import { rate } from '../../src/kinds/metrics/rate.js';
import { KeyedRandom } from '../../src/lib/rng.js';
import { clusteringOf } from '../../src/lib/stats/clustering.js';
import { pairedDesigns, rateDesigns } from './designs.js';
import { type Design, PlantedWorld, type Shift } from './planted-world.js';

const rates = [0.02, 0.1, 0.33, 0.5, 0.9, 0.98];
const level = 0.95;
const [lowest, highest, manyClusters] = [0.935, 0.97, 60];

interface Cell {
  name: string;
  rate: number;
  coverage: number;
  /** Smallest effective number of clusters over the dimensions. */
  clusters: number;
}

function coverageOf(
  replications: number,
  truth: number,
  draw: (random: KeyedRandom) => Units,
  interval: typeof rate.estimate,
): number {
  let covered = 0;
  for (let replication = 0; replication < replications; replication++) {
    const { low, high } = interval(draw(new KeyedRandom(20260801, String(replication))), level);
    if (low !== null && high !== null && low <= truth && truth <= high) covered++;
  }
  return covered / replications;
}

/** Median over a few draws: with weights it depends on who was drawn. */
function effectiveClusters(world: PlantedWorld): number {
  const draws = Array.from(
    { length: 41 },
    (_, i) => clusteringOf(world.drawRate(new KeyedRandom(i, 'clusters'))).df + 1,
  );
  return draws.sort((a, b) => a - b)[20]!;
}

function rateCell(design: Design, planted: number, replications: number): Cell {
  const world = new PlantedWorld(design, planted);
  const metric = design.repeats === undefined ? rate : mean;
  const coverage = coverageOf(replications, world.rate(), (random) => world.drawRate(random), metric.estimate);
  return {
    name: design.name,
    rate: planted,
    coverage,
    clusters: effectiveClusters(world),
  };
}

function pairedCell({ design, shift }: { design: Design; shift: Shift }, planted: number, replications: number): Cell {
  const world = new PlantedWorld(design, planted, shift);
  const coverage = coverageOf(
    replications,
    world.difference(),
    (random) => world.drawDifference(random),
    rate.difference,
  );
  return {
    name: design.name,
    rate: planted,
    coverage,
    clusters: effectiveClusters(world),
  };
}

function percent(cell: Cell): string {
  const mark = cell.coverage < lowest ? '<' : cell.clusters >= manyClusters && cell.coverage > highest ? '>' : ' ';
  return `${(100 * cell.coverage).toFixed(1)}${mark}`;
}

function printRow(cells: Cell[]): void {
  const clusters = Math.round(cells[0]!.clusters);
  console.log(
    `${cells[0]!.name.padEnd(66)} ${String(clusters).padStart(4)} ${cells.map((cell) => percent(cell).padStart(7)).join('')}`,
  );
}

function main(): void {
  const replications = Number(process.argv[2] ?? 2000);
  const named = ({ name }: Design) => name.includes(process.argv[3] ?? '');
  console.log(`coverage of ${100 * level} % intervals, ${replications} replications each, in %`);
  console.log(`${'design'.padEnd(66)} ${'G'.padStart(4)} ${rates.map((one) => String(one).padStart(6)).join(' ')}`);
  const rows = [
    ...rateDesigns.filter(named).map((design) => () => rates.map((one) => rateCell(design, one, replications))),
    ...pairedDesigns
      .filter(({ design }) => named(design))
      .map((paired) => () => rates.map((one) => pairedCell(paired, one, replications))),
  ];
  const cells = rows.flatMap((row) => {
    const done = row();
    printRow(done);
    return done;
  });
  if (cells.length > 0) summarise(cells, replications);
}

function summarise(cells: Cell[], replications: number): void {
  const many = cells.filter(({ clusters }) => clusters >= manyClusters);
  const least = cells.reduce((a, b) => (a.coverage <= b.coverage ? a : b));
  const most = many.toSorted((a, b) => b.coverage - a.coverage)[0];
  const error = (bound: number) => 3 * Math.sqrt((bound * (1 - bound)) / replications);
  const broken = [
    ...cells.filter(({ coverage }) => coverage < lowest - error(lowest)),
    ...many.filter(({ coverage }) => coverage > highest + error(highest)),
  ];
  console.log(`lowest:  ${percent(least)} (${least.name}, rate ${least.rate}); promise ≥ ${100 * lowest}`);
  if (most) {
    console.log(
      `highest with ${manyClusters}+ clusters: ${percent(most)} (${most.name}, rate ${most.rate}); promise ≤ ${100 * highest}`,
    );
  }
  console.log(`simulation error ±${((100 * error(0.95)) / 3).toFixed(2)} (one standard error)`);
  for (const cell of broken)
    console.log(`outside by more than 3 standard errors: ${cell.name}, rate ${cell.rate}: ${percent(cell)}`);
  process.exitCode = broken.length === 0 ? 0 : 1;
}

main();
