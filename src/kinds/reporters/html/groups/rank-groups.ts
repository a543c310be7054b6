import { type GroupRow, type GroupTableData, smallGroup } from './group-data.js';

/** A group beside the whole it belongs to. */
export interface RankedGroup extends GroupRow {
  /** Value of the group less value of all groups together; null when one of them is missing. */
  gap: number | null;
  small: boolean;
  /** Furthest on the bad side among the groups that are not small. */
  worst: boolean;
}

export type GroupOrder = 'group' | 'value' | 'n' | 'gap';

/** The groups of one provider and arm, with gap and marks, in the report's order. */
export function rankGroups(table: GroupTableData, provider: string, arm: string): RankedGroup[] {
  const whole = table.whole[provider]?.[arm] ?? null;
  const rows = table.rows.filter((row) => row.provider === provider && row.arm === arm);
  const worst = worstOf(table, rows);
  return rows.map((row) => ({
    ...row,
    gap: row.value === null || whole === null ? null : row.value - whole,
    small: row.n < smallGroup,
    worst: row === worst,
  }));
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
