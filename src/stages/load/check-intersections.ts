import { parsePath } from '../../lib/field-path.js';
import { numberOf } from '../../lib/natural-order.js';
import { nearestHint } from '../../lib/nearest.js';
import { checkIds } from './check-ids.js';
import type { EvalParts } from './eval-parts.js';
import { listOf, objectOf, type Path, textOf } from './part.js';
import type { Problems } from './problems.js';
import type { Variables } from './variables.js';

interface Look {
  variables: Variables;
  problems: Problems;
  /** Checks that a field exists. */
  field(at: Path, field: string | undefined): void;
}

/** Intersections of a metric: names are unique, fields exist, values occur, and ranges are of numbers. */
export function checkIntersections(parts: EvalParts, metric: number, look: Look): void {
  const at = ['metrics', metric, 'intersections'];
  const list = listOf(objectOf(listOf(objectOf(parts.part.value).metrics)[metric]).intersections).map(objectOf);
  const named = {
    count: list.length,
    idOf: (i: number) => list[i]!.name,
    placeOf: (i: number) => parts.part.place([...at, i, 'name']),
  };
  checkIds(named, 'intersections', look.problems);
  for (const [i, { where }] of list.entries())
    for (const [j, condition] of listOf(where).entries())
      checkCondition(parts, [...at, i, 'where', j], objectOf(condition), look);
}

function checkCondition(parts: EvalParts, at: Path, condition: Record<string, unknown>, look: Look): void {
  const { variables, problems } = look;
  const field = textOf(condition.field);
  look.field([...at, 'field'], field);
  const path = field === undefined ? undefined : parsePath(field);
  const [values, from, to] = [condition.values, condition.from, condition.to];
  if (values === undefined && from === undefined && to === undefined) {
    const hint = 'e.g. values: [Male], or from: 18, to: 34';
    problems.add('MISSING_KEY', parts.part.place(at), 'a condition needs "values", or "from" and "to"', hint);
  }
  if (typeof from === 'number' && typeof to === 'number' && from > to) {
    problems.add('WRONG_VALUE', parts.part.place([...at, 'to']), `nothing lies between ${from} and ${to}`);
  }
  if (path === undefined) return;
  const found = [...variables.values(path)].flatMap(({ value }) =>
    value === undefined || value === null ? [] : [value],
  );
  if (found.length === 0) return;
  const texts = [...new Set(found.map(String))];
  for (const [k, value] of listOf(values).entries()) {
    if (texts.includes(String(value))) continue;
    const message = `nothing has ${field} ${JSON.stringify(value)}`;
    problems.add(
      'EMPTY_GROUP',
      parts.part.place([...at, 'values', k]),
      message,
      nearestHint(String(value), texts, `values of ${field}`),
    );
  }
  if (from === undefined && to === undefined) return;
  if (!found.some((value) => typeof value !== 'object' && numberOf(String(value)) !== null)) {
    const message = `${field} is nowhere a number, so it has no range`;
    problems.add('WRONG_TYPE', parts.part.place([...at, 'field']), message, 'use "values", or write numbers');
  }
}
