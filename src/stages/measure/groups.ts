import type { GroupBy } from '../../contract/eval-spec.js';
import { bandLabels } from '../../lib/band-labels.js';
import { naturalOrder, numberOf } from '../../lib/natural-order.js';
import type { FieldValues } from './field-values.js';

/** Pairs with the same value of a field. */
export interface Group {
  label: string;
  /** Pair numbers, ascending. */
  pairs: Int32Array;
}

/** Label of the group of pairs without a value. */
export const noValue = '(none)';

/** Splits pairs by a field: groups by value, numbers before words, those without a value last. Empty groups are left out. */
export function groupPairs(pairs: number, { bands }: GroupBy, values: FieldValues, provider: number): Group[] {
  const labels = values.rows.map((text) => groupLabel(text, bands));
  const order = bands ? bandLabels(bands) : [...new Set(labels.filter((label) => label !== null))].sort(naturalOrder);
  const codes = new Map([...order, noValue].map((label, code) => [label, code]));
  const none = order.length;
  const codeOfRow = labels.map((label) => (label === null ? none : codes.get(label)!));
  const codeOfPair = new Int32Array(pairs);
  const sizes = new Int32Array(none + 1);
  for (let pair = 0; pair < pairs; pair++) {
    const code = codeOfRow[values.rowOf(pair, provider)] ?? none;
    codeOfPair[pair] = code;
    sizes[code]!++;
  }
  const members = Array.from(sizes, (size) => new Int32Array(size));
  for (let pair = pairs - 1; pair >= 0; pair--) members[codeOfPair[pair]!]![--sizes[codeOfPair[pair]!]!] = pair;
  return [...order, noValue].flatMap((label, code) => {
    const group = members[code]!;
    return group.length === 0 ? [] : [{ label, pairs: group }];
  });
}

/** Null where the row has no value, or, with bands, none that is a number. */
function groupLabel(text: string | null, bands: number[] | undefined): string | null {
  if (text === null || !bands) return text;
  const value = numberOf(text);
  if (value === null) return null;
  return bandLabels(bands)[bands.filter((low) => value >= low).length]!;
}
