import Type, { type Static } from 'typebox';
import type { JsonObject } from '../../contract/json.js';
import type { Slice, SliceMetricKind, SliceStatistic } from '../../contract/metric-kind.js';
import { EvalrunError } from '../../contract/problem.js';
import type { StoredScore } from '../../contract/record.js';
import type { Scale } from '../../contract/score.js';
import { cohenKappa } from '../../lib/stats/kappa.js';
import { krippendorffAlpha } from '../../lib/stats/krippendorff.js';
import { meanStatistic } from './shared/mean-statistic.js';

const options = Type.Object(
  {
    with: Type.String({
      minLength: 1,
      description: 'What the scores are compared with: a path of a label, e.g. item.label, or the id of another grader',
    }),
    statistic: Type.Optional(
      Type.Enum(['kappa', 'alpha', 'raw', 'prevalence'], {
        default: 'kappa',
        description:
          'Cohen’s κ, Krippendorff’s α, the plain share of agreement, or the share of labels in "with" that are "is"',
      }),
    ),
    weights: Type.Optional(
      Type.Enum(['none', 'linear', 'quadratic'], {
        default: 'none',
        description: 'Of κ: how much labels that are near in their order agree',
      }),
    ),
    level: Type.Optional(
      Type.Enum(['nominal', 'ordinal', 'interval', 'ratio'], {
        default: 'nominal',
        description: 'Of α: what the distance of two labels means',
      }),
    ),
    is: Type.Optional(
      Type.Union([Type.String(), Type.Number(), Type.Boolean()], {
        description: 'Of the prevalence: the label that counts',
      }),
    ),
  },
  { additionalProperties: false },
);

type Options = Static<typeof options>;
const asOptions = (value: JsonObject): Options => value as unknown as Options;

/** Most distinct labels that are set against each other. */
const mostLabels = 500;

/** Grader ids have no dot; paths have one. */
const isPath = (text: string): boolean => text.includes('.');

/**
 * Agreement of a grader's scores with labels in a field, or with another grader.
 *
 * Source: Cohen (1960, 1968) with the large-sample error of Fleiss, Cohen and Everitt (1969) between clusters;
 * Krippendorff (2011), with a cluster bootstrap; raw agreement and prevalence as shares, with Wilson's interval.
 * Shape: unit `score`; κ and α −1 to 1 (0: no better than chance), raw and prevalence 0 to 1. Each repeat is a
 * comparison of its own; those of a pair weigh as one. Labels are ordered as the grader lists them, numbers by size;
 * a label that only "with" has is a category too.
 * Errors: while loading, an unknown grader or field, a prevalence without `is`, a field with words (or numbers) that a
 * grader of numbers, or of yes and no, can never give: write 1 and 0, or true and false, there. Later BAD_OPTIONS for more than 500
 * distinct labels. Pairs without a label on either side are unscored; a κ or α of a single label has no value.
 * Limits: κ depends on prevalence, so give both, with the raw agreement.
 */
export const agreement: SliceMetricKind = {
  form: 'slice',
  kind: 'agreement',
  version: 1,
  options,
  reads: ['binary', 'label', 'number'],
  unit: 'score',
  fault(raw) {
    const { statistic, is } = asOptions(raw);
    if (statistic === 'prevalence' && is === undefined)
      return { path: [], message: 'a prevalence needs "is": the label whose share is wanted' };
    return undefined;
  },
  range: (_, raw) =>
    ['raw', 'prevalence'].includes(asOptions(raw).statistic ?? 'kappa') ? { min: 0, max: 1 } : { min: -1, max: 1 },
  graders: (raw) => (isPath(asOptions(raw).with) ? [] : [{ path: ['with'], name: asOptions(raw).with }]),
  fields: (raw, scale) => {
    const { with: name } = asOptions(raw);
    return isPath(name) ? [{ path: ['with'], name, valueFault: (value) => neverGiven(value, scale) }] : [];
  },
  compile(slice, of, raw) {
    const given = asOptions(raw);
    const compared = comparisonsOf(slice, of, given);
    if (given.statistic === 'raw')
      return meanStatistic(
        compared.scored,
        shareOf(compared, ({ cell, size }) => cell % size === Math.floor(cell / size)),
      );
    if (given.statistic === 'prevalence') {
      const wanted = compared.labels.indexOf(labelText(given.is));
      return meanStatistic(
        compared.scored,
        shareOf(compared, ({ cell, size }) => cell % size === wanted),
      );
    }
    return given.statistic === 'alpha' ? alphaStatistic(compared, given) : kappaStatistic(compared, given);
  },
};

/** A word where the scores are numbers would agree with none of them, and κ would be 0 whatever was judged. */
function neverGiven(value: unknown, scale: Scale): string | undefined {
  const text = fieldText(value);
  if (text === null || scale.kind === 'label') return undefined;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  const shown = JSON.stringify(value);
  if (scale.kind === 'binary')
    return number === 0 || number === 1 ? undefined : `is ${shown}, but the grader gives 1 or 0: write true or false`;
  if (number >= scale.min && number <= scale.max) return undefined;
  return `is ${shown}, but the grader gives numbers from ${scale.min} to ${scale.max}`;
}

/** Every comparison: which pair, which cell of the table, and what share of the pair's comparisons it is. */
interface Comparisons {
  labels: string[];
  scored: Uint8Array;
  pairs: Int32Array;
  cells: Int32Array;
  shares: Float64Array;
}

const labelText = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value);
};

const scoreText = (score: StoredScore): string | null => {
  if ('unscored' in score) return null;
  return score.label !== undefined ? score.label : String(score.value);
};

function comparisonsOf(slice: Slice, of: string, given: Options): Comparisons {
  const own: string[] = [];
  const others: string[] = [];
  const pairs: number[] = [];
  const scored = new Uint8Array(slice.pairs);
  const binary = slice.scaleOf(of).kind !== 'label';
  const textOf = (score: StoredScore) => (binary && !('unscored' in score) ? String(score.value) : scoreText(score));
  for (let pair = 0; pair < slice.pairs; pair++) {
    for (let repeat = 0; repeat < slice.repeats; repeat++) {
      const one = textOf(slice.scoreOf(of, pair, repeat));
      const other = isPath(given.with)
        ? fieldText(slice.field(given.with, pair))
        : textOf(slice.scoreOf(given.with, pair, repeat));
      if (one === null || other === null) continue;
      own.push(one);
      others.push(other);
      pairs.push(pair);
      scored[pair] = 1;
    }
  }
  return tabled(orderedLabels(slice.scaleOf(of), [own, others]), { own, others, pairs, scored });
}

const fieldText = (value: unknown): string | null =>
  value === undefined || value === null || value === '' ? null : labelText(value);

function tabled(
  labels: string[],
  { own, others, pairs, scored }: { own: string[]; others: string[]; pairs: number[]; scored: Uint8Array },
): Comparisons {
  if (labels.length > mostLabels) {
    throw new EvalrunError('BAD_OPTIONS', `an agreement of ${labels.length} distinct labels cannot be told`, {
      hint: `compare labels, or scores with at most ${mostLabels} values`,
    });
  }
  const places = new Map(labels.map((label, place) => [label, place]));
  const perPair = new Map<number, number>();
  for (const pair of pairs) perPair.set(pair, (perPair.get(pair) ?? 0) + 1);
  return {
    labels,
    scored,
    pairs: Int32Array.from(pairs),
    cells: Int32Array.from(own, (label, at) => places.get(label)! * labels.length + places.get(others[at]!)!),
    shares: Float64Array.from(pairs, (pair) => 1 / perPair.get(pair)!),
  };
}

/** Those of the scale in its order, then others; numbers by size. Labels that occur on neither side are left out. */
function orderedLabels(scale: Scale, sides: string[][]): string[] {
  const found = new Set(sides.flatMap((side) => [...new Set(side)]));
  const known = scale.kind === 'label' ? scale.labels.filter((label) => found.has(label)) : [];
  for (const label of known) found.delete(label);
  const rest = [...found].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  return [...known, ...rest];
}

function shareOf(
  { labels, scored, pairs, cells, shares }: Comparisons,
  holds: (at: { cell: number; size: number }) => boolean,
): Float64Array {
  const values = new Float64Array(scored.length);
  for (let k = 0; k < pairs.length; k++)
    if (holds({ cell: cells[k]!, size: labels.length })) values[pairs[k]!]! += shares[k]!;
  return values;
}

function tableOf({ labels, pairs, cells, shares }: Comparisons, weights: Float64Array): Float64Array {
  const counts = new Float64Array(labels.length ** 2);
  for (let k = 0; k < pairs.length; k++) counts[cells[k]!]! += weights[pairs[k]!]! * shares[k]!;
  return counts;
}

function kappaStatistic(compared: Comparisons, { weights: kind = 'none' }: Options): SliceStatistic {
  const size = compared.labels.length;
  const kappaAt = (weights: Float64Array) => cohenKappa({ size, counts: tableOf(compared, weights) }, kind);
  return {
    scored: compared.scored,
    valueOf: (weights) => kappaAt(weights)?.value ?? null,
    influences: (weights) => {
      const kappa = kappaAt(weights);
      if (kappa === null) return null;
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const influences = new Float64Array(weights.length);
      const { pairs, cells, shares } = compared;
      for (let k = 0; k < pairs.length; k++)
        influences[pairs[k]!]! += (weights[pairs[k]!]! * shares[k]! * kappa.influence[cells[k]!]!) / total;
      return influences;
    },
  };
}

function alphaStatistic(compared: Comparisons, { level = 'nominal' }: Options): SliceStatistic {
  const { labels, scored } = compared;
  const size = labels.length;
  const numeric = labels.every((label) => label.trim() !== '' && Number.isFinite(Number(label)));
  const values = labels.map((label, place) => (numeric ? Number(label) : place));
  const n = 2 * scored.reduce((sum, is) => sum + is, 0);
  return {
    scored,
    valueOf: (weights) => {
      const table = tableOf(compared, weights);
      const counts = new Float64Array(size * size);
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++) counts[i * size + j] = table[i * size + j]! + table[j * size + i]!;
      return krippendorffAlpha({ values, counts, n }, level);
    },
  };
}
