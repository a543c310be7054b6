import Type, { type Static } from 'typebox';
import type { GradeInput, GraderKind } from '../../contract/grader-kind.js';
import type { JsonObject } from '../../contract/json.js';
import type { Score } from '../../contract/score.js';
import { plainLabel } from './judge-reply.js';

const sides = ['first', 'second'] as const;

const options = Type.Object(
  {
    right: Type.Enum([...sides], { description: 'Which of the two texts was the right one in the graded reply' }),
    swapped: Type.String({
      minLength: 1,
      description: 'The choice between the same texts the other way round, as a step or step.field',
    }),
  },
  { additionalProperties: false },
);

type Options = Static<typeof options>;
const asOptions = (value: JsonObject): Options => value as unknown as Options;

/** The word at `step` or `step.field`, or why there is none. */
function wordAt(path: string, { trial }: GradeInput): { word: string } | Score {
  const [step = '', ...fields] = path.split('.');
  const output = trial.outputs[step];
  if (output === undefined) return { kind: 'unscored', reason: 'not_applicable', detail: `step ${step} gave nothing` };
  if (output.finish === 'length') return { kind: 'unscored', reason: 'truncated', detail: `${step} was cut` };
  if (output.parseError !== undefined) return { kind: 'unscored', reason: 'unparseable', detail: output.parseError };
  const field = fields.join('.');
  const value = field === '' || field === 'text' ? output.text : output.fields?.[field];
  if (typeof value === 'string') return { word: value };
  return { kind: 'unscored', reason: 'unparseable', detail: `${path} is no text` };
}

/** 1 for the right side, 0 for the other, ½ for a tie; null for any other word. */
function choice(word: string, right: string): number | null {
  const plain = plainLabel(word);
  if (plain === 'tie') return 0.5;
  return sides.some((side) => side === plain) ? (plain === right ? 1 : 0) : null;
}

const noChoice = (word: string): Score => ({
  kind: 'unscored',
  reason: 'unparseable',
  detail: `${JSON.stringify(word.slice(0, 80))} is none of: ${sides.join(', ')}, tie`,
});

/**
 * Whether two replies choose the right one of two texts, once in each order: the words `first`, `second` and `tie`, in
 * any case. 1 if both choose it, 0 if both choose the other, ½ otherwise, as a pairwise `judge` scores; here the model
 * under test is the one that chooses. `orderConsistent` says whether the orders agreed.
 * Source: swapped orders against position bias, Zheng et al. 2023 (arXiv 2306.05685).
 * Another word, or a reply without one, is unscored. Errors: UNKNOWN_STEP, UNKNOWN_FIELD while checking.
 */
export const twoOrders: GraderKind = {
  kind: 'two_orders',
  version: 1,
  options,
  scale: () => ({ kind: 'number', min: 0, max: 1 }),
  labels: () => ['right', 'wrong', 'tie'],
  roles: () => [],
  check: (raw, check) => check.output(asOptions(raw).swapped, ['swapped']),
  create(spec) {
    const { right, swapped } = asOptions(spec.options);
    const rightSwapped = right === 'first' ? 'second' : 'first';
    return {
      grade(input) {
        const other = wordAt(swapped, input);
        if (!('word' in other)) return other;
        const one = choice(input.text, right);
        const two = choice(other.word, rightSwapped);
        if (one === null) return noChoice(input.text);
        if (two === null) return noChoice(other.word);
        const value = one === two ? one : 0.5;
        const label = value === 1 ? 'right' : value === 0 ? 'wrong' : 'tie';
        return { kind: 'scored', value, label, orderConsistent: one === two };
      },
    };
  },
};
