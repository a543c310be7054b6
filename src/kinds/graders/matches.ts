import Type, { type Static } from 'typebox';
import type { GradeInput, GraderCheck, GraderKind } from '../../contract/grader-kind.js';
import type { JsonObject } from '../../contract/json.js';
import { EvalrunError } from '../../contract/problem.js';
import { compileSchema } from './match-schema.js';
import { renderPattern, type Test, testEquals, testRegex, testTexts } from './match-text.js';

const texts = Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })]);

const criteria = ['contains', 'containsAll', 'equals', 'regex', 'schema'] as const;

const options = Type.Object(
  {
    contains: Type.Optional({ ...texts, description: 'A text, or a list of which one is enough. Templates.' }),
    containsAll: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        minItems: 1,
        description: 'Texts that must all be there. Templates.',
      }),
    ),
    equals: Type.Optional(Type.String({ description: 'The whole text but for white space around it. A template.' })),
    regex: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'An RE2 pattern, found anywhere. A template whose values match literally.',
      }),
    ),
    schema: Type.Optional(
      Type.Union([Type.Boolean(), Type.Record(Type.String(), Type.Unknown())], {
        description: 'JSON Schema 2020-12 of the one JSON object in the text',
      }),
    ),
    ignoreCase: Type.Optional(Type.Boolean({ default: false })),
    not: Type.Optional(Type.Boolean({ default: false, description: 'Score 1 where it does not match' })),
  },
  { additionalProperties: false },
);

type Options = Static<typeof options>;
const asOptions = (value: JsonObject): Options => value as unknown as Options;

const listOf = (value: string | string[]): string[] => (Array.isArray(value) ? value : [value]);

const checkRegex = (pattern: string, check: GraderCheck): void => {
  if (pattern.includes('{{') || pattern.includes('{%')) check.template(pattern, ['regex'], []);
  try {
    testRegex(
      renderPattern(pattern, () => 'x'),
      false,
    );
  } catch (error) {
    if (!(error instanceof EvalrunError)) throw error;
    check.problem('BAD_REGEX', ['regex'], error.message, error.hint);
  }
};

const checkTexts = (value: string | string[], key: string, check: GraderCheck): void => {
  if (typeof value === 'string') check.template(value, [key], []);
  else for (const [i, text] of value.entries()) check.template(text, [key, i], []);
};

/** The test of a cell; compiled once where no template stands in it. */
const testFor = (given: Options): ((input: GradeInput) => Test) => {
  const ignoreCase = given.ignoreCase ?? false;
  const render = (text: string, input: GradeInput) => (/\{[{%]/.test(text) ? input.render(text) : text);
  if (given.schema !== undefined) {
    const test = compileSchema(given.schema);
    return () => test;
  }
  if (given.regex !== undefined) {
    const pattern = given.regex;
    return (input) =>
      testRegex(
        renderPattern(pattern, (output) => input.render(output)),
        ignoreCase,
      );
  }
  if (given.equals !== undefined) {
    const text = given.equals;
    return (input) => testEquals(render(text, input), ignoreCase);
  }
  const wanted = given.containsAll ?? listOf(given.contains ?? []);
  const all = given.containsAll !== undefined;
  return (input) =>
    testTexts(
      wanted.map((text) => render(text, input)),
      { all, ignoreCase },
    );
};

/**
 * Whether a text matches exactly one of: `contains` (any), `containsAll`, `equals`, `regex`, `schema`. 1 or 0, turned
 * round by `not`, with what was found as evidence.
 *
 * Source: plain comparison; RE2 for patterns (linear time); JSON Schema 2020-12 by ajv on the JSON that `lib/read-json`
 * finds (fences and prose around it are fine; a text without one JSON object does not match). `ignoreCase` folds case
 * and leaves diacritics alone. Values inserted into a pattern stand for themselves.
 * Errors: BAD_OPTIONS, BAD_REGEX, BAD_SCHEMA.
 */
export const matches: GraderKind = {
  kind: 'matches',
  version: 1,
  options,
  scale: () => ({ kind: 'binary' }),
  roles: () => [],
  check(raw, check) {
    const given = asOptions(raw);
    const named = criteria.filter((key) => given[key] !== undefined);
    if (named.length !== 1) {
      const found = named.length === 0 ? 'none' : named.join(', ');
      check.problem(
        'BAD_OPTIONS',
        named.length > 1 ? [named[1]!] : [],
        `a "matches" grader needs exactly one of ${criteria.join(', ')}; found ${found}`,
        'Use one grader per criterion.',
      );
    }
    if (given.contains !== undefined) checkTexts(given.contains, 'contains', check);
    if (given.containsAll !== undefined) checkTexts(given.containsAll, 'containsAll', check);
    if (given.equals !== undefined) check.template(given.equals, ['equals'], []);
    if (given.regex !== undefined) checkRegex(given.regex, check);
    if (given.schema !== undefined) {
      try {
        compileSchema(given.schema);
      } catch (error) {
        if (!(error instanceof EvalrunError)) throw error;
        check.problem('BAD_SCHEMA', ['schema'], error.message, error.hint);
      }
    }
  },
  create(spec) {
    const given = asOptions(spec.options);
    const test = testFor(given);
    return {
      grade(input) {
        const { found, evidence, rationale } = test(input)(input.text);
        return {
          kind: 'scored',
          value: found !== (given.not ?? false) ? 1 : 0,
          ...(rationale === undefined ? {} : { rationale }),
          evidence,
        };
      },
    };
  },
};
