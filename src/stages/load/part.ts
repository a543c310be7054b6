import type { Place } from '../../contract/problem.js';
import { type Aim, placeOf } from '../../lib/yaml-place.js';
import type { YamlSource } from '../../lib/yaml-source.js';

/** A path within a document. */
export type Path = readonly (string | number)[];

/** A value of a document that knows where it is written. */
export interface Part {
  value: unknown;
  place(path: Path, aim?: Aim): Place;
}

/** The part of a source at a path. */
export function partOf(source: YamlSource, base: Path, value: unknown): Part {
  return { value, place: (path, aim) => placeOf(source, [...base, ...path], aim) };
}

/** A part within a part. */
export function within(part: Part, base: Path): Part {
  let value: unknown = part.value;
  for (const segment of base) value = isObject(value) || Array.isArray(value) ? (value as never)[segment] : undefined;
  return { value, place: (path, aim) => part.place([...base, ...path], aim) };
}

/** An object laid over another: keys of `over` go before those of `under`. */
export function merged(over: Part, under: Part, leftOut: readonly string[]): Part {
  const lower = Object.fromEntries(Object.entries(objectOf(under.value)).filter(([key]) => !leftOut.includes(key)));
  const upper = objectOf(over.value);
  const value = { ...lower, ...upper };
  const isUpper = (path: Path) =>
    path.length === 0 || Object.hasOwn(upper, path[0]!) || !Object.hasOwn(lower, path[0]!);
  return { value, place: (path, aim) => (isUpper(path) ? over : under).place(path, aim) };
}

/** True for a mapping. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The mapping, or an empty one for anything else: documents are checked further even where a part is malformed. */
export const objectOf = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});
/** The list, or an empty one. */
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
/** Entries of a list by index, or of a mapping by key; none of anything else. */
export const entriesOf = (value: unknown): [string | number, unknown][] =>
  Array.isArray(value) ? [...value.entries()] : Object.entries(objectOf(value));
/** The text, or undefined. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
