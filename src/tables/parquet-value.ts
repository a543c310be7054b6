import { Buffer } from 'node:buffer';
import type { Json } from '../contract/json.js';
import { EvalrunError } from '../contract/problem.js';

/** A decoded value of Parquet as JSON: what is missing, and NaN, null; what a number cannot hold exactly a text. */
export function jsonOf(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    return Number.isNaN(value) ? null : String(value);
  }
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value !== 'object') return value as string | boolean;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>, jsonOf);
  if (Array.isArray(value)) return value.map(jsonOf);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, jsonOf(one)]));
}

/** A decoded value as text: what is missing, and NaN, is '', a nested value JSON. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const json = jsonOf(value);
  if (json === null) return '';
  return typeof json === 'object' ? JSON.stringify(json) : String(json);
}

/**
 * Values of a column of decimals as the nearest numbers: hyparquet multiplies, which may be off in the last digit.
 * @param scale decimal places
 * @throws EvalrunError BAD_TABLE where a number cannot hold all digits
 */
export function decimalsOf(
  values: ArrayLike<unknown>,
  scale: number,
  at: { file: string; column: string; row: number },
): unknown[] {
  return Array.from(values, (value, i) => {
    if (typeof value !== 'number') return value;
    if (Math.abs(value) * 10 ** scale < Number.MAX_SAFE_INTEGER) return Number(value.toFixed(Math.min(100, scale)));
    const message = `the decimal number in column "${at.column}" has more digits than can be kept exactly`;
    const where = { file: at.file, line: at.row + i + 1, column: 1 };
    throw new EvalrunError('BAD_TABLE', message, { where, hint: 'write the column as texts' });
  });
}
