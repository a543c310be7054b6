import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { sha256 } from '../../lib/canonical-json.js';
import { nearest } from '../../lib/nearest.js';
import { explainError } from './explain-error.js';
import { type JsonSchema, type KindSchemas, schemaFor } from './kind-schema.js';
import { isObject, type Part, type Path } from './part.js';
import { prebuiltChecks, type QuickCheck } from './prebuilt-checks.js';
import type { Problems } from './problems.js';
import { relevantErrors } from './relevant-errors.js';

const HOW = { allErrors: true, verbose: true, strict: false, logger: false, code: { optimize: false } } as const;
let ajv: Ajv2020 | undefined;
/** Errors of one document that are looked at; whoever has more will come back. */
const MOST_ERRORS = 1000;
const quick = new WeakMap<JsonSchema, QuickCheck | undefined>();
const compiled = new WeakMap<JsonSchema, ValidateFunction>();

/** Checks a part of a document against a schema, or the one of its kind; adds every problem. True if there were none. */
export function validate(schema: JsonSchema | KindSchemas, part: Part, problems: Problems): boolean {
  const own = schemaFor(schema, part.value);
  if (quickCheckOf(own)?.(part.value) === true) return true;
  const check = checkOf(own);
  if (check(part.value)) return true;
  const errors = relevantErrors((check.errors ?? []).slice(0, MOST_ERRORS));
  for (const error of withoutRenamed(errors)) {
    const at = pathOf(error, part.value);
    const { code, path, aim, message, hint } = explainError(error, at, part.place(at).path ?? '');
    problems.add(code, part.place(path, aim), message, hint);
  }
  return false;
}

/** What the build compiled for a schema; undefined if it did not. */
function quickCheckOf(schema: JsonSchema): QuickCheck | undefined {
  if (!quick.has(schema)) quick.set(schema, prebuiltChecks[sha256(JSON.stringify(schema))]);
  return quick.get(schema);
}

/** The check that collects everything that is wrong. */
function checkOf(schema: JsonSchema): ValidateFunction {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  // That our own schemas are schemas is a matter of the tests: checking them here would take longer than all else.
  ajv ??= new Ajv2020({ ...HOW, validateSchema: false });
  const check = ajv.compile(schema);
  compiled.set(schema, check);
  return check;
}

/** True if a value is a JSON Schema; the reason why not otherwise. */
export function schemaFault(schema: unknown): string | undefined {
  try {
    new Ajv2020(HOW).compile(schema as JsonSchema);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** A mistyped key is one problem, not two: "unknown key grders" also explains why "graders" is missing. */
function withoutRenamed(errors: ErrorObject[]): ErrorObject[] {
  const unknown = errors.filter((error) => error.keyword === 'additionalProperties');
  return errors.filter((error) => {
    if (error.keyword !== 'required') return true;
    const missing = (error.params as { missingProperty: string }).missingProperty;
    return !unknown.some((other) => {
      const key = (other.params as { additionalProperty: string }).additionalProperty;
      return other.instancePath === error.instancePath && nearest(key, [missing]) !== undefined;
    });
  });
}

function pathOf(error: ErrorObject, root: unknown): Path {
  const path: (string | number)[] = [];
  let value = root;
  for (const encoded of error.instancePath.split('/').slice(1)) {
    const key = encoded.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(value) ? Number(key) : key);
    value = isObject(value) || Array.isArray(value) ? (value as Record<string, unknown>)[key] : undefined;
  }
  return path;
}
