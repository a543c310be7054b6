import Type, { type Static } from 'typebox';
import type { FilterKind } from '../../contract/filter-kind.js';
import type { JsonObject } from '../../contract/json.js';
import type { StoredScore } from '../../contract/record.js';
import type { Scale } from '../../contract/score.js';

const options = Type.Object(
  {
    grader: Type.String({ minLength: 1, description: 'Id of a grader' }),
    is: Type.Optional(
      Type.Array(Type.Union([Type.Number(), Type.String()]), {
        minItems: 1,
        description: 'Values, or labels, that pass',
      }),
    ),
    min: Type.Optional(Type.Number({ description: 'Lowest value that passes' })),
    max: Type.Optional(Type.Number({ description: 'Highest value that passes' })),
  },
  { additionalProperties: false },
);

type Options = Static<typeof options>;
const asOptions = (value: JsonObject): Options => value as unknown as Options;

/** What is wrong with a value that is to pass; null if a score can have it. */
function valueFault(value: number | string, scale: Scale): string | null {
  if (scale.kind === 'label')
    return scale.labels.some((label) => label === value) ? null : `no score is ${JSON.stringify(value)}`;
  if (typeof value === 'string') return 'the scores of this grader are numbers';
  const possible = scale.kind === 'binary' ? value === 0 || value === 1 : value >= scale.min && value <= scale.max;
  return possible ? null : `no score is ${value}`;
}

function passes(score: Exclude<StoredScore, { unscored: unknown }>, { is, min, max }: Options): boolean {
  if (is !== undefined && !is.some((one) => one === score.value || one === score.label)) return false;
  return score.value >= (min ?? Number.NEGATIVE_INFINITY) && score.value <= (max ?? Number.POSITIVE_INFINITY);
}

/** Keeps pairs by the recorded score of a grader: by value, label or band. A cell without a score is left out. */
export const score: FilterKind = {
  kind: 'score',
  title: 'the recorded score of a grader',
  options,
  graders: (raw) => [asOptions(raw).grader],
  check(raw, check) {
    const { grader, is = [], min, max } = asOptions(raw);
    const scale = check.grader(grader, ['grader']);
    if (is.length === 0 && min === undefined && max === undefined)
      check.problem('BAD_OPTIONS', ['grader'], 'every score would pass', 'say which: is: [0], or min and max');
    if (min !== undefined && max !== undefined && min > max)
      check.problem('BAD_OPTIONS', ['min'], `"min" (${min}) is above "max" (${max})`, 'no pair could pass');
    if (scale === undefined) return;
    for (const [index, value] of is.entries()) {
      const fault = valueFault(value, scale);
      const hint = scale.kind === 'label' ? `labels: ${scale.labels.join(', ')}` : undefined;
      if (fault !== null) check.problem('WRONG_VALUE', ['is', index], fault, hint);
    }
    if (scale.kind !== 'label') return;
    for (const end of ['min', 'max'] as const)
      if (raw[end] !== undefined)
        check.problem('BAD_OPTIONS', [end], 'labels have no lowest and highest', 'list labels under "is"');
  },
  describe: (raw) => {
    const { is, ...rest } = asOptions(raw);
    return { ...rest, ...(is === undefined ? {} : { is: is.join(', ') }) };
  },
  create(raw) {
    const wanted = asOptions(raw);
    return {
      reject({ score: scoreOf }) {
        const found = scoreOf(wanted.grader);
        if (found === null || 'unscored' in found) return `no score of ${wanted.grader}`;
        return passes(found, wanted) ? null : `the score of ${wanted.grader} is another`;
      },
    };
  },
};
