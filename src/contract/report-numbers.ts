/** Schemas of the numbers in `report.json`, one list each. */
import Type from 'typebox';

/** A number, or null where there is none. */
export const nullableNumber = (description: string) => Type.Union([Type.Number(), Type.Null()], { description });
/** A number of things. */
export const count = (description: string) => Type.Integer({ minimum: 0, description });
/** Name → number of things. */
export const names = (description: string) => Type.Record(Type.String(), Type.Integer(), { description });

const providerArm = Type.Object({
  provider: Type.String({ description: 'Id of the provider under test' }),
  arm: Type.String({ description: 'Id of the arm' }),
});

const ends = {
  value: nullableNumber('Point estimate'),
  low: nullableNumber('Lower end of the interval'),
  high: nullableNumber('Upper end of the interval'),
};

/** One metric for one slice. */
export const estimate = Type.Object(
  {
    metric: Type.String(),
    version: Type.Integer({ description: 'Version of the metric kind; moves when a published score could' }),
    by: Type.Object({
      provider: Type.String(),
      arm: Type.String(),
      group: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'Field → value of the slice' })),
    }),
    value: nullableNumber('Point estimate; null when nothing was scored'),
    low: nullableNumber('Lower end of the interval'),
    high: nullableNumber('Upper end of the interval'),
    level: Type.Number({ description: 'Confidence level, two-sided' }),
    n: count('Scored units; repeats are averaged first'),
    unscored: count('Units of the slice without a score'),
    unweighted: Type.Optional(
      Type.Object(ends, { description: 'The same with every unit counting alike; only where personas have weights' }),
    ),
    unit: Type.String(),
    better: Type.Union([Type.Literal('higher'), Type.Literal('lower'), Type.Literal('none')]),
    method: Type.String({ description: 'Method of the interval' }),
    clusters: names('Cluster field → number of clusters'),
  },
  { description: 'One metric for one slice' },
);

/** A paired difference of two arms or metrics. */
export const contrast = Type.Object(
  {
    name: Type.String(),
    metric: Type.String(),
    a: providerArm,
    b: Type.Object({ provider: Type.String(), arm: Type.String(), metric: Type.Optional(Type.String()) }),
    difference: nullableNumber('Mean over matched cells of a − b'),
    low: nullableNumber('Lower end of the interval'),
    high: nullableNumber('Upper end of the interval'),
    level: Type.Number(),
    p: nullableNumber('Two-sided p of no difference'),
    pAdjusted: nullableNumber('p after correction over the contrasts of the same metric'),
    correction: Type.Literal('holm'),
    n: count('Matched pairs scored on both sides'),
    unscored: count('Pairs lost because a side is unscored'),
    detectable: nullableNumber('Smallest true difference found in 80 of 100 such runs'),
    method: Type.String(),
    clusters: names('Cluster field → number of clusters'),
    better: Type.Union([Type.Literal('higher'), Type.Literal('lower'), Type.Literal('none')]),
  },
  { description: 'A paired difference' },
);

const answers = (arm: string) =>
  Type.Object({
    successes: count(`Answers in ${arm} that count`),
    trials: count(`Scored answers in ${arm}`),
  });

/** A number that relates two arms beyond their difference. */
export const relation = Type.Object(
  {
    name: Type.String(),
    kind: Type.String(),
    title: Type.String({ description: 'What the value is, in words' }),
    version: Type.Integer({ description: 'Version of the relation kind; moves when a published number could' }),
    metric: Type.String(),
    provider: Type.String({ description: 'Id of the provider under test' }),
    of: Type.String({ description: 'Arm' }),
    against: Type.String({ description: 'Arm that it is related to' }),
    value: nullableNumber('Null where there is none; then `none` says why'),
    low: nullableNumber('Lower end of the interval; null where it has no bound'),
    high: nullableNumber('Upper end of the interval; null where it has no bound'),
    level: Type.Number({ description: 'Confidence level, two-sided' }),
    n: count('Pairs scored in both arms, or their items'),
    counts: Type.Union([Type.Literal('pairs'), Type.Literal('items')], { description: 'What n counts' }),
    unscored: count('Pairs lost because an arm is unscored'),
    unit: Type.String(),
    method: Type.String({ description: 'Method of the interval' }),
    clusters: names('Cluster field → number of clusters'),
    none: Type.Optional(Type.String({ description: 'Why there is no value' })),
    parts: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.String({ description: 'In words' }),
        ...ends,
        unit: Type.String(),
      }),
      { description: 'Numbers that belong to it, by kind' },
    ),
    items: Type.Optional(
      Type.Array(
        Type.Object({
          item: Type.String({ description: 'Id of the item' }),
          of: answers('of'),
          against: answers('against'),
          p: Type.Number({ description: 'Exact, one-sided' }),
          pAdjusted: Type.Number({ description: 'After Holm over all items' }),
          q: Type.Number({ description: 'Benjamini–Hochberg over all items' }),
        }),
        { description: 'Items worth a look, at most 20' },
      ),
    ),
    notes: Type.Array(Type.String(), { description: 'What a reader of the number needs to know' }),
  },
  { description: 'A number that relates two arms beyond their difference' },
);

const groupRow = Type.Object({
  label: Type.String({ description: 'Value of the field, or name of the intersection' }),
  n: count('Scored units of the group'),
  ...ends,
  gap: nullableNumber('Mean of the group − mean of everyone'),
  gapLow: nullableNumber('Lower end of the gap’s interval'),
  gapHigh: nullableNumber('Upper end of the gap’s interval'),
  p: nullableNumber('Two-sided p of no gap'),
  pAdjusted: nullableNumber('The same after Holm over the groups of this field, for claims'),
  q: nullableNumber('Benjamini–Hochberg over the same groups, for exploration'),
});

/** The groups of one field, compared with everyone. */
export const groupComparison = Type.Object(
  {
    metric: Type.String(),
    by: providerArm,
    field: Type.String({ description: 'Field whose values form the groups; "intersection" for named intersections' }),
    level: Type.Number(),
    correction: Type.Literal('holm'),
    groups: Type.Array(groupRow),
    worst: Type.Union([
      Type.Object({ label: Type.String(), ...ends }, { description: 'Ends hold for all groups at once (Bonferroni)' }),
      Type.Null(),
    ]),
    widest: Type.Union([
      Type.Object(
        {
          best: Type.String(),
          worst: Type.String(),
          difference: Type.Number(),
          low: nullableNumber('Lower end, for all pairs of groups at once (Bonferroni)'),
          high: nullableNumber('Upper end, for all pairs of groups at once (Bonferroni)'),
        },
        { description: 'The best group less the worst' },
      ),
      Type.Null(),
    ]),
  },
  { description: 'The groups of one field, for one metric, provider and arm' },
);

/** A bound with what was compared. */
export const gate = Type.Object({
  metric: Type.String(),
  by: Type.Object({ provider: Type.String(), arm: Type.String() }),
  rule: Type.String({ description: 'In words, e.g. "high < 0.25"' }),
  value: nullableNumber('The number that was compared; null fails the gate'),
  passed: Type.Boolean(),
});

/** Health of a judging grader. */
export const judge = Type.Object({
  grader: Type.String(),
  provider: Type.String({ description: 'Provider that was judged' }),
  n: count('Cells to be judged'),
  unscored: names('Reason → cells'),
  coverage: nullableNumber('Scored share of the cells to be judged'),
  confident: Type.Optional(nullableNumber('Share of scored judgements with confidence ≥ 80')),
  byConfidence: Type.Optional(
    Type.Array(
      Type.Object({
        from: Type.Integer({ description: 'Least confidence, 0–100' }),
        n: count('Scored judgements with at least this confidence'),
        coverage: Type.Number({ description: 'Their share of the cells to be judged' }),
        mean: nullableNumber('Mean of their scores; null without any, and for labels'),
      }),
      { description: 'What is left, and how it scores, if less confident judgements are set aside' },
    ),
  ),
  orderConsistency: Type.Optional(nullableNumber('Pairwise judges: share of pairs judged alike in both orders')),
  quotes: Type.Optional(
    Type.Object(
      {
        judgements: count('Scored judgements that quote anything'),
        given: count('Quotes that they give'),
        found: count('Of these, quotes that stand in the judged text'),
        share: nullableNumber('found / given; null without any'),
      },
      { description: 'Judges that are asked for the words that decide' },
    ),
  ),
  rule: Type.Optional(
    Type.Object(
      {
        grader: Type.String({ description: 'Id of the rule' }),
        n: count('Answered cells that both have scored'),
        agree: nullableNumber('Share of them of which both say the same'),
        kappa: nullableNumber('Cohen’s κ; null where both say the same one thing of all'),
        low: nullableNumber('Lower end of the interval of κ'),
        high: nullableNumber('Upper end of the interval of κ'),
        method: Type.String({ description: 'How the interval was had' }),
        ruleOnly: count('Cells of which only the rule says yes'),
        judgeOnly: count('Cells of which only the judge says yes'),
      },
      { description: 'Agreement with a rule that looks for the same' },
    ),
  ),
});

/** The number that a headline is to be read beside. */
export const control = Type.Object({
  for: Type.Object({ metric: Type.String(), arm: Type.String(), provider: Type.String() }),
  is: Type.Object({ metric: Type.String(), arm: Type.String() }),
  headline: nullableNumber('Value of the headline'),
  value: nullableNumber('Value of the control'),
  low: nullableNumber('Lower end of the control’s interval'),
  high: nullableNumber('Upper end of the control’s interval'),
});
