import Type, { type Static } from 'typebox';
import type { GraderCheck } from '../../contract/grader-kind.js';
import type { JsonObject } from '../../contract/json.js';
import { plainLabel } from './judge-reply.js';

const line = Type.Object(
  {
    system: Type.Optional(Type.String({ description: 'Text of a system message. A template.' })),
    user: Type.Optional(Type.String({ description: 'Text of a user message. A template.' })),
    assistant: Type.Optional(Type.String({ description: 'Text of an assistant message. A template.' })),
  },
  {
    additionalProperties: false,
    oneOf: (['system', 'user', 'assistant'] as const).map((key) => ({ required: [key] })),
    description: 'Exactly one of system, user, assistant.',
  },
);

export const judgeOptions = Type.Object(
  {
    role: Type.String({ minLength: 1, description: 'Role that judges, e.g. judge; a config says who fills it' }),
    messages: Type.Array(line, {
      minItems: 1,
      description: 'What the judge is shown. Sees `submission` (pairwise: `first` and `second`) and `with.<name>`.',
    }),
    verdicts: Type.Optional(
      Type.Record(Type.String({ minLength: 1 }), Type.Number(), {
        minProperties: 2,
        description: 'Label → score. Not for pairwise judges, whose verdicts are first, second and tie.',
      }),
    ),
    mode: Type.Optional(Type.Enum(['absolute', 'pairwise'], { default: 'absolute' })),
    against: Type.Optional(
      Type.String({ minLength: 1, description: 'Pairwise: the other text, as a step or step.field' }),
    ),
    with: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }), Type.String({ minLength: 1 }), {
        description: 'Name → path; templates read the value as with.<name>',
      }),
    ),
    confidence: Type.Optional(Type.Boolean({ default: true, description: 'Ask for the judge’s confidence, 0–100' })),
    quotes: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Ask for the words of the submission that decide; those that occur in it become evidence',
      }),
    ),
    rule: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Yes-or-no grader without a model that looks for the same in the same text: judge health compares',
      }),
    ),
  },
  { additionalProperties: false },
);

export type JudgeOptions = Static<typeof judgeOptions>;

export const asJudgeOptions = (value: JsonObject): JudgeOptions => value as unknown as JudgeOptions;

export const pairwiseLabels = ['first', 'second', 'tie'] as const;

/** Names that a judge's templates may use beside the eval's own and `with`. */
const templateNames = (pairwise: boolean): string[] => (pairwise ? ['first', 'second'] : ['submission']);

const checkVerdicts = ({ verdicts = {} }: JudgeOptions, check: GraderCheck): void => {
  const seen = new Map<string, string>();
  for (const label of Object.keys(verdicts)) {
    const plain = plainLabel(label);
    const twin = seen.get(plain);
    if (plain === '' || /[|<>"{}\n]/.test(label)) {
      check.problem(
        'BAD_VERDICT',
        ['verdicts', label],
        `a judge cannot give ${JSON.stringify(label)} as a verdict`,
        'Use words of letters, digits, _ and -.',
      );
    } else if (twin !== undefined) {
      check.problem(
        'BAD_VERDICT',
        ['verdicts', label],
        `"${label}" cannot be told from "${twin}"`,
        'Case, spaces, _ and - do not tell verdicts apart.',
      );
    }
    seen.set(plain, label);
  }
};

const checkMode = (given: JudgeOptions, check: GraderCheck): void => {
  const pairwise = given.mode === 'pairwise';
  const key = pairwise ? 'against' : 'verdicts';
  const barred = pairwise ? 'verdicts' : 'against';
  if (given[key] === undefined) {
    check.problem(
      'BAD_OPTIONS',
      [],
      `a judge in ${pairwise ? 'pairwise' : 'absolute'} mode needs "${key}"`,
      pairwise ? 'Name the step (or step.field) that the graded text is compared with.' : 'e.g. {good: 1, bad: 0}',
    );
  }
  if (pairwise && given.quotes === true) {
    check.problem('BAD_OPTIONS', ['quotes'], '"quotes" does not go with a judge in pairwise mode', 'Leave it out.');
  }
  if (given[barred] !== undefined) {
    check.problem(
      'BAD_OPTIONS',
      [barred],
      `"${barred}" does not go with a judge in ${pairwise ? 'pairwise' : 'absolute'} mode`,
      pairwise ? 'The verdicts are first, second and tie.' : 'Add "mode: pairwise", or leave it out.',
    );
  }
};

/** The rule that a judge is held against says yes or no of the same text, without asking a model. */
const checkRule = (given: JudgeOptions, check: GraderCheck): void => {
  const id = given.rule;
  const named = id === undefined ? undefined : check.grader(id, ['rule'], { earlier: false });
  if (named === undefined) return;
  const bad = (code: string, message: string, hint?: string) => check.problem(code, ['rule'], message, hint);
  if (named.asks) bad('WRONG_VALUE', `grader "${id}" is no rule: it asks a model itself`, 'name one that asks nobody');
  else if (named.scale.kind !== 'binary') bad('SCALE_MISMATCH', `the scores of grader "${id}" are not yes or no`);
  else if (!isYesNo(given)) bad('SCALE_MISMATCH', 'this judge does not say yes or no, as a rule does');
  else if (named.of !== check.of)
    bad('WRONG_VALUE', `grader "${id}" grades ${named.of}, this judge ${check.of}`, 'both must read the same text');
};

/** Whether every verdict of a judge is worth 1 or 0. */
export const isYesNo = ({ mode, verdicts = {} }: JudgeOptions): boolean =>
  mode !== 'pairwise' && Object.values(verdicts).every((value) => value === 0 || value === 1);

/** All that can be wrong with a judge's options beyond their schema. */
export const checkJudge = (given: JudgeOptions, check: GraderCheck): void => {
  check.role(given.role, ['role']);
  checkMode(given, check);
  checkVerdicts(given, check);
  checkRule(given, check);
  if (given.against !== undefined) check.output(given.against, ['against']);
  for (const [name, path] of Object.entries(given.with ?? {})) check.path(path, ['with', name]);
  for (const [i, message] of given.messages.entries()) {
    for (const [speaker, template] of Object.entries(message)) {
      check.template(template, ['messages', i, speaker], templateNames(given.mode === 'pairwise'));
    }
  }
};
