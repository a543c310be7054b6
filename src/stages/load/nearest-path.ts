import { formatPath, lookupPath } from '../../lib/field-path.js';
import { nearest, nearestHint } from '../../lib/nearest.js';
import { isObject } from './part.js';

/** The path with its first unknown segment replaced by the nearest known one. */
export function nearestPath(scopes: readonly unknown[], path: readonly string[]): string | undefined {
  const rest = path.slice(1);
  for (let length = 0; length < rest.length; length++) {
    const names = new Set<string>();
    for (const scope of scopes.slice(0, 500)) {
      const parent = lookupPath(scope, rest.slice(0, length));
      if (isObject(parent)) for (const key of Object.keys(parent)) names.add(key);
    }
    if (names.has(rest[length]!)) continue;
    const near = nearest(rest[length]!, names);
    if (near === undefined) return nearestHint('', names, `fields of ${formatPath(path.slice(0, length + 1))}`);
    return `did you mean ${formatPath([...path.slice(0, length + 1), near, ...rest.slice(length + 1)])}?`;
  }
  return undefined;
}
