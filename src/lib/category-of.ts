import type { Category } from '../contract/population.js';
import { bandLabels } from './band-labels.js';

/** Category of a value that a `map` does not list. */
export const otherCategory = '(other)';
/** Category of a value without a number where bands are asked for. */
export const noNumberCategory = '(no number)';

/** A function from an attribute's value to its category. */
export function categorizer(category: Category): (value: unknown) => string {
  if (category.kind === 'value') return textOf;
  if (category.kind === 'map') {
    const { of } = category;
    return (value) => (Object.hasOwn(of, textOf(value)) ? of[textOf(value)]! : otherCategory);
  }
  const { bands } = category;
  const labels = bandLabels(bands);
  return (value) => {
    const number = firstNumber(value);
    return number === null ? noNumberCategory : labels[bands.filter((low) => number >= low).length]!;
  };
}

/** The first number in a text: `34`, `$49,500`, `-$4,500`, `about 12.5 hours`. Null if there is none. */
export function firstNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  const match = /(?:(?<!\w)([-−])\s?\$?\s?)?(\d[\d,]*(?:\.\d+)?|\.\d+)/.exec(textOf(value));
  if (match === null) return null;
  const size = Number(match[2]!.replaceAll(',', ''));
  return match[1] === undefined ? size : -size;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
