import type { Place } from '../../contract/problem.js';
import type { EvalParts } from './eval-parts.js';
import { objectOf, type Path } from './part.js';

/**
 * Where the value at a path of an item or an arm is written, as a function of a path inside that value.
 * @param index of the item or arm, as `Variables.values` gives it
 * @returns undefined for other roots, whose values are not written in the eval or its suite
 */
export function placeOfValue(
  parts: EvalParts,
  path: readonly string[],
  index: number,
): ((rest: Path) => Place) | undefined {
  const inner = path.slice(1);
  if (path[0] === 'item' && parts.suite !== 'unread') {
    const { suite } = parts;
    return (rest) => suite.placeOf(index, [...inner, ...rest]);
  }
  if (path[0] !== 'arm') return undefined;
  const arm = Object.keys(objectOf(objectOf(parts.part.value).arms))[index]!;
  return (rest) => parts.part.place(['arms', arm, ...inner, ...rest]);
}
