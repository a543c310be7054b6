/** `[18, 35]` gives `<18`, `18–34` and `35+`; ends that are not whole numbers give `0.5–<1.5`. */
export function bandLabels(bands: number[]): string[] {
  const whole = bands.every(Number.isInteger);
  return [`<${bands[0]}`, ...bands.map((low, i) => bandLabel(low, bands[i + 1], whole))];
}

function bandLabel(low: number, next: number | undefined, whole: boolean): string {
  if (next === undefined) return `${low}+`;
  if (!whole) return `${low}–<${next}`;
  return next - low === 1 ? `${low}` : `${low}–${next - 1}`;
}
