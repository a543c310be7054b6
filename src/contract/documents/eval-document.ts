import Type, { type Static } from 'typebox';
import { rounds } from './step-document.js';
import { closed, count, exactlyOne, id, name, path, template, text, words } from './words.js';

const fieldPath = path('Path of a field, e.g. item.domain or persona.age.');

export const arms = Type.Record(
  Type.String(),
  Type.Record(Type.String(), Type.Unknown(), { description: 'Free keys, read as arm.<key>; texts are templates.' }),
  { minProperties: 1, propertyNames: name('Id of an arm.'), description: 'Named prompting conditions: id → keys.' },
);

const groupBy = Type.Union([
  fieldPath,
  Type.Object(
    {
      field: fieldPath,
      bands: Type.Optional(
        Type.Array(Type.Number(), {
          minItems: 1,
          description: 'Ascending lower ends: [18, 35] makes <18, 18–34, 35+.',
        }),
      ),
    },
    closed,
  ),
]);

const plainValue = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);
const condition = Type.Object(
  {
    field: fieldPath,
    values: Type.Optional(Type.Array(plainValue, { minItems: 1, description: 'Values that belong to it.' })),
    from: Type.Optional(Type.Number({ description: 'Lowest number that belongs to it.' })),
    to: Type.Optional(Type.Number({ description: 'Highest number that belongs to it.' })),
  },
  { ...closed, description: 'A field, and its values or its range that count.' },
);
const intersection = Type.Object(
  {
    name: text('Unique among the intersections of the metric.'),
    where: Type.Array(condition, { minItems: 1, description: 'All of them must hold.' }),
  },
  { ...closed, description: 'Those pairs for which every condition holds.' },
);

/** A metric of an eval. The kind's own keys stand beside these. */
export const metricEntry = Type.Object({
  id: name('Unique among the metrics.'),
  kind: Type.String({ description: 'How scores become a number.' }),
  title: Type.Optional(text('A line for people.')),
  of: name('Id of the grader whose scores are summarised.'),
  rounds,
  better: words(['higher', 'lower', 'none'], 'Which way is good; none for descriptive metrics.'),
  clusters: Type.Optional(
    Type.Array(fieldPath, { maxItems: 2, description: 'Fields within which scores depend on each other.' }),
  ),
  by: Type.Optional(Type.Array(groupBy, { description: 'Fields by whose values the metric is also given.' })),
  intersections: Type.Optional(
    Type.Array(intersection, { minItems: 1, description: 'Groups by several fields at once, by name.' }),
  ),
});

const contrast = Type.Object(
  {
    name: text('Unique among the contrasts.'),
    metric: name('Id of a metric.'),
    of: name('Arm.'),
    against: name('Arm that is subtracted.'),
    againstMetric: Type.Optional(name('Metric on the side of against, where it is another one.')),
  },
  { ...closed, description: 'A paired difference: mean over matched cells of (of − against).' },
);

const metricOfArm = (description: string) =>
  Type.Object({ metric: name('Id of a metric.'), arm: name('Arm.') }, { ...closed, description });
const control = Type.Object(
  { for: metricOfArm('The headline: a metric of an arm.'), is: metricOfArm('Its control: a metric of an arm.') },
  { ...closed, description: 'A headline’s control.' },
);

/** A filter of preference pairs. The kind's own keys stand beside this one. */
export const filterEntry = Type.Object({ kind: Type.String({ description: 'What is looked at.' }) });

const shareOfValues = (description: string) =>
  Type.Optional(Type.Number({ minimum: 0, exclusiveMaximum: 1, description }));
const split = Type.Object(
  {
    by: path('Path of a value, e.g. item.pair.'),
    validation: shareOfValues('Share of the values whose pairs are for validation. Default 0.1.'),
    test: shareOfValues('Share of the values whose pairs are for testing. Default 0.1.'),
  },
  { ...closed, description: 'All pairs with the same value go to one split. Default: by persona and question.' },
);

const pairs = Type.Object(
  {
    instruction: Type.Optional(template('What was asked, as a training prompt shows it.')),
    prompt: Type.Optional(
      path('Instead of instruction: path of a list of turns that ends with the user, e.g. item.dialogue.'),
    ),
    rejected: path('The text that is to lose: a step, step.field, or a path such as item.reply.'),
    chosen: path('The text that is to win: a step, step.field, or a path such as item.reply.'),
    persona: Type.Optional(template('The person whose preference it is, as text.')),
    system: Type.Optional(template('System message before the instruction or prompt in the formats for training.')),
    preferred: Type.Optional(
      name('Grader whose 1 says that this person prefers the chosen text, in both orders if it compares.'),
    ),
    controls: Type.Optional(
      Type.Record(Type.String(), name('Id of a grader.'), {
        propertyNames: name('Name of a control, e.g. shuffled.'),
        description: 'Name → grader that judges the same pair for somebody else, e.g. shuffled or none.',
      }),
    ),
    split: Type.Optional(split),
    filters: Type.Optional(
      Type.Array(filterEntry, { description: 'What a pair must pass to be exported, in this order.' }),
    ),
  },
  {
    ...closed,
    ...exactlyOne(['instruction', 'prompt']),
    description: 'How `evalrun export --format pairs|trl|openai|persona` makes preference pairs of the cells.',
  },
);

const pairing = 'How items and personas are paired: every item with every persona (crossed, the default), the first';
const balanced = Type.Object(
  { promptsPerPersona: count('Items for each persona; each item equally often.') },
  { ...closed, description: 'Each persona gets some of the items, each item is used equally often.' },
);
const design = Type.Union([words(['crossed', 'zip'], 'One of these words.'), Type.Object({ balanced }, closed)], {
  description: `${pairing} with the first (zip), or balanced. Ignored without personas.`,
});

/** What is measured. Places whose schema depends on the registered kinds, or that may be a file, are filled in later. */
export const evalDocument = Type.Object(
  {
    eval: id('Id of the eval; also its folder among the reports.'),
    title: text('The question that it answers.'),
    description: Type.Optional(text('What happens in it, in a few sentences.')),
    version: Type.Optional(count('Raised whenever a score could move. Default 1.')),
    source: Type.Optional(Type.Unknown({ description: 'Papers, and what was taken, left out or added. Free.' })),
    items: Type.Unknown({ description: 'Prompt suite: a file, a suite in place, or a list of items.' }),
    personas: Type.Optional(Type.Unknown({ description: 'Persona set: a file, a set in place, or a list of people.' })),
    design: Type.Optional(design),
    arms,
    steps: Type.Array(Type.Unknown(), {
      minItems: 1,
      description: 'The calls of a cell, in order, and loops of them.',
    }),
    graders: Type.Array(Type.Unknown(), { description: 'What scores the replies.' }),
    metrics: Type.Array(metricEntry, { description: 'What numbers come of the scores.' }),
    contrasts: Type.Optional(Type.Array(contrast, { description: 'Paired differences between arms.' })),
    controls: Type.Optional(Type.Array(control, { description: 'Which number is the control of which headline.' })),
    relations: Type.Optional(
      Type.Array(Type.Unknown(), { description: 'Numbers that relate two arms beyond their difference.' }),
    ),
    pairs: Type.Optional(pairs),
  },
  { ...closed, title: 'evalrun eval' },
);

/**
 * An eval that takes every key which it does not give itself from another eval, whole: its own `arms` replace those of
 * the other, they are not added to them. Id and version are always its own.
 */
export const extendingEval = Type.Object(
  {
    eval: evalDocument.properties.eval,
    extends: path('Eval file, relative to this one, whose keys hold where this document has none.'),
    ...Type.Partial(Type.Omit(evalDocument, ['eval'])).properties,
  },
  { ...closed, title: 'evalrun eval that extends another' },
);

export type EvalDocument = Static<typeof evalDocument>;
export type MetricEntry = Static<typeof metricEntry>;
