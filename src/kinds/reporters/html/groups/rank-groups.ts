import { gapClaim } from '../../shared/group-words.js';
import { type GroupExtremes, type GroupGap, type GroupRow, type GroupTableData, smallGroup } from './group-data.js';

/** A group beside the whole it belongs to. */
export interface RankedGroup extends GroupRow, GroupGap {
  small: boolean;
  /** The report's worst group; where it names none, the furthest on the bad side among those that are not small. */
  worst: boolean;
  /** What may be claimed of its gap; null for nothing. */
  claim: ReturnType<typeof gapClaim>;
}

export type GroupOrder = 'group' | 'value' | 'n' | 'gap';

/** What the report says of all groups of one provider and arm; undefined where it compares none. */
export function extremesOf(table: GroupTableData, provider: string, arm: string): GroupExtremes | undefined {
  return table.extremes.find((one) => one.provider === provider && one.arm === arm);
}

/** The groups of one provider and arm, with gap and marks, in the report's order. */
export function rankGroups(table: GroupTableData, provider: string, arm: string): RankedGroup[] {
  const whole = table.whole[provider]?.[arm] ?? null;
  const rows = table.rows.filter((row) => row.provider === provider && row.arm === arm);
  const extremes = extremesOf(table, provider, arm);
  const worst = extremes ? (extremes.worst?.label ?? null) : (worstOf(table, rows)?.group ?? null);
  return rows.map((row) => {
    const gap = row.compared ?? uncompared(row, whole);
    const claim = extremes ? gapClaim(gap, extremes.level, table.better) : null;
    return { ...row, ...gap, claim, small: row.n < smallGroup, worst: row.group === worst };
  });
}

/** The plain difference, for a report that states no gap. */
function uncompared(row: GroupRow, whole: number | null): GroupGap {
  const gap = row.value === null || whole === null ? null : row.value - whole;
  return { gap, gapLow: null, gapHigh: null, p: null, pAdjusted: null, q: null };
}

function worstOf({ better }: GroupTableData, rows: GroupRow[]): GroupRow | null {
  const known = rows.filter((row) => row.value !== null && row.n >= smallGroup);
  if (better === 'none' || known.length < 2) return null;
  const sign = better === 'higher' ? 1 : -1;
  return known.reduce((worst, row) => (sign * row.value! < sign * worst.value! ? row : worst));
}

/** Sorted by one column; groups without a value come last either way, ties keep the report's order. */
export function sortGroups(rows: RankedGroup[], order: GroupOrder, descending: boolean): RankedGroup[] {
  if (order === 'group') return descending ? [...rows].reverse() : [...rows];
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [a[order], b[order]];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (x - y);
  });
}
