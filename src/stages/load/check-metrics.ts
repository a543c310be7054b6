import type { JsonObject } from '../../contract/json.js';
import type { Registry } from '../../contract/registry.js';
import { parsePath } from '../../lib/field-path.js';
import { numberOf } from '../../lib/natural-order.js';
import { checkIntersections } from './check-intersections.js';
import { checkScale } from './check-scale.js';
import type { EvalParts } from './eval-parts.js';
import { nounOf } from './explain-error.js';
import { isObject, listOf, objectOf, type Path, textOf } from './part.js';
import type { Problems } from './problems.js';
import { ROOTS, type Variables } from './variables.js';

/** Metrics: their graders, whether they can read the graders' scales, and the fields that group and cluster. */
export function checkMetrics(
  parts: EvalParts,
  variables: Variables,
  look: { registry: Registry; problems: Problems },
): void {
  const { registry, problems } = look;
  for (const [i, value] of listOf(objectOf(parts.part.value).metrics).entries()) {
    const metric = objectOf(value);
    checkScale(parts, i, { registry, problems });
    checkOwnFields(parts, i, { variables, registry, problems });
    for (const [j, field] of listOf(metric.clusters).entries()) {
      checkField(parts, ['metrics', i, 'clusters', j], { field: textOf(field), variables, problems, lenient: false });
    }
    for (const [j, by] of listOf(metric.by).entries()) {
      const at: Path = isObject(by) ? ['metrics', i, 'by', j, 'field'] : ['metrics', i, 'by', j];
      const field = textOf(isObject(by) ? by.field : by);
      checkField(parts, at, { field, variables, problems, lenient: true });
      if (isObject(by) && field !== undefined)
        checkBands(parts, ['metrics', i, 'by', j], { by, field, variables, problems });
    }
    checkIntersections(parts, i, {
      variables,
      problems,
      field: (at, field) => checkField(parts, at, { field, variables, problems, lenient: true }),
    });
  }
}

/** Paths that a metric's kind reads beside clusters and groups: some row has a value there, of whatever form. */
function checkOwnFields(
  parts: EvalParts,
  index: number,
  look: { variables: Variables; registry: Registry; problems: Problems },
): void {
  const { variables, registry, problems } = look;
  const metric = objectOf(listOf(objectOf(parts.part.value).metrics)[index]);
  const kind = registry.metrics.find((one) => one.kind === metric.kind);
  const grader = parts.graders.find(({ id }) => id === metric.of);
  if (!parts.sound || kind?.form !== 'slice' || !grader?.sound || grader.kind === undefined) return;
  const scale = grader.kind.scale(grader.options as JsonObject);
  for (const { path, name, valueFault } of kind.fields?.(metric as JsonObject, scale) ?? []) {
    const fault = variables.pathFault(name, { roots: [...ROOTS.field, 'other'], steps: [] }, true);
    const place = () => parts.part.place(['metrics', index, ...path]);
    if (fault !== undefined) {
      problems.add(fault.code, place(), fault.message, fault.hint);
      continue;
    }
    const wrong = (value: unknown) => ((value ?? null) === null ? undefined : valueFault?.(value));
    const bad = variables.find(parsePath(name)!, (value) => wrong(value) !== undefined);
    if (bad !== undefined) problems.add('WRONG_VALUE', place(), `${name} of ${bad.name} ${wrong(bad.value)}`);
  }
}

interface FieldCheck {
  field: string | undefined;
  variables: Variables;
  problems: Problems;
  lenient: boolean;
}

function checkField(parts: EvalParts, at: Path, check: FieldCheck): void {
  const { field, variables, problems } = check;
  if (field === undefined) return;
  const fault = variables.pathFault(field, { roots: ROOTS.field, steps: [] }, check.lenient);
  const place = () => parts.part.place(at);
  if (fault !== undefined) {
    problems.add(fault.code, place(), fault.message, fault.hint);
    return;
  }
  const path = parsePath(field)!;
  if (path.length === 1) {
    problems.add('WRONG_VALUE', place(), `"${field}" is no field`, `name one of its fields, e.g. ${field}.id`);
    return;
  }
  const bad = variables.find(path, (value) => typeof value === 'object' && value !== null);
  if (bad === undefined) return;
  problems.add(
    'WRONG_TYPE',
    place(),
    `${field} of ${bad.name} is ${nounOf(bad.value) === 'a list' ? 'a list' : 'a mapping'}, not one value`,
    'name a field with one value',
  );
}

function checkBands(
  parts: EvalParts,
  at: Path,
  check: { by: Record<string, unknown>; field: string; variables: Variables; problems: Problems },
): void {
  const { by, field, variables, problems } = check;
  if (!Array.isArray(by.bands)) return;
  const falls = by.bands.findIndex((end, i) => i > 0 && end <= (by.bands as number[])[i - 1]!);
  if (falls > 0) {
    problems.add(
      'WRONG_VALUE',
      parts.part.place([...at, 'bands', falls]),
      'bands must ascend',
      'e.g. bands: [18, 35, 50]',
    );
  }
  const path = parsePath(field);
  const bad = path && variables.find(path, (value) => !isInBands(value));
  if (bad === undefined) return;
  problems.add(
    'WRONG_TYPE',
    parts.part.place([...at, 'field']),
    `${field} of ${bad.name} is ${nounOf(bad.value)}, so it has no bands`,
    'leave out "bands", or write numbers',
  );
}

/** What bands are for: a number, also as text; or nothing, which persona sets write as Not Applicable. */
const isInBands = (value: unknown): boolean =>
  (value ?? null) === null ||
  typeof value === 'number' ||
  (typeof value === 'string' && (numberOf(value) !== null || /^not applicable$/i.test(value.trim())));
