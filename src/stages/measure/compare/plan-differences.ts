import type { GraderSpec, MetricSpec, Step } from '../../../contract/eval-spec.js';
import type { FrozenProvider, Matrix, Plan } from '../../../contract/plan.js';
import { canonicalJson } from '../../../lib/canonical-json.js';
import type { PairMatch } from './match-pairs.js';

/** A part of two plans that is not the same, and what about it: keys, ids, or words. */
export interface PlanDifference {
  part: string;
  names: string[];
}

/** One run's plan, and what its pairs are made of. */
export interface PlanSide {
  plan: Pick<Plan, 'matrix'> & Partial<Pick<Plan, 'evalrunVersion'>>;
  matrix: Matrix;
  axes: { items: Int32Array; personas: Int32Array };
}

/**
 * What differs between two plans of one eval and breaks the comparability of their scores. Titles, sources, samples,
 * limits and the providers under test are not among it; items and people count only where they are matched.
 */
export function planDifferences(a: PlanSide, b: PlanSide, match: PairMatch): PlanDifference[] {
  const [one, two] = [a.plan.matrix, b.plan.matrix];
  const found = [
    ...changedWord('eval version', one.eval.version, two.eval.version),
    ...changedWord('evalrun version', a.plan.evalrunVersion, b.plan.evalrunVersion),
    ...changedRows('items', [one.eval.items.items, two.eval.items.items], [a.axes.items, b.axes.items], match),
    ...changedRows(
      'personas',
      [one.eval.personas?.people ?? [], two.eval.personas?.people ?? []],
      [a.axes.personas, b.axes.personas],
      match,
    ),
    ...changedOthers(a, b, match),
    ...changedEntries(
      'arm',
      byId(one.eval.arms, ({ fields }) => fields),
      byId(two.eval.arms, ({ fields }) => fields),
    ),
    ...changedEntries('step', byId(one.eval.steps, partsOfStep), byId(two.eval.steps, partsOfStep)),
    ...changedWord('order of steps', idsOf(one.eval.steps), idsOf(two.eval.steps)),
    ...changedEntries('grader', byId(one.eval.graders, partsOfGrader), byId(two.eval.graders, partsOfGrader)),
    ...changedEntries('metric', byId(one.eval.metrics, partsOfMetric), byId(two.eval.metrics, partsOfMetric)),
    ...changedEntries('role', partsOfRoles(one.roles), partsOfRoles(two.roles)),
  ];
  return found;
}

type Parts = { [key: string]: unknown };

const idsOf = (rows: readonly { id: string }[]): string => rows.map(({ id }) => id).join(', ');
const byId = <Row extends { id: string }>(rows: readonly Row[], parts: (row: Row) => Parts): Map<string, Parts> =>
  new Map(rows.map((row) => [row.id, parts(row)]));
const partsOfStep = ({ id: _id, ...parts }: Step): Parts => parts;
const partsOfGrader = ({ kind, of, whenRefused, whenUnparseable, options }: GraderSpec): Parts => ({
  ...options,
  kind,
  of,
  whenRefused,
  whenUnparseable,
});
const partsOfMetric = ({ kind, of, clusters, options }: MetricSpec): Parts => ({ ...options, kind, of, clusters });
const partsOfRoles = (roles: { [role: string]: FrozenProvider }): Map<string, Parts> =>
  new Map(
    Object.entries(roles).map(([role, { kind, identity, sampling }]) => [role, { kind, model: identity, sampling }]),
  );

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

function changedWord(part: string, a: unknown, b: unknown): PlanDifference[] {
  return same(a, b) ? [] : [{ part, names: [`${a} → ${b}`] }];
}

/** Entries of one sort, each with the keys that differ. */
function changedEntries(sort: string, a: Map<string, Parts>, b: Map<string, Parts>): PlanDifference[] {
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((id) => {
    const [one, two] = [a.get(id), b.get(id)];
    const part = `${sort} ${id}`;
    if (one === undefined || two === undefined) return [{ part, names: [`only in ${one === undefined ? 'B' : 'A'}`] }];
    const names = [...new Set([...Object.keys(one), ...Object.keys(two)])].filter((key) => !same(one[key], two[key]));
    return names.length === 0 ? [] : [{ part, names: names.sort() }];
  });
}

/** Ids of the matched rows whose content differs. */
function changedRows(
  part: string,
  [rowsA, rowsB]: [readonly { id: string }[], readonly { id: string }[]],
  [ofA, ofB]: [Int32Array, Int32Array],
  match: PairMatch,
): PlanDifference[] {
  const seen = new Uint8Array(rowsA.length);
  const names: string[] = [];
  for (let k = 0; k < match.a.length; k++) {
    const row = ofA[match.a[k]!]!;
    if (row < 0 || seen[row] === 1) continue;
    seen[row] = 1;
    if (!same(rowsA[row], rowsB[ofB[match.b[k]!]!])) names.push(rowsA[row]!.id);
  }
  return names.length === 0 ? [] : [{ part, names }];
}

/** Where an eval's templates or graders may speak of `other`, the persona of the shuffled control. */
const mentionsOther = /"other"|\bother[.[]\w|\{\{-?\s*other\b/;

/** Pairs for which another persona stands in as the other one: it depends on seed and sample. */
function changedOthers(a: PlanSide, b: PlanSide, match: PairMatch): PlanDifference[] {
  const { arms, steps, graders } = a.plan.matrix.eval;
  if (!mentionsOther.test(canonicalJson([arms, steps, graders]))) return [];
  const otherOf = ({ matrix }: PlanSide, pair: number): string | undefined =>
    matrix.cellAt(matrix.ordinalOf({ pair, provider: 0, arm: 0, repeat: 0 })).other?.id;
  let changed = 0;
  for (let k = 0; k < match.a.length; k++) if (otherOf(a, match.a[k]!) !== otherOf(b, match.b[k]!)) changed++;
  return changed === 0
    ? []
    : [{ part: 'other personas', names: [`of ${changed} of ${match.a.length} pairs, as seed or sample differ`] }];
}
