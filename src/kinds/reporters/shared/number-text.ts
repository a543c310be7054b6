const share = new Set(['share', 'rate', 'proportion', 'probability', 'fraction']);
let grouped: Intl.NumberFormat | undefined;

/** What stands where there is no number. */
export const noNumber = '–';

/** Whether values of this unit are shares in [0, 1], printed as percent. */
export function isShare(unit: string): boolean {
  return share.has(unit);
}

/** Digits of a value without its sign for percent: `42.1` for 0.421 of a share, `3.25` for a score. */
export function bareNumber(value: number | null, unit: string): string {
  if (value === null || !Number.isFinite(value)) return noNumber;
  const digits = isShare(unit) ? (value * 100).toFixed(1) : value.toFixed(2);
  return digits.replace(/^-(?=[0.]+$)/, '').replace('-', '−');
}

/** `42.1%` for shares, `3.25` for everything else. */
export function formatValue(value: number | null, unit: string): string {
  const text = bareNumber(value, unit);
  return text === noNumber || !isShare(unit) ? text : `${text}%`;
}

/** `[38.0, 46.3]`, in the unit of the value before it. */
export function formatInterval(low: number | null, high: number | null, unit: string): string {
  return low === null || high === null ? noNumber : `[${bareNumber(low, unit)}, ${bareNumber(high, unit)}]`;
}

/** A difference with its sign: `+12.3 pp` (percentage points) for shares, `+0.42` otherwise. */
export function formatDifference(value: number | null, unit: string): string {
  const text = bareNumber(value, unit);
  if (text === noNumber) return text;
  const signed = /^−|^0(\.0+)?$/.test(text) ? text : `+${text}`;
  return isShare(unit) ? `${signed} pp` : signed;
}

/** The size of a difference without a sign: `12.3 pp`. */
export function formatSize(value: number | null, unit: string): string {
  return formatDifference(value === null ? null : Math.abs(value), unit).replace(/^\+/, '');
}

/** A p value to three decimals, `<0.001` below that. */
export function formatP(p: number | null): string {
  if (p === null) return noNumber;
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}

/** US dollars; two significant digits below one cent. `unknown` without a price. */
export function formatUsd(usd: number | null): string {
  if (usd === null) return 'unknown';
  if (usd === 0) return '$0.00';
  return usd < 0.01 ? `$${Number(usd.toPrecision(2))}` : `$${usd.toFixed(2)}`;
}

/** `317,200`. */
export function formatCount(count: number): string {
  // Made at first use: it loads tables for many milliseconds.
  grouped ??= new Intl.NumberFormat('en-US');
  return grouped.format(count);
}

/** Whole milliseconds below ten seconds, seconds above. */
export function formatMs(ms: number | null): string {
  if (ms === null) return noNumber;
  return ms < 10_000 ? `${formatCount(Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** `1 cell`, `2 cells`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
