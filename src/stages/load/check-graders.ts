import { NAME_PATTERN } from '../../contract/documents/words.js';
import type { GraderCheck, NamedGrader, WrittenValue } from '../../contract/grader-kind.js';
import type { JsonObject } from '../../contract/json.js';
import { parsePath } from '../../lib/field-path.js';
import { nearestHint } from '../../lib/nearest.js';
import { checkPath, checkTemplate } from './check-templates.js';
import type { EvalParts, GraderPart } from './eval-parts.js';
import { objectOf, textOf } from './part.js';
import { placeOfValue } from './place-of-value.js';
import type { Problems } from './problems.js';
import { outputFault } from './step-outputs.js';
import { type Fault, ROOTS, type Standing, type Variables } from './variables.js';

/** Graders: what they grade, the score of refusals, and what their kinds check. */
export function checkGraders(parts: EvalParts, variables: Variables, problems: Problems): void {
  for (const grader of parts.graders) {
    checkOf(grader, variables, problems);
    if (!grader.sound || grader.kind === undefined) continue;
    const options = grader.options as JsonObject;
    grader.kind.check?.(options, graderCheck(grader, parts, { variables, problems }));
    checkStandIn(grader, 'whenRefused', problems);
    checkStandIn(grader, 'whenUnparseable', problems);
  }
}

function checkOf({ part }: GraderPart, variables: Variables, problems: Problems): void {
  const of = textOf(objectOf(part.value).of);
  const fault = of === undefined ? undefined : ofFault(of, variables);
  if (fault !== undefined) problems.add(fault.code, part.place(['of']), fault.message, fault.hint);
}

/** What is wrong with naming an output: a step's id, or `step.field`. */
function ofFault(of: string, variables: Variables): Fault | undefined {
  const dot = of.indexOf('.');
  return dot === -1
    ? outputFault(variables.steps, of, undefined)
    : outputFault(variables.steps, of.slice(0, dot), of.slice(dot + 1));
}

/** A score that stands for none is one that the grader could give. */
function checkStandIn(
  { part, kind, options }: GraderPart,
  key: 'whenRefused' | 'whenUnparseable',
  problems: Problems,
): void {
  const score = objectOf(part.value)[key];
  if (typeof score !== 'number') return;
  const scale = kind!.scale(options as JsonObject);
  if (scale.kind === 'label') {
    problems.add('WRONG_VALUE', part.place([key]), `a grader of labels has no number for "${key}"`);
    return;
  }
  const [min, max] = scale.kind === 'binary' ? [0, 1] : [scale.min, scale.max];
  if (score >= min && score <= max) return;
  problems.add(
    'WRONG_VALUE',
    part.place([key]),
    `"${key}" must be from ${min} to ${max}, as all scores of this grader`,
  );
}

/** What a kind may ask about its own keys. */
function graderCheck(
  grader: GraderPart,
  parts: EvalParts,
  { variables, problems }: { variables: Variables; problems: Problems },
): GraderCheck {
  const bindings = objectOf(grader.options.with);
  const standing: Standing = { roots: ROOTS.grader, steps: variables.steps, bindings };
  const check = { variables, standing, problems };
  return {
    problem: (code, path, message, hint) => problems.add(code, grader.part.place(path), message, hint),
    path: (value, at) => {
      const fault = variables.pathFault(value, standing, false);
      if (fault !== undefined) problems.add(fault.code, grader.part.place(at), fault.message, fault.hint);
    },
    values: (path) => writtenValues(path, parts, { variables, problems }),
    template: (value, at, extra) => {
      const roots = extra === undefined ? standing.roots : [...ROOTS.step, 'with', ...extra];
      checkTemplate(grader.part, at, value, { ...check, standing: { ...standing, roots } });
    },
    output: (value, at) => {
      const fault = ofFault(value, variables);
      if (fault !== undefined) problems.add(fault.code, grader.part.place(at), fault.message, fault.hint);
    },
    role: (value, at) => {
      if (new RegExp(NAME_PATTERN).test(value)) return;
      problems.add('BAD_ID', grader.part.place(at), `"${value}" cannot be a role`, 'use letters, digits, "_" and "-"');
    },
    of: textOf(objectOf(grader.part.value).of) ?? '',
    grader: (id, at, { earlier }) => {
      const fault = graderFault(parts.graders, grader, { id, earlier });
      if (fault === undefined) return namedGrader(parts.graders.find((one) => one.id === id)!);
      problems.add(fault.code, grader.part.place(at), fault.message, fault.hint);
      return undefined;
    },
  };
}

/** What is wrong with naming a grader in the keys of another one. */
function graderFault(
  graders: readonly GraderPart[],
  asking: GraderPart,
  { id, earlier }: { id: string; earlier: boolean },
): Fault | undefined {
  const place = graders.findIndex((one) => one.id === id);
  const own = graders.indexOf(asking);
  const allowed = graders.filter((_, i) => (earlier ? i < own : i !== own)).map((one) => one.id);
  const hint = nearestHint(id, allowed, 'graders');
  if (place === -1) return { code: 'UNKNOWN_GRADER', message: `there is no grader "${id}"`, hint };
  if (place === own)
    return { code: 'GRADER_ORDER', message: `grader "${id}" names itself`, hint: 'name one that stands above it' };
  if (!earlier || place < own) return undefined;
  const message = `grader "${id}" stands after "${asking.id}", which reads its score`;
  return { code: 'GRADER_ORDER', message, hint: `move "${asking.id}" below "${id}"` };
}

function namedGrader({ part, kind, options, sound }: GraderPart): NamedGrader | undefined {
  if (!sound || kind === undefined) return undefined;
  const given = options as JsonObject;
  const scale = kind.scale(given);
  const labels = scale.kind === 'label' ? scale.labels : kind.labels?.(given);
  return {
    of: textOf(objectOf(part.value).of) ?? '',
    scale,
    ...(labels !== undefined && { labels }),
    asks: kind.asksWhereUnsure !== true && kind.roles(given).length > 0,
  };
}

function* writtenValues(
  text: string,
  parts: EvalParts,
  { variables, problems }: { variables: Variables; problems: Problems },
): Generator<WrittenValue, void> {
  const path = parsePath(text);
  if (path === undefined) return;
  for (const { index, value } of variables.values(path)) {
    const place = placeOfValue(parts, path, index);
    if (value === undefined || value === null || place === undefined) continue;
    yield {
      value,
      index,
      owner: variables.nameOf(path[0]!, index),
      problem: (code, inner, message, hint) => problems.add(code, place(inner), message, hint),
    };
  }
}

/** For `with`, whose paths are checked even where a kind does not ask. */
export function checkBindings(parts: EvalParts, variables: Variables, problems: Problems): void {
  for (const grader of parts.graders) {
    const standing: Standing = { roots: ROOTS.step, steps: variables.steps };
    for (const name of Object.keys(objectOf(grader.options.with))) {
      checkPath(grader.part, ['with', name], { variables, standing, problems, lenient: false });
    }
  }
}
