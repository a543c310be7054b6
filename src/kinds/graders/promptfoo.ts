import Type, { type Static } from 'typebox';
import type { GradeInput, GraderCheck, GraderKind } from '../../contract/grader-kind.js';
import type { Json, JsonObject } from '../../contract/json.js';
import { EvalrunError } from '../../contract/problem.js';
import { loadPromptfoo } from '../promptfoo-library.js';
import { runPromptfooAssertion } from './promptfoo-assertion.js';
import { isCode, isJudged, needsInput, refusalOf } from './promptfoo-types.js';

const assertion = Type.Object(
  {
    type: Type.String({
      minLength: 1,
      description: 'Type of assertion, e.g. contains, levenshtein, llm-rubric, not-equals',
    }),
    value: Type.Optional(Type.Unknown({ description: 'What the type takes. Texts in it are templates.' })),
    threshold: Type.Optional(Type.Number({ description: 'What the type takes' })),
    config: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'What the type takes' })),
  },
  { additionalProperties: false },
);

const options = Type.Object(
  {
    assertion,
    role: Type.Optional(Type.String({ minLength: 1, description: 'Role that judges, for model-graded types' })),
    input: Type.Optional(Type.String({ description: 'What was asked, for types that compare with it. A template.' })),
    vars: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description: 'Variables of the type, e.g. query and context. Templates.',
      }),
    ),
    score: Type.Optional(Type.Boolean({ default: false, description: 'Its score, 0–1, instead of pass or fail' })),
  },
  { additionalProperties: false },
);

export type PromptfooOptions = Static<typeof options>;
const asOptions = (value: JsonObject): PromptfooOptions => value as unknown as PromptfooOptions;

type Path = (string | number)[];

/** Calls `visit` for every text in a value. */
const eachText = (value: unknown, at: Path, visit: (text: string, at: Path) => void): void => {
  if (typeof value === 'string') visit(value, at);
  else if (Array.isArray(value)) for (const [i, part] of value.entries()) eachText(part, [...at, i], visit);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) eachText(part, [...at, key], visit);
  }
};

const checkValue = (given: PromptfooOptions, check: GraderCheck): void => {
  if (isCode(given.assertion.type)) return;
  eachText(given.assertion.value, ['assertion', 'value'], (text, at) => {
    if (/^(?:file|package):/.test(text)) {
      check.problem(
        'PROMPTFOO_CODE',
        at,
        `"${text.slice(0, 40)}" names a file, which is not read`,
        'Write the value here.',
      );
    } else check.template(text, at, []);
  });
};

const checkJudged = ({ assertion: { type }, role, input }: PromptfooOptions, check: GraderCheck): void => {
  if (role !== undefined) check.role(role, ['role']);
  if (isJudged(type) && role === undefined) {
    check.problem(
      'BAD_OPTIONS',
      ['assertion', 'type'],
      `promptfoo's "${type}" asks a model: it needs a "role"`,
      'e.g. role: judge',
    );
  }
  if (!isJudged(type) && role !== undefined) {
    check.problem('BAD_OPTIONS', ['role'], `promptfoo's "${type}" asks no model`, 'Leave "role" out.');
  }
  if (needsInput(type) && input === undefined) {
    check.problem(
      'BAD_OPTIONS',
      ['assertion', 'type'],
      `promptfoo's "${type}" compares with what was asked: it needs "input"`,
      'e.g. input: "{{ item.text }}"',
    );
  }
};

/** Texts of a value rendered, everything else as it is. */
const renderTexts = (value: unknown, input: GradeInput): Json => {
  if (typeof value === 'string') return /\{[{%]/.test(value) ? input.render(value) : value;
  if (Array.isArray(value)) return value.map((part) => renderTexts(part, input));
  if (typeof value !== 'object' || value === null) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, renderTexts(part, input)]));
};

/**
 * Any assertion of promptfoo that judges one text: 1 if it passes, 0 if not; with `score`, its score from 0 to 1.
 *
 * Source: https://www.promptfoo.dev/docs/configuration/expected-outputs/. The package is loaded when the grader is made.
 * Values are our templates, rendered once; promptfoo, which renders values again, gets them as variables, so that braces
 * and `file://` in data or replies stay text. Model-graded types ask through `role`, recorded and limited like all calls.
 * Unscored (`judge_failed`) where the assertion itself failed: a judge that cannot be read or gives no verdict, code
 * that throws, a score outside 0–1.
 * Errors: PROMPTFOO_MISSING, PROMPTFOO_CODE (types that run code need the user's trust), PROMPTFOO_TYPE (types that call
 * other services or need more than the text). Limits: its `regex` is JavaScript's, not of linear time.
 */
export const promptfoo: GraderKind = {
  kind: 'promptfoo',
  version: 1,
  options,
  scale: (raw) => (asOptions(raw).score === true ? { kind: 'number', min: 0, max: 1 } : { kind: 'binary' }),
  roles: (raw) => {
    const { role } = asOptions(raw);
    return role === undefined ? [] : [role];
  },
  check(raw, check) {
    const given = asOptions(raw);
    const refusal = refusalOf(given.assertion.type);
    if (refusal !== null) check.problem(refusal.code, ['assertion', 'type'], refusal.message, refusal.hint);
    checkValue(given, check);
    checkJudged(given, check);
    if (given.input !== undefined) check.template(given.input, ['input'], []);
    for (const [name, template] of Object.entries(given.vars ?? {})) check.template(template, ['vars', name], []);
  },
  async create(spec) {
    const given = asOptions(spec.options);
    const refusal = refusalOf(given.assertion.type);
    if (refusal !== null) throw new EvalrunError(refusal.code, refusal.message, { hint: refusal.hint });
    const library = await loadPromptfoo(1);
    return {
      grade: (input) => {
        const { type, value } = given.assertion;
        return runPromptfooAssertion(library, input, {
          assertion: { ...given.assertion, value: isCode(type) ? (value as Json) : renderTexts(value, input) },
          vars: renderTexts(given.vars ?? {}, input) as { [name: string]: string },
          asked: given.input === undefined ? undefined : input.render(given.input),
          role: given.role,
          score: given.score ?? false,
        });
      },
    };
  },
};
