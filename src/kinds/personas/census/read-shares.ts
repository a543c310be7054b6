import type { DataNode } from './data-node.js';

/** How much the numbers of a table may add up to: published figures are rounded, and some people give no answer. */
const WHOLE = { percent: [90, 102], share: [0.9, 1.02], count: [Number.MIN_VALUE, Infinity] } as const;

export type Unit = keyof typeof WHOLE;

/** The unit of a table's numbers; percent where none is given. */
export function readUnit(node: DataNode): Unit {
  const unit = node.optional('unit');
  const name = unit?.text() ?? 'percent';
  if (Object.hasOwn(WHOLE, name)) return name as Unit;
  unit?.fail('WRONG_VALUE', `unknown unit ${name}`, `one of ${Object.keys(WHOLE).join(', ')}`);
  return 'count';
}

/**
 * Shares in the order of `names`, adding up to 1. Where `whole` is given, names may be missing: they divide what the
 * others leave, in proportion to `whole`; missing counts are 0.
 */
export function readShares(node: DataNode, names: string[], unit: Unit, whole?: ArrayLike<number>): Float64Array {
  const shares = new Float64Array(names.length).fill(Number.NaN);
  for (const [name, one] of node.entries(names)) {
    if (names.includes(name)) shares[names.indexOf(name)] = one.number(0);
  }
  const missing = names.map((_, i) => i).filter((i) => Number.isNaN(shares[i]));
  const sum = shares.reduce((total, share) => total + (share || 0), 0);
  const [least, most] = WHOLE[unit];
  if (sum > most || (sum < least && (missing.length === 0 || unit === 'count'))) {
    node.fail('WRONG_VALUE', `the numbers add up to ${sum}, outside ${least} to ${most}`);
  }
  const rest = unit === 'count' ? 0 : Math.max(0, (unit === 'percent' ? 100 : 1) - sum);
  const unnamed = missing.reduce((total, i) => total + (whole?.[i] ?? 0), 0);
  for (const i of missing) shares[i] = rest < 1e-6 || unnamed === 0 ? 0 : (rest * whole![i]!) / unnamed;
  return normalised(shares);
}

/** Shares that add up to 1. */
export function normalised(shares: Float64Array): Float64Array {
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}
