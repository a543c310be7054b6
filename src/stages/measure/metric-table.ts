import type { MetricSpec } from '../../contract/eval-spec.js';
import type { MetricKind, UnitMetricKind, Units } from '../../contract/metric-kind.js';
import type { Matrix } from '../../contract/plan.js';
import type { ClusterColumn } from './cluster-columns.js';
import type { ScoreColumns } from './score-columns.js';

/** A metric with all that its slices need. */
export interface MetricTable<Kind extends MetricKind = MetricKind> {
  spec: MetricSpec;
  kind: Kind;
  /** Place of its grader among the eval's graders. */
  grader: number;
  /** Range of unit values. */
  range: { min: number; max: number };
  /** Per provider: one column for each cluster field. */
  clusters: ClusterColumn[][];
  /** Weight of each pair, where they differ. */
  weights?: Float64Array;
  /** Of the whole run; absent if no slice shows any. */
  designEffect?: number;
}

/** Whether a metric is a mean of unit values. */
export function isUnitTable(table: MetricTable): table is MetricTable<UnitMetricKind> {
  return table.kind.form !== 'slice';
}

/** A value per pair of one provider and arm; `scored` says where there is one. */
export interface PairValues {
  values: Float64Array;
  scored: Uint8Array;
}

/**
 * Averages the repeats of each pair, or does with them what the kind says. A pair is scored if at least one of its repeats is: dropping it for one lost
 * judgement would throw away more than the noise that the missing repeat adds.
 */
export function pairValues(
  { spec, kind, grader }: MetricTable<UnitMetricKind>,
  matrix: Matrix,
  scores: ScoreColumns,
  at: { provider: number; arm: number },
): PairValues {
  const values = new Float64Array(matrix.pairs);
  const scored = new Uint8Array(matrix.pairs);
  const ofRepeats = kind.ofRepeats?.bind(kind);
  const own: number[] = [];
  for (let pair = 0; pair < matrix.pairs; pair++) {
    let sum = 0;
    own.length = 0;
    let repeats = 0;
    for (let repeat = 0; repeat < matrix.repeats; repeat++) {
      const value = kind.valueOf(scores.scoreOf(grader, matrix.ordinalOf({ ...at, pair, repeat })), spec.options);
      if (value === null) continue;
      sum += value;
      repeats++;
      if (ofRepeats) own.push(value);
    }
    if (repeats === 0) continue;
    const value = ofRepeats ? ofRepeats(own, spec.options) : sum / repeats;
    if (value === null) continue;
    values[pair] = value;
    scored[pair] = 1;
  }
  return { values, scored };
}

/** The scored ones of some pairs (all by default), as a metric kind reads them. */
export function unitsOf(
  table: MetricTable,
  provider: number,
  { values, scored }: PairValues,
  slice?: { pairs?: Int32Array; without?: string },
): Units {
  const pairs = scoredPairs(scored, slice?.pairs);
  const { weights } = table;
  return {
    values: picked(values, pairs, new Float64Array(pairs.length)),
    ...(weights && { weights: picked(weights, pairs, new Float64Array(pairs.length)) }),
    clusters: table.clusters[provider]!.filter(({ field }) => field !== slice?.without).map(
      ({ field, ids, count }) => ({
        field,
        ids: picked(ids, pairs, new Int32Array(pairs.length)),
        count,
      }),
    ),
    range: table.range,
    ...(table.designEffect !== undefined && { designEffect: table.designEffect }),
  };
}

function scoredPairs(scored: Uint8Array, among: Int32Array | undefined): Int32Array {
  const size = among?.length ?? scored.length;
  const pairs = new Int32Array(size);
  let n = 0;
  for (let i = 0; i < size; i++) {
    const pair = among ? among[i]! : i;
    if (scored[pair] === 1) pairs[n++] = pair;
  }
  return pairs.subarray(0, n);
}

/** Plain loops: `from` with a function takes twenty times as long on columns of this size. */
function picked<Column extends Float64Array | Int32Array>(column: Column, pairs: Int32Array, into: Column): Column {
  for (let i = 0; i < pairs.length; i++) into[i] = column[pairs[i]!]!;
  return into;
}
