/** Successes of `trials` at a known x. */
export interface LinePoint {
  x: number;
  successes: number;
  trials: number;
}

/** P(success) = logistic(a + b·x) by maximum likelihood (Newton). Null where there is none: one x only, or all points alike or parted. */
export function logisticLine(points: readonly LinePoint[]): { a: number; b: number } | null {
  let [a, b] = [0, 0];
  for (let step = 0; step < 50; step++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 0, 0, 0];
    for (const { x, successes, trials } of points) {
      const p = 1 / (1 + Math.exp(-(a + b * x)));
      const [r, v] = [successes - trials * p, trials * p * (1 - p)];
      ga += r;
      gb += r * x;
      haa += v;
      hab += v * x;
      hbb += v * x * x;
    }
    const determinant = haa * hbb - hab * hab;
    if (!(determinant > 1e-9)) return null;
    const [da, db] = [(hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant];
    const share = Math.min(1, 4 / Math.max(Math.abs(da), Math.abs(db)));
    a += share * da;
    b += share * db;
    if (Math.abs(da) + Math.abs(db) < 1e-10) return { a, b };
    if (Math.abs(a) > 50 || Math.abs(b) > 50) return null;
  }
  return null;
}
