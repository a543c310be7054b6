import type { ErrorObject } from 'ajv';
import { ID_PATTERN, NAME_PATTERN } from '../../contract/documents/words.js';
import { nearestHint } from '../../lib/nearest.js';
import { isObject, type Path } from './part.js';
import { isExactlyOne } from './relevant-errors.js';

/** A validation error in the words of evalrun. */
export interface Explained {
  code: string;
  path: Path;
  aim: 'key' | 'value';
  message: string;
  hint?: string | undefined;
}

const NOUNS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  null: 'nothing',
};

/** What kind of value it is, in words. */
export function nounOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return `the word ${value} without quotes (true or false)`;
  return NOUNS[typeof value] ?? typeof value;
}

/** Explains one error of ajv (with `verbose`) about the value at `path`, which the document knows as `label`. */
export function explainError(error: ErrorObject, path: Path, label: string): Explained {
  const what = label === '' ? 'the document' : `"${label}"`;
  const value = { path, aim: 'value' as const };
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(error, path, what);
    case 'required': {
      const key = String(params.missingProperty);
      return { ...value, code: 'MISSING_KEY', message: `${what} lacks the key "${key}"`, hint: meaningOf(error, key) };
    }
    case 'type':
      return {
        ...value,
        code: 'WRONG_TYPE',
        message: wrongType(what, [error.schema as string].flat(), error),
        hint: quoteHint(error),
      };
    case 'enum':
    case 'const':
      return notAllowed(error, path, what);
    case 'pattern':
      return badPattern(error, path, what);
    case 'anyOf':
    case 'oneOf':
      return isExactlyOne(error) ? notOne(error, path, what) : noBranch(error, path, what);
    default:
      return { ...value, code: 'WRONG_VALUE', message: `${what} ${bound(error)}`, hint: description(error) };
  }
}

function unknownKey(error: ErrorObject, path: Path, what: string): Explained {
  const key = String((error.params as { additionalProperty: string }).additionalProperty);
  const known = Object.keys((error.parentSchema?.properties ?? {}) as object);
  const hint = nearestHint(key, known, 'keys');
  return {
    code: 'UNKNOWN_KEY',
    path: [...path, key],
    aim: 'key',
    message: `${what} has an unknown key "${key}"`,
    hint,
  };
}

function wrongType(what: string, types: string[], error: ErrorObject): string {
  const expected = types.map((type) => NOUNS[type] ?? type).join(' or ');
  return `${what} must be ${expected}, not ${nounOf(error.data)}`;
}

function quoteHint(error: ErrorObject): string | undefined {
  const scalar = typeof error.data === 'number' || typeof error.data === 'boolean';
  return error.schema === 'string' && scalar ? `write it in quotes: "${String(error.data)}"` : description(error);
}

function notAllowed(error: ErrorObject, path: Path, what: string): Explained {
  const allowed = (error.keyword === 'enum' ? (error.schema as unknown[]) : [error.schema]).map(String);
  const isKind = path.at(-1) === 'kind' || path.at(-2) === 'reports';
  const said = typeof error.data === 'string' ? `"${error.data}"` : nounOf(error.data);
  return {
    code: isKind ? 'UNKNOWN_KIND' : 'WRONG_VALUE',
    path,
    aim: 'value',
    message: isKind ? `there is no kind ${said} here` : `${what} cannot be ${said}`,
    hint: nearestHint(typeof error.data === 'string' ? error.data : '', allowed, isKind ? 'kinds' : 'values'),
  };
}

function badPattern(error: ErrorObject, path: Path, what: string): Explained {
  const isKey = error.propertyName !== undefined;
  const at: Path = isKey ? [...path, error.propertyName!] : path;
  const aim = isKey ? 'key' : 'value';
  const said = isKey ? error.propertyName : error.data;
  if (error.schema === ID_PATTERN || error.schema === NAME_PATTERN) {
    const signs = error.schema === ID_PATTERN ? 'letters, digits, ".", "_" and "-"' : 'letters, digits, "_" and "-"';
    const hint = `use ${signs}, and begin with a letter, a digit or "_"`;
    return { code: 'BAD_ID', path: at, aim, message: `"${said}" cannot be an id`, hint };
  }
  return { code: 'WRONG_VALUE', path: at, aim, message: `${what} has not the right form`, hint: description(error) };
}

function notOne(error: ErrorObject, path: Path, what: string): Explained {
  const keys = (error.schema as { required: [string] }[]).map((branch) => branch.required[0]);
  const present = keys.filter((key) => isObject(error.data) && Object.hasOwn(error.data, key));
  const found = present.length === 0 ? 'has none of' : 'has more than one of';
  return {
    code: 'NOT_EXACTLY_ONE',
    path: present.length > 1 ? [...path, present[1]!] : path,
    aim: present.length > 1 ? 'key' : 'value',
    message: `${what} ${found} the keys ${keys.join(', ')}`,
    hint: `give exactly one of ${keys.join(', ')}`,
  };
}

function noBranch(error: ErrorObject, path: Path, what: string): Explained {
  const schemas = error.schema as { type?: string; enum?: unknown[]; const?: unknown }[];
  const words = schemas.flatMap((branch) => branch.enum ?? (branch.const === undefined ? [] : [branch.const]));
  if (words.length > 0 && typeof error.data === 'string') {
    const hint = nearestHint(error.data, words.map(String), 'values');
    return { code: 'WRONG_VALUE', path, aim: 'value', message: `${what} cannot be "${error.data}"`, hint };
  }
  const others = schemas.filter((branch) => branch.enum === undefined && branch.const === undefined);
  const forms = [...new Set(others.map((branch) => NOUNS[branch.type ?? ''] ?? 'another form'))];
  const expected = [...(words.length > 0 ? [`one of ${words.join(', ')}`] : []), ...forms].join(', or ');
  const message = `${what} must be ${expected}; found ${nounOf(error.data)}`;
  return { code: 'WRONG_TYPE', path, aim: 'value', message, hint: description(error) };
}

function bound(error: ErrorObject): string {
  const { limit, comparison } = error.params as { limit?: number; comparison?: string };
  switch (error.keyword) {
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `must be ${comparison} ${limit}, not ${error.data}`;
    case 'minItems':
      return limit === 1 ? 'is an empty list' : `must have at least ${limit} entries`;
    case 'maxItems':
      return `may have at most ${limit} entries`;
    case 'minProperties':
      return limit === 1 ? 'is empty' : `must have at least ${limit} keys`;
    case 'maxProperties':
      return limit === 1 ? 'may have one key only' : `may have at most ${limit} keys`;
    case 'minLength':
      return limit === 1 ? 'is an empty text' : `must have at least ${limit} characters`;
    case 'uniqueItems':
      return 'has the same entry twice';
    default:
      return error.message ?? 'has a wrong value';
  }
}

function description(error: ErrorObject): string | undefined {
  return error.parentSchema?.description as string | undefined;
}

function meaningOf(error: ErrorObject, key: string): string | undefined {
  const properties = (error.parentSchema?.properties ?? {}) as Record<string, { description?: string }>;
  const meaning = properties[key]?.description;
  return meaning === undefined ? `add "${key}:"` : `add "${key}:" – ${meaning}`;
}
