/**
 * Do 95 % intervals of metrics of whole slices (cluster bootstrap with BCa ends, delta method) cover the planted truth?
 *
 *   esbuild bench/coverage/slice-coverage.ts --bundle --platform=node --outfile=node_modules/.cache/slice-coverage.cjs --log-level=warning
 *   node node_modules/.cache/slice-coverage.cjs [replications a row, default 1000] [part of a metric's name] [ways, 1 or 2]
 *
 * One row a metric, size and way of clustering: coverage, how often the truth lies below and above the interval, mean
 * width, the mean error of the value (its bias), and how many draws had no interval (counted as a miss). Nothing is
 * judged: what covers less than 93.5 % is said in the kind's docstring.
 */
import { KeyedRandom } from '../../src/lib/rng.js';
import { type Statistic, statisticInterval } from '../../src/lib/stats/statistic-interval.js';
import { type Size, type SliceCase, sliceCases, sliceSizes } from './slice-worlds.js';

const level = 0.95;
const seed = 20260901;

interface Row {
  coverage: number;
  below: number;
  above: number;
  width: number;
  bias: number;
  none: number;
}

function statisticFor(
  { kind, options, way }: SliceCase,
  ways: 1 | 2,
  size: Size,
  slice: Parameters<SliceCase['kind']['compile']>[0],
): Statistic {
  const { scored, ...statistic } = kind.compile(slice, 'of', options);
  const columns = {
    items: { field: 'items', ids: slice.items, count: size.items },
    people: { field: 'people', ids: slice.personas, count: size.people },
  };
  return {
    ...statistic,
    units: { clusters: ways === 2 ? [columns.items, columns.people] : [columns[way]] },
    size: slice.pairs,
    scored: Int32Array.from([...scored.keys()].filter((pair) => scored[pair] === 1)),
    range: kind.range(slice.scaleOf('of'), options),
  };
}

/** Mean value of a statistic whose truth is only known for its size, on draws of their own. */
function meanValue(one: SliceCase, size: Size, ways: 1 | 2): number {
  let sum = 0;
  const draws = 2000;
  for (let draw = 0; draw < draws; draw++) {
    const { slice } = one.draw(size, ways, new KeyedRandom(seed, 'truth', one.name, String(draw)));
    const statistic = one.kind.compile(slice, 'of', one.options);
    sum += statistic.valueOf(Float64Array.from(statistic.scored))! / draws;
  }
  return sum;
}

function rowOf(one: SliceCase, size: Size, ways: 1 | 2, replications: number): Row {
  const known = one.ofThisSize ? meanValue(one, size, ways) : null;
  const row: Row = { coverage: 0, below: 0, above: 0, width: 0, bias: 0, none: 0 };
  for (let replication = 0; replication < replications; replication++) {
    const random = new KeyedRandom(seed, one.name, String(ways), String(size.items), String(replication));
    const drawn = one.draw(size, ways, random);
    const truth = known ?? drawn.truth;
    const { value, low, high } = statisticInterval(statisticFor(one, ways, size, drawn.slice), level);
    row.bias += ((value ?? truth) - truth) / replications;
    if (low === null || high === null) row.none += 1 / replications;
    else {
      row.width += (high - low) / replications;
      if (truth < low) row.below += 1 / replications;
      else if (truth > high) row.above += 1 / replications;
      else row.coverage += 1 / replications;
    }
  }
  return row;
}

const percent = (share: number): string => (100 * share).toFixed(1).padStart(6);

function main(): void {
  const replications = Number(process.argv[2] ?? 1000);
  const error = 100 * Math.sqrt((level * (1 - level)) / replications);
  console.log(`coverage of ${100 * level} % intervals, ${replications} draws a row (±${error.toFixed(1)}), in %`);
  console.log(`${'metric'.padEnd(40)} ${'size'.padEnd(10)} ways  cover  below  above   none  width    bias`);
  for (const one of sliceCases.filter(({ name }) => name.includes(process.argv[3] ?? ''))) {
    for (const size of sliceSizes) {
      for (const ways of ([1, 2] as const).filter((ways) => [undefined, String(ways)].includes(process.argv[4]))) {
        const { coverage, below, above, none, width, bias } = rowOf(one, size, ways, replications);
        const shown = `${size.items}×${size.people}×${size.each}`.padEnd(10);
        const parts = [coverage, below, above, none].map(percent).join(' ');
        console.log(
          `${one.name.padEnd(40)} ${shown} ${ways}    ${parts}  ${width.toFixed(3)} ${bias.toFixed(4).padStart(7)}`,
        );
      }
    }
  }
}

main();
