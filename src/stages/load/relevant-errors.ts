import type { ErrorObject } from 'ajv';

/** Errors of a validation, without those of branches of a union that the value was not meant for. */
export function relevantErrors(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter((error) => error.keyword === 'oneOf' && isExactlyOne(error));
  const telling = errors.filter(
    (error) =>
      error.keyword !== 'if' && error.keyword !== 'propertyNames' && !choices.some((choice) => isInside(error, choice)),
  );
  const unions = telling.filter(isUnion).sort((a, b) => depth(a) - depth(b));
  const outermost = unions[0];
  if (outermost === undefined) return telling;
  const inside = telling.filter((error) => isInside(error, outermost));
  const others = telling.filter((error) => error !== outermost && !inside.includes(error));
  return [...relevantErrors(others), ...bestBranch(outermost, inside)];
}

const isUnion = (error: ErrorObject): boolean =>
  error.keyword === 'anyOf' || (error.keyword === 'oneOf' && !isExactlyOne(error));

/** True for the `oneOf` that says "exactly one of these keys". */
export function isExactlyOne(error: ErrorObject): boolean {
  const branches = error.schema as { required?: string[] }[] | undefined;
  return Array.isArray(branches) && branches.every((branch) => Object.keys(branch).join() === 'required');
}

const depth = (error: ErrorObject): number => error.schemaPath.length;

function isInside(error: ErrorObject, union: ErrorObject): boolean {
  const at = error.instancePath;
  const below = at === union.instancePath || at.startsWith(`${union.instancePath}/`);
  return below && error.schemaPath.startsWith(`${union.schemaPath}/`);
}

/** The errors of the branch that fits the value best; the union's own error if its type fits none. */
function bestBranch(union: ErrorObject, inside: ErrorObject[]): ErrorObject[] {
  const branches = new Map<string, ErrorObject[]>();
  for (const error of inside) {
    const branch = error.schemaPath.slice(union.schemaPath.length + 1).split('/')[0]!;
    branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  const fitting = [...branches.values()].filter((list) => !list.some((error) => isMismatch(error, union)));
  const reduced = fitting.map(relevantErrors).sort((a, b) => a.length - b.length);
  return reduced[0] ?? [union];
}

function isMismatch(error: ErrorObject, union: ErrorObject): boolean {
  if (error.instancePath !== union.instancePath) return false;
  return ['type', 'const'].includes(error.keyword) || (error.keyword === 'enum' && typeof error.data !== 'string');
}
