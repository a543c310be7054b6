import type { FilterCheck, FilterFault } from '../../contract/filter-kind.js';
import type { JsonObject } from '../../contract/json.js';
import type { Place } from '../../contract/problem.js';
import { parsePath } from '../../lib/field-path.js';
import { nearestHint } from '../../lib/nearest.js';
import type { EvalParts, FilterPart } from './eval-parts.js';
import type { Path } from './part.js';
import type { Problems } from './problems.js';
import { ROOTS, type Variables } from './variables.js';

/** Most values of one path that are reported: whoever has more will come back. */
const MOST_VALUES = 20;

/** Filters of pairs: what their kinds check. */
export function checkFilters(parts: EvalParts, variables: Variables, problems: Problems): void {
  for (const filter of parts.filters) {
    if (!filter.sound) continue;
    filter.kind!.check?.(filter.options, filterCheck(filter, { parts, variables, problems }));
  }
}

interface Look {
  parts: EvalParts;
  variables: Variables;
  problems: Problems;
}

function filterCheck({ part }: FilterPart, look: Look): FilterCheck {
  const { parts, problems } = look;
  return {
    problem: (code, path, message, hint) => problems.add(code, part.place(path), message, hint),
    values: (at, path, faultOf, beside) => {
      const option = part.place(at);
      const fault = look.variables.pathFault(path, { roots: ROOTS.field, steps: [] }, false);
      if (fault !== undefined) problems.add(fault.code, option, fault.message, fault.hint);
      else if (faultOf !== undefined) lookAtValues({ path, beside, option, faultOf }, look);
    },
    grader: (id, at) => {
      const grader = parts.graders.find((one) => one.id === id);
      if (grader?.sound && grader.kind !== undefined) return grader.kind.scale(grader.options as JsonObject);
      const ids = parts.graders.map((one) => one.id);
      if (grader === undefined)
        problems.add('UNKNOWN_GRADER', part.place(at), `there is no grader "${id}"`, nearestHint(id, ids, 'graders'));
      return undefined;
    },
  };
}

/** Values at a path, each with the value of a second one for the same item or person. */
function lookAtValues(
  ask: {
    path: string;
    beside: string | undefined;
    option: Place;
    faultOf: (value: unknown, beside: unknown) => FilterFault | null;
  },
  { parts, variables, problems }: Look,
): void {
  const path = parsePath(ask.path)!;
  const second = ask.beside === undefined ? undefined : parsePath(ask.beside);
  const besides = second !== undefined && second[0] === path[0] ? variables.values(second) : undefined;
  let found = 0;
  for (const { index, value } of variables.values(path)) {
    const fault = ask.faultOf(value, besides?.next().value?.value);
    if (fault === null) continue;
    const place = placeOf(parts, { path, index, at: fault.at ?? [] }) ?? ask.option;
    problems.add(fault.code, place, fault.message, fault.hint);
    if (++found >= MOST_VALUES) return;
  }
}

/** Where the value of an item is written; undefined for other roots. */
function placeOf(
  { suite }: EvalParts,
  { path, index, at }: { path: readonly string[]; index: number; at: Path },
): Place | undefined {
  if (path[0] !== 'item' || suite === 'unread') return undefined;
  return suite.placeOf(index, [...path.slice(1), ...at]);
}
