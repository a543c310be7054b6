/** Nodes xᵢ and weights wᵢ with ∫ f(x)·e^(−x²) dx ≈ Σ wᵢ·f(xᵢ). */
export interface Quadrature {
  nodes: Float64Array;
  weights: Float64Array;
}

const known = new Map<number, Quadrature>();

/** Gauss–Hermite quadrature with so many nodes (1–40): exact for polynomials up to degree 2·size − 1. */
export function gaussHermite(size: number): Quadrature {
  const made = known.get(size) ?? rootsOf(size);
  known.set(size, made);
  return made;
}

/** Roots of the orthonormal Hermite polynomial, largest first, each by Newton from where the ones before suggest. */
function rootsOf(size: number): Quadrature {
  const nodes = new Float64Array(size);
  const weights = new Float64Array(size);
  for (let i = 0; i < Math.ceil(size / 2); i++) {
    let x = firstGuess(i, size, nodes);
    for (let step = 0; step < 50; step++) {
      const { value, slope } = hermite(size, x);
      x -= value / slope;
      if (Math.abs(value / slope) < 1e-15) break;
    }
    if (2 * i + 1 === size) x = 0;
    const { slope } = hermite(size, x);
    nodes[i] = x;
    nodes[size - 1 - i] = -x;
    weights[i] = 2 / slope ** 2;
    weights[size - 1 - i] = weights[i]!;
  }
  return { nodes, weights };
}

function firstGuess(i: number, size: number, found: Float64Array): number {
  const order = 2 * size + 1;
  if (i === 0) return Math.sqrt(order) - 1.85575 * order ** (-1 / 6);
  if (i === 1) return found[0]! - (1.14 * size ** 0.426) / found[0]!;
  if (i === 2) return 1.86 * found[1]! - 0.86 * found[0]!;
  if (i === 3) return 1.91 * found[2]! - 0.91 * found[1]!;
  return 2 * found[i - 1]! - found[i - 2]!;
}

/** The orthonormal Hermite polynomial of this degree and its derivative, by the three-term recurrence. */
function hermite(degree: number, x: number): { value: number; slope: number } {
  let [before, value] = [0, Math.PI ** -0.25];
  for (let j = 1; j <= degree; j++) {
    const next = x * Math.sqrt(2 / j) * value - Math.sqrt((j - 1) / j) * before;
    [before, value] = [value, next];
  }
  return { value, slope: Math.sqrt(2 * degree) * before };
}
