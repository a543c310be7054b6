import type { Json } from '../../../../contract/json.js';

/** The group that a field's value falls into: its band, or the value as text. */
export function groupOfValue(value: Json | undefined, bands: number[] | null): string {
  if (value === undefined || value === null) return '';
  if (bands === null || typeof value !== 'number') return typeof value === 'string' ? value : JSON.stringify(value);
  const next = bands.findIndex((band) => value < band);
  if (next === 0) return `<${bands[0]}`;
  if (next === -1) return `${bands.at(-1)}+`;
  return `${bands[next - 1]}–${bands[next]! - 1}`;
}
