import { EvalrunError } from '../../contract/problem.js';
import { parsePath } from '../../lib/field-path.js';
import { type CompiledTemplate, compileTemplate } from '../../lib/template.js';
import { isObject, listOf, objectOf, type Part, type Path, textOf } from './part.js';
import type { Problems } from './problems.js';
import { type Condition, ROOTS, type Standing, type Variables } from './variables.js';

/** Checks the text at a path of a part as a template: its syntax, and that each variable has a value in every cell. */
export function checkTemplate(
  part: Part,
  path: Path,
  source: string,
  check: { variables: Variables; standing: Standing; problems: Problems },
): void {
  const { variables, standing, problems } = check;
  let template: CompiledTemplate;
  try {
    template = compileTemplate(source);
  } catch (error) {
    if (!(error instanceof EvalrunError)) throw error;
    const { line = 1, column = 1 } = error.where ?? {};
    const offset = source.split('\n', line - 1).join('\n').length + (line > 1 ? 1 : 0) + column - 1;
    const text = /^\S*/.exec(source.slice(offset))![0];
    problems.add(error.code, part.place(path, { text, offset }), error.message, error.hint);
    return;
  }
  for (const use of template.uses) {
    const fault = variables.fault(use.path, standing, use.optional);
    if (fault === undefined) continue;
    problems.add(fault.code, part.place(path, { text: use.text, offset: use.offset }), fault.message, fault.hint);
  }
}

/** Checks the text at a path of a part as a field path. `lenient`: one cell with a value is enough. */
export function checkPath(
  part: Part,
  path: Path,
  check: { variables: Variables; standing: Standing; problems: Problems; lenient: boolean },
): void {
  let value: unknown = part.value;
  for (const segment of path) value = (value as Record<string | number, unknown> | undefined)?.[segment];
  if (typeof value !== 'string') return;
  const fault = check.variables.pathFault(value, check.standing, check.lenient);
  if (fault !== undefined) check.problems.add(fault.code, part.place(path), fault.message, fault.hint);
}

/** Templates of the arms: every text in their fields. */
export function checkArms(part: Part, variables: Variables, problems: Problems): void {
  const check = { variables, problems, standing: { roots: ROOTS.arm, steps: [] } };
  const visit = (value: unknown, path: Path): void => {
    if (typeof value === 'string') checkTemplate(part, path, value, check);
    else if (Array.isArray(value)) for (const [i, entry] of value.entries()) visit(entry, [...path, i]);
    else if (isObject(value)) for (const [key, entry] of Object.entries(value)) visit(entry, [...path, key]);
  };
  visit(objectOf(part.value).arms, ['arms']);
}

/** Conditions that an object with `when` and `unless` puts on what is in it. */
export function conditionsOf(value: unknown): Condition[] {
  const { when, unless } = objectOf(value);
  return [
    { text: textOf(when), negated: false },
    { text: textOf(unless), negated: true },
  ].flatMap(({ text, negated }) => {
    const path = text === undefined ? undefined : parsePath(text);
    return path === undefined ? [] : [{ path, negated }];
  });
}

/** Steps: conditions, templates and roles' lines. */
export function checkSteps(part: Part, variables: Variables, problems: Problems): void {
  for (const [i, step] of listOf(objectOf(part.value).steps).entries()) {
    const standing: Standing = {
      roots: ROOTS.step,
      steps: variables.steps.slice(0, i),
      loop: variables.steps[i]?.loop,
      conditions: conditionsOf(step),
    };
    const check = { variables, problems, standing };
    for (const key of ['when', 'unless']) checkPath(part, ['steps', i, key], { ...check, lenient: true });
    for (const key of ['while', 'until']) checkPath(part, ['steps', i, 'round', key], { ...check, lenient: true });
    for (const [j, line] of listOf(objectOf(step).messages).entries()) {
      const at = ['steps', i, 'messages', j];
      for (const key of ['when', 'unless']) checkPath(part, [...at, key], { ...check, lenient: true });
      const conditions = [...standing.conditions!, ...conditionsOf(line)];
      const inside = { ...check, standing: { ...standing, conditions } };
      for (const speaker of ['system', 'user', 'assistant']) {
        const source = textOf(objectOf(line)[speaker]);
        if (source !== undefined) checkTemplate(part, [...at, speaker], source, inside);
      }
      checkPath(part, [...at, 'turns'], { ...inside, lenient: false });
      for (const key of ['beforeFirst', 'beforeEach']) checkPath(part, [...at, key], { ...inside, lenient: true });
    }
  }
}
