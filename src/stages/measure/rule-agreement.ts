import type { Report } from '../../contract/report.js';
import { cohenKappa } from '../../lib/stats/kappa.js';
import { type Statistic, statisticInterval } from '../../lib/stats/statistic-interval.js';
import type { MeasureInput } from './measure-input.js';
import { outcomeCode, statusCode } from './outcome-codes.js';
import type { ScoreColumns } from './score-columns.js';

type RuleAgreement = NonNullable<Report['judges'][number]['rule']>;

/** Places in a table of two answers, yes or no each: rule first, judge second. */
const tableSize = 4;
const [ruleOnly, judgeOnly] = [2, 1];

/**
 * How far a judge and a rule say the same of the same texts: Cohen's κ with what each of them finds alone. Every answered
 * cell that both have scored counts once, whatever the weight of its persona.
 *
 * The interval of κ is κ ± t · standard error from its influences, summed within items (their arms, personas and repeats
 * hang together), with items − 1 degrees of freedom.
 *
 * @param graders places of the judge and of its rule among the eval's graders
 * @returns null where the rule is no grader of the eval
 */
export function ruleAgreement(
  input: MeasureInput,
  scores: ScoreColumns,
  { judge, rule }: { judge: number; rule: number },
  cells: Iterable<number>,
): RuleAgreement | null {
  const { graders, items } = input.plan.matrix.eval;
  const grader = graders[rule]?.id;
  if (grader === undefined) return null;
  const tables = new Float64Array(items.items.length * tableSize);
  for (const cell of cells) {
    if (scores.outcomes[cell] !== outcomeCode.answered) continue;
    if (scores.statusOf(judge, cell) !== statusCode.scored || scores.statusOf(rule, cell) !== statusCode.scored)
      continue;
    const place = 2 * scores.valueOf(rule, cell) + scores.valueOf(judge, cell);
    tables[input.matrix.positionAt(cell).item * tableSize + place]!++;
  }
  const ones = new Float64Array(items.items.length).fill(1);
  const counts = tableOf(tables, ones);
  const n = counts.reduce((sum, count) => sum + count, 0);
  const { value, low, high, method } = statisticInterval(kappaOf(tables), input.level ?? 0.95);
  return {
    grader,
    n,
    agree: n === 0 ? null : (counts[0]! + counts[3]!) / n,
    kappa: value,
    low,
    high,
    method,
    ruleOnly: counts[ruleOnly]!,
    judgeOnly: counts[judgeOnly]!,
  };
}

/** The tables of all items as one, each item with its weight. */
function tableOf(tables: Float64Array, weights: Float64Array): Float64Array {
  const table = new Float64Array(tableSize);
  for (let k = 0; k < tables.length; k++) table[k % tableSize]! += weights[Math.floor(k / tableSize)]! * tables[k]!;
  return table;
}

/** κ as a function of the items' weights. Items of which nothing was compared are left out. */
function kappaOf(tables: Float64Array): Statistic {
  const size = tables.length / tableSize;
  const countOf = (item: number) => tables.subarray(item * tableSize, (item + 1) * tableSize);
  const compared = Int32Array.from(
    Array.from({ length: size }, (_, item) => item).filter((item) => countOf(item).some((count) => count > 0)),
  );
  const kappaAt = (weights: Float64Array) => cohenKappa({ size: 2, counts: tableOf(tables, weights) });
  return {
    units: { clusters: [{ field: 'item.id', ids: Int32Array.from({ length: size }, (_, item) => item), count: size }] },
    scored: compared,
    size,
    range: { min: -1, max: 1 },
    valueOf: (weights) => kappaAt(weights)?.value ?? null,
    influences: (weights) => {
      const kappa = kappaAt(weights);
      if (kappa === null) return null;
      const total = tableOf(tables, weights).reduce((sum, count) => sum + count, 0);
      return Float64Array.from({ length: size }, (_, item) =>
        countOf(item).reduce(
          (sum, count, place) => sum + (weights[item]! * count * kappa.influence[place]!) / total,
          0,
        ),
      );
    },
  };
}
