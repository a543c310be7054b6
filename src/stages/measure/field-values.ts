import type { FrozenMatrix } from '../../contract/plan.js';
import { attributeScope } from '../../lib/attribute-scope.js';
import { lookupPath, parsePath } from '../../lib/field-path.js';
import type { PairAxes } from './pair-axes.js';

/** Values of a field where a slice is made of pairs of one provider. */
export interface FieldValues {
  /** Whose field it is: the values are those of its rows. */
  root: 'item' | 'persona' | 'provider';
  /** Text of each row's value; null where it is missing, null or empty. */
  rows: (string | null)[];
  /** Index of the row that a pair belongs to; −1 where there is none. */
  rowOf(pair: number, provider: number): number;
}

/**
 * Looks a field up for every item, person or provider: `item.<path>`, `persona.<attribute>` (the rest after the first
 * dot is tried as the attribute's whole name, spaces and dots included, and then as a path), `persona.id`,
 * `provider.id`. A field that exists nowhere is missing everywhere.
 */
export function fieldValues(field: string, frozen: FrozenMatrix, axes: PairAxes): FieldValues {
  const { root, valueIn } = fieldReader(field);
  const read = (row: object) => textOf(valueIn(row));
  if (root === 'persona') {
    const rows = (frozen.eval.personas?.people ?? []).map((person) => read(attributeScope(person)));
    return { root, rows, rowOf: (pair) => axes.personas[pair]! };
  }
  if (root === 'provider') {
    return { root, rows: frozen.providers.map(({ id }) => read({ id })), rowOf: (_, provider) => provider };
  }
  return { root: 'item', rows: frozen.eval.items.items.map(read), rowOf: (pair) => axes.items[pair]! };
}

/** Whose field it is, and how its value is found in a row: the rest after the first dot as a whole name, else as a path. */
export function fieldReader(field: string): { root: string; valueIn(row: object): unknown } {
  const dot = field.indexOf('.');
  const name = field.slice(dot + 1);
  const path = parsePath(field)?.slice(1) ?? [name];
  return {
    root: field.slice(0, dot),
    valueIn: (row) => (Object.hasOwn(row, name) ? (row as { [key: string]: unknown })[name] : lookupPath(row, path)),
  };
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
