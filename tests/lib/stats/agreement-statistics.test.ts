import { describe, expect, test } from '@jest/globals';
import { type AgreementWeights, cohenKappa } from '../../../src/lib/stats/kappa.js';
import { coincidencesOf, krippendorffAlpha, type MeasurementLevel } from '../../../src/lib/stats/krippendorff.js';

const table = (...rows: number[][]) => ({ size: rows.length, counts: Float64Array.from(rows.flat()) });

/** Contingency of two raters' labels over all labels that occur. */
function tableOf(a: number[], b: number[]) {
  const labels = [...new Set([...a, ...b])].sort((x, y) => x - y);
  const counts = new Float64Array(labels.length ** 2);
  a.forEach((label, i) => {
    counts[labels.indexOf(label) * labels.length + labels.indexOf(b[i]!)]!++;
  });
  return { size: labels.length, counts };
}

describe('Cohen’s κ against published values', () => {
  test('Artstein and Poesio 2008', () => {
    expect(cohenKappa(table([20, 20], [10, 50]))!.value).toBeCloseTo(0.348, 3);
  });

  test.each<[AgreementWeights, number]>([
    ['none', 0.9315],
    ['linear', 0.9412],
    ['quadratic', 0.9541],
  ])('weights %s', (weights, expected) => {
    const y1 = [...Array(46).fill(0), ...Array(44).fill(1), ...Array(10).fill(2)];
    const y2 = [...Array(50).fill(0), ...Array(40).fill(1), ...Array(10).fill(2)];
    expect(cohenKappa(tableOf(y1, y2), weights)!.value).toBeCloseTo(expected, 4);
  });

  test('the SAS example, with both standard errors', () => {
    const kappa = cohenKappa(table([0, 4, 1], [0, 8, 0], [0, 1, 5]))!;
    expect(kappa.value).toBeCloseTo(0.4842, 4);
    expect(kappa.standardError).toBeCloseTo(0.138, 4);
    expect(kappa.standardErrorAtZero).toBeCloseTo(0.1484, 4);
    expect(kappa.value / kappa.standardErrorAtZero).toBeCloseTo(3.2626, 3);
    expect(kappa.value - 1.959964 * kappa.standardError).toBeCloseTo(0.2137, 3);
    expect(kappa.value + 1.959964 * kappa.standardError).toBeCloseTo(0.7547, 3);
  });

  test.each<[AgreementWeights, number, number]>([
    ['none', -0.006289308, -0.0604067],
    ['linear', 0.1459075, 1.282472],
    ['quadratic', 0.2520325, 1.437451],
  ])('raters 2 and 3 of the anxiety data, weights %s', (weights, expected, z) => {
    const r2 = [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4];
    const r3 = [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2];
    const kappa = cohenKappa(tableOf(r2, r3), weights)!;
    expect(kappa.value).toBeCloseTo(expected, 6);
    expect(kappa.value / kappa.standardErrorAtZero).toBeCloseTo(z, 4);
  });

  test('one label on both sides has no κ; scale and influences', () => {
    expect(cohenKappa(table([7, 0], [0, 0]))).toBeNull();
    expect(cohenKappa(table([0, 0], [0, 0]))).toBeNull();
    const [one, tenfold] = [cohenKappa(table([20, 20], [10, 50]))!, cohenKappa(table([200, 200], [100, 500]))!];
    expect(tenfold.value).toBeCloseTo(one.value, 12);
    const sum = one.influence.reduce((total, each, cell) => total + each * [20, 20, 10, 50][cell]!, 0);
    expect(sum).toBeCloseTo(0, 10);
  });

  test('influences are the derivative of κ', () => {
    const counts = [20, 20, 10, 50];
    const { value, influence } = cohenKappa(table([20, 20], [10, 50]))!;
    const step = 1e-5;
    counts.forEach((_, cell) => {
      const moved = Float64Array.from(counts, (count, i) => count + (i === cell ? step : 0));
      const slope = (cohenKappa({ size: 2, counts: moved })!.value - value) / step;
      expect(slope * 100).toBeCloseTo(influence[cell]!, 3);
    });
  });
});

/** Raters' lists, `*` where there is no value, as units of values. */
const units = (...raters: string[]): number[][] => {
  const rows = raters.map((row) => row.split(' '));
  return rows[0]!.map((_, unit) => rows.flatMap((row) => (row[unit] === '*' ? [] : [Number(row[unit])])));
};

describe('Krippendorff’s α against published values', () => {
  const wikipedia = units(
    '* * * * * 3 4 1 2 1 1 3 3 * 3',
    '1 * 2 1 3 3 4 3 * * * * * * *',
    '* * 2 1 3 4 4 * 2 1 1 3 3 * 4',
  );
  const hayes = units(
    '1 2 3 3 2 1 4 1 2 * * *',
    '1 2 3 3 2 2 4 1 2 5 * 3',
    '* 3 3 3 2 3 4 2 2 5 1 *',
    '1 2 3 3 2 4 4 1 2 5 1 *',
  );
  test.each<[MeasurementLevel, number, number]>([
    ['nominal', 0.691358, 0.7434],
    ['ordinal', 0.806721, 0.8154],
    ['interval', 0.810845, 0.8491],
    ['ratio', 0.808944, 0.7974],
  ])('%s', (level, first, second) => {
    expect(krippendorffAlpha(coincidencesOf(wikipedia), level)).toBeCloseTo(first, 6);
    expect(krippendorffAlpha(coincidencesOf(hayes), level)).toBeCloseTo(second, 4);
  });

  test('units with one value add nothing; a single value overall has no α', () => {
    const more = [...wikipedia, [2], [9]];
    expect(krippendorffAlpha(coincidencesOf(more), 'interval')).toBeCloseTo(0.810845, 6);
    expect(
      krippendorffAlpha(
        coincidencesOf([
          [1, 1],
          [1, 1],
        ]),
        'nominal',
      ),
    ).toBeNull();
    expect(krippendorffAlpha(coincidencesOf([[1], []]), 'nominal')).toBeNull();
  });
});
