/** Counts of two raters' categories: `counts[i * size + j]` units were put into i by the one and j by the other. */
export interface Contingency {
  size: number;
  /** Counts ≥ 0; need not be whole. */
  counts: Float64Array;
}

/** How much a pair of categories agrees: fully or not at all, or less the further apart they stand in their order. */
export type AgreementWeights = 'none' | 'linear' | 'quadratic';

/** Cohen's κ with what its errors are made of. */
export interface Kappa {
  /** −1 to 1. */
  value: number;
  observed: number;
  expected: number;
  /** Large-sample standard error (Fleiss, Cohen, Everitt 1969), taking each counted unit as independent. */
  standardError: number;
  /** The same if there were no agreement beyond chance: for a test of κ = 0. */
  standardErrorAtZero: number;
  /** What one unit of cell (i, j) adds to κ, linearised; the mean over units is 0. */
  influence: Float64Array;
}

/** Agreement of categories i and j, 0–1. */
export function agreementOf(i: number, j: number, size: number, weights: AgreementWeights): number {
  if (i === j) return 1;
  if (weights === 'none') return 0;
  const apart = Math.abs(i - j) / (size - 1);
  return weights === 'linear' ? 1 - apart : 1 - apart * apart;
}

/**
 * Cohen's κ (1960; weighted 1968): agreement beyond what the raters' own shares would give by chance, as a share of
 * what is possible beyond it.
 *
 * @returns null where nothing is counted, or where both raters used one category alone (0/0)
 */
export function cohenKappa({ size, counts }: Contingency, weights: AgreementWeights = 'none'): Kappa | null {
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (!(n > 0)) return null;
  const { rows, columns } = marginals({ size, counts }, n);
  const agreement = new Float64Array(size * size);
  const byRow = new Float64Array(size);
  const byColumn = new Float64Array(size);
  let observed = 0;
  let expected = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const v = agreementOf(i, j, size, weights);
      agreement[i * size + j] = v;
      byRow[i]! += v * columns[j]!;
      byColumn[j]! += v * rows[i]!;
      observed += (v * counts[i * size + j]!) / n;
      expected += v * rows[i]! * columns[j]!;
    }
  }
  const room = 1 - expected;
  if (!(room > 1e-12)) return null;
  const influence = new Float64Array(size * size);
  let squares = 0;
  let atZero = -(expected ** 2);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const cell = i * size + j;
      const chance = byRow[i]! + byColumn[j]!;
      const v = agreement[cell]!;
      influence[cell] = (v - observed) / room - ((1 - observed) * (chance - 2 * expected)) / room ** 2;
      squares += (counts[cell]! / n) * influence[cell]! ** 2;
      atZero += rows[i]! * columns[j]! * (v - chance) ** 2;
    }
  }
  return {
    value: (observed - expected) / room,
    observed,
    expected,
    standardError: Math.sqrt(squares / n),
    standardErrorAtZero: Math.sqrt(Math.max(0, atZero) / n) / room,
    influence,
  };
}

function marginals({ size, counts }: Contingency, n: number): { rows: Float64Array; columns: Float64Array } {
  const rows = new Float64Array(size);
  const columns = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      rows[i]! += counts[i * size + j]! / n;
      columns[j]! += counts[i * size + j]! / n;
    }
  }
  return { rows, columns };
}
