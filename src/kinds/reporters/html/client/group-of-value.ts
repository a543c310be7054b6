import type { Json } from '../../../../contract/json.js';

/** What stands for values that are missing, and for words where numbers are cut into bands. */
export const noValue = '(none)';

/** The group that a field's value falls into, named as in the report: its band, or the value as text. */
export function groupOfValue(value: Json | undefined, bands: number[] | null): string {
  if (value === undefined || value === null || value === '') return noValue;
  if (bands === null) return typeof value === 'object' ? JSON.stringify(value) : String(value);
  const number = typeof value === 'object' || String(value).trim() === '' ? Number.NaN : Number(value);
  return Number.isNaN(number) ? noValue : bandOf(number, bands);
}

function bandOf(value: number, bands: number[]): string {
  const at = bands.filter((low) => value >= low).length;
  if (at === 0) return `<${bands[0]}`;
  const [low, next] = [bands[at - 1]!, bands[at]];
  if (next === undefined) return `${low}+`;
  if (!bands.every(Number.isInteger)) return `${low}–<${next}`;
  return next - low === 1 ? `${low}` : `${low}–${next - 1}`;
}
