import Type, { type Static } from 'typebox';
import type { GraderCheck, GraderKind, NamedGrader } from '../../contract/grader-kind.js';
import type { JsonObject } from '../../contract/json.js';
import type { Score, UnscoredReason } from '../../contract/score.js';
import { nearestHint } from '../../lib/nearest.js';

const condition = Type.Union([
  Type.String({
    minLength: 1,
    description: 'Id of a yes-or-no grader that stands before this one; holds where it is 1',
  }),
  Type.Object(
    {
      grader: Type.String({ minLength: 1, description: 'Id of a grader that stands before this one' }),
      is: Type.Array(Type.Union([Type.String(), Type.Number()]), {
        minItems: 1,
        description: 'Labels or values of its scores for which the condition holds',
      }),
    },
    { additionalProperties: false },
  ),
]);
const conditions = (description: string) => Type.Optional(Type.Array(condition, { minItems: 1, description }));

const clauses = ['all', 'any', 'none'] as const;

const options = Type.Object(
  {
    all: conditions('Ids of graders, or {grader, is}: every one holds'),
    any: conditions('Ids of graders, or {grader, is}: at least one holds'),
    none: conditions('Ids of graders, or {grader, is}: not one holds'),
    applicableOnly: Type.Optional(
      Type.Boolean({
        description:
          'Leave those out that do not apply to a cell, such as replies after the end of a loop, instead of taking them as not known',
      }),
    ),
  },
  { additionalProperties: false },
);

type Options = Static<typeof options>;
type Condition = Static<typeof condition>;
const asOptions = (value: JsonObject): Options => value as unknown as Options;

/** Scores of graders by their id. */
type Scores = { [grader: string]: Score };
/** Kleene's third value is the reason why it is not known, with the grader that has no score. */
type Truth = boolean | { grader: string; reason: UnscoredReason };

const graderOf = (one: Condition): string => (typeof one === 'string' ? one : one.grader);

function truthOf(one: Condition, scores: Scores): Truth {
  const grader = graderOf(one);
  const score = scores[grader];
  if (score === undefined) return { grader, reason: 'not_applicable' };
  if (score.kind === 'unscored') return { grader, reason: score.reason };
  if (typeof one === 'string') return score.value === 1;
  return one.is.some((wanted) => wanted === (typeof wanted === 'string' ? score.label : score.value));
}

/** `decisive` if one truth is, the first one that is not known if there is one, otherwise the opposite. */
function reduce(truths: readonly Truth[], decisive: boolean): Truth {
  if (truths.includes(decisive)) return decisive;
  return truths.find((truth) => typeof truth !== 'boolean') ?? !decisive;
}

const not = (truth: Truth): Truth => (typeof truth === 'boolean' ? !truth : truth);

/** The options without the inputs that do not apply to this cell; a clause with none left asks nothing. */
function applicable(given: Options, scores: Scores): Options {
  const applies = (one: Condition): boolean => {
    const score = scores[graderOf(one)];
    return score !== undefined && (score.kind === 'scored' || score.reason !== 'not_applicable');
  };
  const kept = clauses.map((clause) => [clause, (given[clause] ?? []).filter(applies)] as const);
  return Object.fromEntries(kept.filter(([, list]) => list.length > 0));
}

function combined(given: Options, scores: Scores): Truth {
  const { all, any, none } = given.applicableOnly === true ? applicable(given, scores) : given;
  if (all === undefined && any === undefined && none === undefined)
    return { grader: namedIn(given)[0]!, reason: 'not_applicable' };
  const truths = (list: readonly Condition[]) => list.map((one) => truthOf(one, scores));
  return reduce(
    [
      ...(all === undefined ? [] : [reduce(truths(all), false)]),
      ...(any === undefined ? [] : [reduce(truths(any), true)]),
      ...(none === undefined ? [] : [not(reduce(truths(none), true))]),
    ],
    false,
  );
}

const namedIn = (given: Options): string[] => [
  ...new Set(clauses.flatMap((clause) => (given[clause] ?? []).map(graderOf))),
];

function wordsFor(given: Options, scores: Scores): string {
  return namedIn(given)
    .map((grader) => {
      const score = scores[grader];
      return score?.kind === 'scored' ? `${grader} ${score.label ?? score.value}` : `${grader} unscored`;
    })
    .join(', ');
}

function scoreOf(given: Options, scores: Scores): Score {
  const truth = combined(given, scores);
  if (typeof truth === 'boolean') return { kind: 'scored', value: truth ? 1 : 0, rationale: wordsFor(given, scores) };
  return { kind: 'unscored', reason: truth.reason, detail: `it depends on ${truth.grader}, which has no score` };
}

/** What is wrong with a value that a condition waits for; undefined if the grader may give it. */
function neverGiven(wanted: string | number, id: string, { scale, labels }: NamedGrader): string | undefined {
  if (typeof wanted === 'string') {
    if (labels === undefined) return `grader "${id}" gives no labels`;
    return labels.includes(wanted) ? undefined : `grader "${id}" never gives the label "${wanted}"`;
  }
  if (scale.kind === 'label') return `grader "${id}" gives labels, not numbers`;
  const fits = scale.kind === 'binary' ? wanted === 0 || wanted === 1 : wanted >= scale.min && wanted <= scale.max;
  return fits ? undefined : `grader "${id}" never gives ${wanted}`;
}

function checkCondition(one: Condition, at: (string | number)[], check: GraderCheck): void {
  const id = graderOf(one);
  const named = check.grader(id, typeof one === 'string' ? at : [...at, 'grader'], { earlier: true });
  if (named === undefined) return;
  if (typeof one === 'string') {
    if (named.scale.kind === 'binary') return;
    const message = `the scores of grader "${id}" are not yes or no`;
    check.problem('SCALE_MISMATCH', at, message, `e.g. {grader: ${id}, is: [${named.labels?.[0] ?? 1}]}`);
    return;
  }
  for (const [i, wanted] of one.is.entries()) {
    const fault = neverGiven(wanted, id, named);
    const hint =
      typeof wanted === 'string' && named.labels !== undefined
        ? nearestHint(wanted, named.labels, 'labels')
        : undefined;
    if (fault !== undefined) check.problem('SCALE_MISMATCH', [...at, 'is', i], fault, hint);
  }
}

/**
 * A score from the scores of other graders of the same cell: 1 where all of `all`, at least one of `any` and none of
 * `none` hold, 0 where that is not so.
 *
 * Source: Kleene's strong three-valued logic (1938). An input without a score counts as not known: the result is
 * unscored, with that input's reason, only where the input could still change it. It is read from the scores alone, so
 * a cell that the endpoint refused is combined too, from what the inputs score there (`whenRefused`).
 * With `applicableOnly` an input that does not apply to the cell (`not_applicable`: its step was not asked, as after the
 * end of a loop) is left out instead; with none left the result does not apply either.
 * Errors: UNKNOWN_GRADER, GRADER_ORDER, SCALE_MISMATCH, BAD_OPTIONS while checking.
 * Limits: a cell that one input settles is scored although another is missing, so where many inputs are missing, a rate
 * leans towards what settles it; coverage of the inputs says how many. A grader that is named twice is not known to be
 * the same twice.
 */
export const combine: GraderKind = {
  kind: 'combine',
  version: 1,
  options,
  scale: () => ({ kind: 'binary' }),
  roles: () => [],
  check(raw, check) {
    const given = asOptions(raw);
    if (clauses.every((clause) => given[clause] === undefined)) {
      check.problem(
        'BAD_OPTIONS',
        [],
        'a "combine" grader needs "all", "any" or "none"',
        'e.g. any: [explicit, implicit]',
      );
    }
    for (const clause of clauses) {
      for (const [i, one] of (given[clause] ?? []).entries()) checkCondition(one, [clause, i], check);
    }
  },
  create(spec) {
    const given = asOptions(spec.options);
    const ofScores = (scores: Scores) => scoreOf(given, scores);
    return { grade: ({ trial }) => ofScores(trial.scores), ofScores };
  },
};

/** Graders whose scores a `combine` grader reads, each once. */
export const combinedGraders = (options: JsonObject): string[] => namedIn(asOptions(options));

/** Its score from theirs. */
export const combinedScore = (options: JsonObject, scores: Scores): Score => scoreOf(asOptions(options), scores);
