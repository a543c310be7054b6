import Type, { type Static } from 'typebox';
import type { GradeInput, GraderKind } from '../../contract/grader-kind.js';
import type { JsonObject } from '../../contract/json.js';
import { EvalrunError } from '../../contract/problem.js';
import type { Score } from '../../contract/score.js';
import { optionShares } from '../../lib/option-shares.js';
import { type ChoiceOptions, readChoice } from '../../lib/read-choice.js';

const options = Type.Object(
  {
    options: Type.Union(
      [
        Type.Array(Type.String({ minLength: 1 }), { minItems: 2, uniqueItems: true }),
        Type.Record(Type.String({ minLength: 1 }), Type.String({ minLength: 1 }), { minProperties: 2 }),
      ],
      {
        description:
          'The options as a list, or as label: text, e.g. {A: Paris, B: "{{ item.second }}"}; texts are templates',
      },
    ),
    expect: Type.Optional(
      Type.String({ minLength: 1, description: 'The right option (its label, for labelled ones). A template.' }),
    ),
  },
  { additionalProperties: false },
);

type Options = Static<typeof options>;
const asOptions = (value: JsonObject): Options => value as unknown as Options;

const labelsOf = ({ options: given }: Options): string[] => (Array.isArray(given) ? given : Object.keys(given));

const rendered = ({ options: given }: Options, input: GradeInput): ChoiceOptions => {
  if (Array.isArray(given)) return given;
  return Object.fromEntries(
    Object.entries(given).map(([label, text]) => [label, /\{[{%]/.test(text) ? input.render(text) : text]),
  );
};

const expected = (template: string, input: GradeInput, given: ChoiceOptions): string | Score => {
  const text = input.render(template).trim();
  if (text === '') return { kind: 'unscored', reason: 'not_applicable', detail: 'no option is expected here' };
  const option = readChoice(text, given);
  if (option !== null) return option;
  const labels = Array.isArray(given) ? given : Object.keys(given);
  throw new EvalrunError('BAD_EXPECT', `${JSON.stringify(text)} is expected, but it is none of the options`, {
    hint: `The options are ${labels.join(', ')}.`,
  });
};

/**
 * Which of the listed options a reply picks. With `expect`: 1 if it is that one, 0 if it is another. Without: the option
 * itself as a label; `value` is its place in the list, from 0.
 *
 * Source: `lib/read-choice` says how a reply is read. A reply that picks none or more than one is unscored
 * (`unparseable`), never wrong. Without `expect`, and where the provider reports logprobs of the reply's first tokens,
 * `shares` holds the probability of each option (`lib/option-shares`).
 * Errors: BAD_EXPECT when the expected text is no option.
 */
export const choice: GraderKind = {
  kind: 'choice',
  version: 1,
  options,
  scale: (raw) => {
    const given = asOptions(raw);
    return given.expect === undefined ? { kind: 'label', labels: labelsOf(given) } : { kind: 'binary' };
  },
  roles: () => [],
  check(raw, check) {
    const given = asOptions(raw);
    if (!Array.isArray(given.options)) {
      for (const [label, text] of Object.entries(given.options)) check.template(text, ['options', label], []);
    }
    if (given.expect !== undefined) check.template(given.expect, ['expect'], []);
  },
  create(spec) {
    const given = asOptions(spec.options);
    const labels = labelsOf(given);
    return {
      grade(input) {
        const now = rendered(given, input);
        const right = given.expect === undefined ? null : expected(given.expect, input, now);
        if (typeof right === 'object' && right !== null) return right;
        const picked = readChoice(input.text, now);
        if (picked === null) {
          return { kind: 'unscored', reason: 'unparseable', detail: `not exactly one of: ${labels.join(', ')}` };
        }
        if (right !== null) return { kind: 'scored', value: picked === right ? 1 : 0, label: picked };
        const shares = optionShares(input.logprobs, { text: input.text, options: now, picked });
        const score: Score = { kind: 'scored', value: labels.indexOf(picked), label: picked };
        return shares === null ? score : { ...score, shares };
      },
    };
  },
};
