import type { ReportContrast } from './contrast-words.js';

/** Contrasts that ask one question again and again: the same metric and arm on one side, another arm each time. */
export interface ContrastFamily {
  metric: string;
  /** Metric of side b, where it is not the same. */
  againstMetric: string | undefined;
  /** The side that stays the same, and its arm. */
  fixed: { side: 'a' | 'b'; arm: string };
  /** By difference, largest first; those without one come last. */
  contrasts: ReportContrast[];
}

/** From so many contrasts on, a family is easier to read as one ranking than line by line. */
const familySize = 8;

/** Splits contrasts into families, which hold `familySize` or more for some provider, and the others in their order. */
export function contrastFamilies(contrasts: readonly ReportContrast[]): {
  families: ContrastFamily[];
  others: ReportContrast[];
} {
  const taken = new Set<ReportContrast>();
  const families: ContrastFamily[] = [];
  for (const side of ['a', 'b'] as const) {
    const candidates = new Map<string, ReportContrast[]>();
    for (const contrast of contrasts) {
      if (taken.has(contrast) || contrast.a.arm === contrast.b.arm) continue;
      const key = JSON.stringify([contrast.metric, contrast.b.metric ?? contrast.metric, contrast[side].arm]);
      candidates.set(key, [...(candidates.get(key) ?? []), contrast]);
    }
    for (const members of candidates.values()) {
      if (mostOfOneProvider(members) < familySize) continue;
      for (const member of members) taken.add(member);
      const [{ metric, b, [side]: fixed }] = members as [ReportContrast, ...ReportContrast[]];
      families.push({
        metric,
        againstMetric: b.metric === metric ? undefined : b.metric,
        fixed: { side, arm: fixed.arm },
        contrasts: [...members].sort(byDifference),
      });
    }
  }
  return { families, others: contrasts.filter((contrast) => !taken.has(contrast)) };
}

function mostOfOneProvider(contrasts: readonly ReportContrast[]): number {
  const counts = new Map<string, number>();
  for (const { a } of contrasts) counts.set(a.provider, (counts.get(a.provider) ?? 0) + 1);
  return Math.max(...counts.values());
}

function byDifference(one: ReportContrast, other: ReportContrast): number {
  const [x, y] = [one.difference, other.difference];
  if (x === null || y === null) return Number(x === null) - Number(y === null);
  return y - x;
}
