import { EvalrunError } from '../../../contract/problem.js';
import { holm } from '../../../lib/stats/holm.js';
import { tablesOf } from '../metric-tables.js';
import { pairAxesOf } from '../pair-axes.js';
import { ScoreColumns } from '../score-columns.js';
import type { ComparedRun, Comparison, RunChange, RunDifference, RunSide, RunSlice } from './comparison.js';
import { LargestChanges } from './largest-changes.js';
import { matchPairs, type PairMatch } from './match-pairs.js';
import { type ProviderPair, pairProviders } from './pair-providers.js';
import { planDifferences } from './plan-differences.js';
import { differenceBetween } from './run-difference.js';

/** What a comparison is asked for. */
export interface CompareWish {
  /** Texts such as `openai=tuned`; empty: providers find each other. */
  providers: readonly string[];
  /** Most changes that are listed. */
  changes: number;
}

/**
 * Compares two runs of one eval over what both have: item × persona × arm, repeats averaged on each side. Reads each
 * record once and keeps about 13 bytes for each cell and grader of both.
 *
 * @throws EvalrunError OTHER_EVAL, NOTHING_MATCHED, PROVIDERS_UNPAIRED, BAD_FLAG, CELL_OUTSIDE_PLAN
 */
export async function compareRuns(a: ComparedRun, b: ComparedRun, wish: CompareWish): Promise<Comparison> {
  checkSameEval(a, b);
  const ids = [a, b].map(({ plan }) => plan.matrix.providers.map(({ id }) => id));
  const { pairs, by } = pairProviders(ids[0]!, ids[1]!, wish.providers);
  const sides = { a: await sideOf(a), b: await sideOf(b) };
  const match = matchPairs(pairSource(sides.a), pairSource(sides.b));
  const slices = slicesOf(sides, pairs);
  checkSomethingMatched(match, slices);
  const changes = new LargestChanges(wish.changes);
  const differences = slices.map((slice, number) => {
    const { difference, values, span } = differenceBetween(sides, slice, match);
    changes.add(number, values, match, span);
    return difference;
  });
  adjust(differences);
  return {
    providers: pairs.map((pair) => ({ a: ids[0]![pair.a]!, b: ids[1]![pair.b]! })),
    pairedBy: by,
    matched: match.a.length,
    onlyIn: match.onlyIn,
    differs: planDifferences({ ...a, axes: sides.a.tables.axes }, { ...b, axes: sides.b.tables.axes }, match),
    changes: changes.largest().map((unit) => changeOf(unit, differences[unit.slice]!, sides.a)),
    changed: changes.count,
    differences,
  };
}

function checkSameEval(a: ComparedRun, b: ComparedRun): void {
  const [one, two] = [a.plan.matrix.eval.id, b.plan.matrix.eval.id];
  if (one === two) return;
  throw new EvalrunError('OTHER_EVAL', `the first run is of the eval ${one}, the second of ${two}`, {
    hint: 'name two runs of the same eval',
  });
}

async function sideOf(input: ComparedRun): Promise<RunSide> {
  const scores = new ScoreColumns(input.matrix.cells, input.graderScales);
  for await (const entry of input.entries) scores.put(entry);
  return { input, scores, tables: tablesOf(input, scores, pairAxesOf(input.matrix, input.plan.matrix)) };
}

const pairSource = ({ input, tables }: RunSide) => ({ spec: input.plan.matrix.eval, axes: tables.axes });

function slicesOf(sides: { a: RunSide; b: RunSide }, providers: readonly ProviderPair[]): RunSlice[] {
  const [one, two] = [sides.a.input.plan.matrix.eval, sides.b.input.plan.matrix.eval];
  const arms = one.arms.flatMap(({ id }, a) => {
    const b = two.arms.findIndex((arm) => arm.id === id);
    return b < 0 ? [] : [{ a, b }];
  });
  // A metric of another kind has another unit, or another meaning: it only shares the name.
  const metrics = one.metrics.flatMap(({ id, kind }, a) => {
    const b = two.metrics.findIndex((metric) => metric.id === id && metric.kind === kind);
    return b < 0 ? [] : [{ a, b }];
  });
  return metrics.flatMap((metric) => providers.flatMap((provider) => arms.map((arm) => ({ metric, arm, provider }))));
}

function checkSomethingMatched({ a }: PairMatch, slices: readonly RunSlice[]): void {
  if (a.length > 0 && slices.length > 0) return;
  const what = a.length === 0 ? 'no item with the same persona' : 'no metric of the same kind with the same arm';
  throw new EvalrunError('NOTHING_MATCHED', `${what} is in both runs`, {
    hint: 'units are matched by the ids of item, persona, arm and metric; run both with the same sample and seed',
  });
}

/** Holm over all slices of a metric. */
function adjust(differences: RunDifference[]): void {
  for (const metric of new Set(differences.map((one) => one.metric))) {
    const family = differences.filter((one) => one.metric === metric);
    const adjusted = holm(family.map(({ p }) => p));
    family.forEach((one, i) => {
      one.pAdjusted = adjusted[i]!;
    });
  }
}

function changeOf(
  { pair, from, to }: { pair: number; from: number; to: number },
  { metric, unit, arm, provider, flips }: RunDifference,
  { input, tables: { axes } }: RunSide,
): RunChange {
  const { items, personas } = input.plan.matrix.eval;
  return {
    metric,
    unit,
    arm,
    provider,
    item: items.items[axes.items[pair]!]!.id,
    persona: personas?.people[axes.personas[pair]!]?.id ?? null,
    from,
    to,
    flipped: flips !== null && Math.abs(to - from) === 1,
  };
}
