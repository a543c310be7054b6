import { formatPath, parsePath } from '../../lib/field-path.js';
import { LineStarts } from '../../lib/line-starts.js';
import { parseYaml, placeAtOffset, type YamlSource } from '../../lib/yaml-source.js';
import { nounOf } from './explain-error.js';
import { isObject } from './part.js';
import type { Problems } from './problems.js';

/** Name that problems give to values of `--set`. */
const FLAG = '--set';

/** Puts the values of `--set path=value` over a config; each value is YAML. Problems are placed in the flag's own text. */
export function applySets(
  source: YamlSource,
  sets: readonly { path: string; value: string }[],
  problems: Problems,
): void {
  for (const { path, value } of sets) {
    const text = `${path}=${value}`;
    const flag = parseYaml(FLAG, value);
    const offset = path.length + 1;
    const whole = { ...flag, text, lines: new LineStarts(text) };
    const segments = segmentsOf(path);
    if (segments === undefined) {
      const hint = 'e.g. sample.items, limits.concurrency, gates[0].high.below';
      problems.add('BAD_PATH', placeAtOffset(whole, 0), `"${path}" is not a path into a config`, hint);
      continue;
    }
    if (flag.problems.length > 0) {
      for (const problem of flag.problems) {
        const inner = placeOfOffset(problem.where?.column ?? 1, offset);
        problems.add(
          problem.code,
          { ...placeAtOffset(whole, inner), path: formatPath(segments) },
          problem.message,
          problem.hint,
        );
      }
      continue;
    }
    const fault = put(source.value, segments, flag.value);
    if (fault === undefined) source.overlays.push({ path: segments, source: whole, offset });
    else problems.add('BAD_PATH', placeAtOffset(whole, 0), fault, 'name a key of the config');
  }
}

const placeOfOffset = (column: number, offset: number): number => offset + column - 1;

/** Segments of a path into a document: numbers for entries of lists. */
function segmentsOf(path: string): (string | number)[] | undefined {
  const segments = parsePath(path);
  if (segments === undefined || segments.includes('__proto__')) return undefined;
  return segments.map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment));
}

/** Puts a value at a path, making lists and mappings on the way; what is wrong if that cannot be. */
function put(root: unknown, segments: (string | number)[], value: unknown): string | undefined {
  let target: unknown = root;
  for (const [i, segment] of segments.entries()) {
    const last = i === segments.length - 1;
    const container = typeof segments[i + 1] === 'number' ? [] : {};
    const here = i === 0 ? 'the config' : `"${formatPath(segments.slice(0, i))}"`;
    if (Array.isArray(target)) {
      if (typeof segment !== 'number' || segment > target.length)
        return `${here} is a list of ${target.length} entries`;
      if (last) target[segment] = value;
      else if (segment === target.length) target[segment] = container;
    } else if (isObject(target)) {
      if (last) target[segment] = value;
      else if (target[segment] === undefined || target[segment] === null) target[segment] = container;
    } else return `${here} is ${nounOf(target)}, so nothing in it can be set`;
    target = (target as Record<string | number, unknown>)[segment];
  }
  return undefined;
}
