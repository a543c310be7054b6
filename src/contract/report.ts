import Type, { type Static } from 'typebox';

const nullableNumber = (description: string) => Type.Union([Type.Number(), Type.Null()], { description });
const count = (description: string) => Type.Integer({ minimum: 0, description });
const names = (description: string) => Type.Record(Type.String(), Type.Integer(), { description });

const providerArm = Type.Object({
  provider: Type.String({ description: 'Id of the provider under test' }),
  arm: Type.String({ description: 'Id of the arm' }),
});

const ends = {
  value: nullableNumber('Point estimate'),
  low: nullableNumber('Lower end of the interval'),
  high: nullableNumber('Upper end of the interval'),
};

const estimate = Type.Object(
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

const contrast = Type.Object(
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

const relation = Type.Object(
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

const groupComparison = Type.Object(
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

const gate = Type.Object({
  metric: Type.String(),
  by: Type.Object({ provider: Type.String(), arm: Type.String() }),
  rule: Type.String({ description: 'In words, e.g. "high < 0.25"' }),
  value: nullableNumber('The number that was compared; null fails the gate'),
  passed: Type.Boolean(),
});

const judge = Type.Object({
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

const control = Type.Object({
  for: Type.Object({ metric: Type.String(), arm: Type.String(), provider: Type.String() }),
  is: Type.Object({ metric: Type.String(), arm: Type.String() }),
  headline: nullableNumber('Value of the headline'),
  value: nullableNumber('Value of the control'),
  low: nullableNumber('Lower end of the control’s interval'),
  high: nullableNumber('Upper end of the control’s interval'),
});

const latency = Type.Object({
  provider: Type.String(),
  n: count('Replies'),
  p50Ms: nullableNumber('Median'),
  p95Ms: nullableNumber('95th percentile'),
});

/** JSON Schema of `report.json`, and the source of its type. */
export const reportSchema = Type.Object(
  {
    schema: Type.Literal('evalrun.report/1'),
    run: Type.Object({
      id: Type.String({ description: 'From the plan’s digest: the same plan has the same id' }),
      eval: Type.String(),
      title: Type.String(),
      configDigest: Type.String({ description: 'SHA-256 of the frozen matrix, hex' }),
      seed: Type.Integer(),
      repeats: Type.Integer(),
      evalrunVersion: Type.String(),
      simulated: Type.Boolean({ description: 'True if any answer or judgement came from a simulated provider' }),
      complete: Type.Boolean({ description: 'Every cell settled, failures within the tolerance' }),
    }),
    counts: Type.Object({
      cells: Type.Object({
        planned: count('Cells of the plan'),
        answered: count('Cells whose every step was answered'),
        refused: count('Cells that an endpoint declined'),
        failed: count('Cells whose call failed after all retries'),
        skipped: count('Cells that were not asked'),
      }),
      calls: Type.Object({
        askedByCells: count('Calls that the settled cells are built on, each cell counting its own'),
        unique: count('The same with shared calls counted once'),
        recorded: count('Of these, replies in the record'),
      }),
      tokens: Type.Object({ input: count('Of the recorded calls'), output: count('Of the recorded calls') }),
      costUsd: nullableNumber('Of the recorded calls; null when a price is unknown'),
      byProvider: Type.Array(
        Type.Object({
          provider: Type.String(),
          calls: count('Unique recorded calls'),
          tokens: Type.Object({ input: count(''), output: count('') }),
          costUsd: nullableNumber('null when the price is unknown'),
        }),
      ),
      failures: names('Failure reason → cells'),
    }),
    estimates: Type.Array(estimate),
    contrasts: Type.Array(contrast),
    relations: Type.Optional(Type.Array(relation, { description: 'Absent where the eval states none' })),
    groups: Type.Array(groupComparison),
    gates: Type.Array(gate),
    judges: Type.Array(judge),
    controls: Type.Array(control),
    provenance: Type.Object({
      sources: Type.Array(
        Type.Object({
          what: Type.String({ description: 'eval, items, personas …' }),
          id: Type.String(),
          title: Type.Optional(Type.String()),
          source: Type.Optional(Type.String()),
          licence: Type.Optional(Type.String()),
        }),
      ),
      files: Type.Record(Type.String(), Type.String(), { description: 'Source file → SHA-256' }),
      git: Type.Object({
        commit: Type.Union([Type.String(), Type.Null()]),
        dirty: Type.Union([Type.Boolean(), Type.Null()]),
      }),
      command: Type.String({ description: 'Reproduces the run' }),
      prices: Type.String({ description: 'Which price table, with its date' }),
    }),
    timing: Type.Object({
      started: Type.Union([Type.String(), Type.Null()]),
      finished: Type.Union([Type.String(), Type.Null()]),
      latencies: Type.Array(latency),
    }),
    host: Type.Object({ node: Type.String(), platform: Type.String(), cpus: Type.Integer() }),
    effort: Type.Object({
      callsMade: count('Attempts sent to endpoints'),
      recorded: count('Replies recorded'),
      reused: count('Replies taken over from an earlier run'),
      retried: count('Attempts that failed and may have been tried again'),
      inFlightAtCrash: count('Attempts whose result was lost when the process was killed, as far as known'),
      interruptions: count('Invocations that ended without finishing'),
      spentTwiceUsd: nullableNumber(
        'At most, for attempts in flight at a crash: their number times the mean cost of a recorded call; null when a price is unknown',
      ),
      failures: names('Failure reason → attempts'),
    }),
  },
  { $id: 'evalrun.report/1', title: 'evalrun report' },
);

/** The content of `report.json`. */
export type Report = Static<typeof reportSchema>;
