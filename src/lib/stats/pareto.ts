/** What is to be high or low. */
export interface Objective {
  id: string;
  better: 'higher' | 'lower';
}

/** Something with a value for each objective, e.g. an arm of a provider. Null where there is none. */
export interface ParetoPoint {
  id: string;
  /** Objective id → value. */
  values: { [objective: string]: number | null };
}

/** A point with its standing among all. */
export interface ParetoRow extends ParetoPoint {
  /** No other point is at least as good everywhere and better somewhere. Null: a value is missing, so it cannot be told. */
  efficient: boolean | null;
  /** Ids of the points that are better in this sense, in the order given. */
  dominatedBy: string[];
  /** 1 for efficient points, 2 for those that are efficient once these are gone, and so on; null as above. */
  front: number | null;
}

/**
 * Whether `a` is at least as good as `b` in every objective and better in one (M ≻ M′ of Sorensen et al., arXiv
 * 2402.05070). False where a value is missing. No scalar is made of the objectives.
 */
export function dominates(a: ParetoPoint, b: ParetoPoint, objectives: readonly Objective[]): boolean {
  let better = false;
  for (const { id, better: way } of objectives) {
    const [x, y] = [a.values[id] ?? null, b.values[id] ?? null];
    if (x === null || y === null) return false;
    const ahead = way === 'higher' ? x - y : y - x;
    if (ahead < 0) return false;
    if (ahead > 0) better = true;
  }
  return better;
}

/** The table of all points, in the order given. Points without all values stand aside. */
export function paretoTable(points: readonly ParetoPoint[], objectives: readonly Objective[]): ParetoRow[] {
  const whole = points.filter(({ values }) => objectives.every(({ id }) => (values[id] ?? null) !== null));
  const fronts = new Map<ParetoPoint, number>();
  let left = whole;
  for (let front = 1; left.length > 0; front++) {
    const leading = left.filter((one) => !left.some((other) => dominates(other, one, objectives)));
    for (const one of leading) fronts.set(one, front);
    left = left.filter((one) => !fronts.has(one));
  }
  return points.map((point) => {
    const front = fronts.get(point) ?? null;
    return {
      ...point,
      front,
      efficient: front === null ? null : front === 1,
      dominatedBy: whole.filter((other) => dominates(other, point, objectives)).map(({ id }) => id),
    };
  });
}
