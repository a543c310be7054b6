import Type, { type Static, type TSchema } from 'typebox';
import { Default } from 'typebox/value';
import type { JsonObject } from '../../../contract/json.js';
import { pipelineOptions } from './pipeline/pipeline-options.js';
import { inside, probability, sd, section, shift } from './world-options.js';

const group = Type.Object(
  {
    attribute: Type.String({ description: 'Name of a persona attribute, as the persona block spells it' }),
    values: Type.Optional(
      Type.Array(Type.String(), { minItems: 1, description: 'Values that belong to the group; case does not matter' }),
    ),
    from: Type.Optional(Type.Number({ description: 'Lowest number that belongs to the group' })),
    below: Type.Optional(Type.Number({ description: 'First number above the group' })),
    shift: Type.Number({ minimum: -20, maximum: 20, description: 'Shift on the logit of adherence' }),
  },
  { additionalProperties: false, description: 'A group of personas that is served better or worse' },
);

const hidden = Type.Object(
  {
    attribute: Type.String({ description: 'Name of a persona attribute, as the persona block spells it' }),
    shift: Type.Number({ minimum: -20, maximum: 20, description: 'Shift on the logit of adherence' }),
  },
  {
    additionalProperties: false,
    description: 'What it does to answers when a persona block does not show an attribute',
  },
);

const leaning = Type.Object(
  {
    attribute: Type.String({ description: 'Name of a persona attribute, as the persona block spells it' }),
    values: Type.Optional(
      Type.Array(Type.String(), { minItems: 1, description: 'Values that belong to the group; case does not matter' }),
    ),
    from: Type.Optional(Type.Number({ description: 'Lowest number that belongs to the group' })),
    below: Type.Optional(Type.Number({ description: 'First number above the group' })),
    shift: Type.Number({
      minimum: -20,
      maximum: 20,
      description: 'Shift on the logit, towards the last option or, for half of the questions, the first',
    }),
  },
  {
    additionalProperties: false,
    description: 'A group of personas that answers multiple-choice questions its own way',
  },
);

const errors = Type.Object(
  {
    falsePositive: probability(0.05, 'Share of negative cases that are judged positive'),
    falseNegative: probability(0.08, 'Share of positive cases that are judged negative'),
  },
  { additionalProperties: false, description: 'Error rates of the judge' },
);

const fields = {
  adherence: section('How often an answer fits the persona', {
    noPersona: inside(
      0.08,
      'Without a persona in sight: probability of an answer that fits anyone, for the middle question',
    ),
    persona: inside(0.57, 'With the persona shown, for the middle persona and question'),
    chainOfThought: inside(0.68, 'With the persona and a reasoning field'),
    summary: inside(0.8, 'With the persona and a summary of what matters'),
    personaSd: sd(0.5, 'Personas differ by'),
    questionSd: sd(0.6, 'Questions differ by'),
    groups: Type.Optional(
      Type.Array(group, { default: [], description: 'Groups served better or worse; shifts add up' }),
    ),
    hidden: Type.Optional(
      Type.Array(hidden, { default: [], description: 'Attributes whose absence from a persona block matters' }),
    ),
  }),
  feedback: section('How an answer is criticised in a persona’s voice, and revised after that critique', {
    critique: inside(0.93, 'Share of critiques that say what this persona cares about, for the middle persona'),
    revision: probability(0.85, 'Share of revisions that take up what such a critique says'),
  }),
  choosing: section('How multiple-choice questions are answered: an ordered logit over the options as listed', {
    questionSd: sd(0.9, 'Questions differ by'),
    lean: shift(0, 'Towards the last option, for all questions'),
    sharpness: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 10,
        default: 1.2,
        description: 'Distance of the cut points: below 1 the ends are chosen more, above 1 the middle',
      }),
    ),
    groups: Type.Optional(
      Type.Array(leaning, { default: [], description: 'Groups that answer their own way; shifts add up' }),
    ),
    heed: probability(0.7, 'Share of answers that go by the persona shown'),
    refusal: probability(0.02, 'Share of answers that decline in words'),
  }),
  mention: section('How often a reply in a conversation names the entity that the user raised last', {
    rate: inside(0.44, 'Without an instruction, for the middle item'),
    entitySd: sd(0.7, 'Entities differ by'),
    contextSd: sd(0.6, 'Conversations about the same entity differ by'),
    neutral: shift(-0.1, 'Effect of an instruction that forbids nothing'),
    avoid: shift(-1.8, 'Effect of an instruction to avoid the entity'),
    reboundShare: probability(0.12, 'Share of conversations in which the instruction to avoid works the other way'),
    rebound: shift(0.8, 'Effect of the instruction there'),
    firstTurn: shift(0.6, 'Where the instruction stands in the first turn of the user instead of a system message'),
    everyTurn: shift(-0.5, 'Where it stands in every turn of the user'),
    again: shift(0.3, 'Each earlier turn in which the user has named the entity'),
  }),
  implicit: section('Share of replies that point to the entity, among those that do not name it', {
    none: probability(0.2, 'Without an instruction'),
    neutral: probability(0.2, 'Under an instruction that forbids nothing'),
    avoid: probability(0.3, 'Under an instruction to avoid the entity'),
  }),
  engagement: section('Share of replies that say something of substance about the other entity', {
    none: probability(0.45, 'Without an instruction'),
    neutral: probability(0.45, 'Under an instruction that forbids nothing'),
    avoid: probability(0.75, 'Under an instruction to avoid the entity'),
  }),
  refusal: section('Share of replies that decline in words; they name and imply nothing', {
    question: probability(0.01, 'Persona questions'),
    none: probability(0.01, 'Conversations without an instruction'),
    neutral: probability(0.01, 'Under an instruction that forbids nothing'),
    avoid: probability(0.05, 'Under an instruction to avoid the entity'),
  }),
  judging: section('How the model judges when it is shown a submission and asked for a verdict', {
    errors: Type.Optional(
      Type.Record(Type.String(), errors, {
        default: { default: {} },
        description:
          'Error rates by the verdict that is looked for (no_revision, implicit, engaged …); `default` for all others',
      }),
    ),
    positionBias: probability(
      0.1,
      'Share of comparisons of two submissions that are won by the one shown first, whatever it says',
    ),
    unknown: probability(0.5, 'Probability of the first verdict when the rubric is of no known sort'),
    realQuotes: probability(0.95, 'Share of quotes, where quotes are asked for, that stand in the submission'),
    represented: probability(0.4, 'Share of numbered viewpoints that a reply is found to represent'),
    confidentRight: Type.Optional(
      Type.Number({ minimum: 0, maximum: 100, default: 88, description: 'Mean confidence when right, 0–100' }),
    ),
    confidentWrong: Type.Optional(
      Type.Number({ minimum: 0, maximum: 100, default: 66, description: 'Mean confidence when wrong, 0–100' }),
    ),
    confidenceSd: Type.Optional(
      Type.Number({ minimum: 0, maximum: 50, default: 10, description: 'Spread of the confidence' }),
    ),
  }),
  pipeline: pipelineOptions,
  format: section('Shape of replies that were asked to be JSON', {
    malformed: probability(0.005, 'Share of replies that no parser can read'),
    fenced: probability(0.1, 'Share of well-formed replies that come in a code fence'),
  }),
  latency: section('How long a reply takes (log-normal)', {
    medianMs: Type.Optional(
      Type.Number({ minimum: 0, maximum: 600_000, default: 0, description: 'Median, ms; 0 answers at once' }),
    ),
    logSd: Type.Optional(Type.Number({ minimum: 0, maximum: 3, default: 0.3, description: 'sd of the logarithm' })),
  }),
};

/** Schema of a simulated provider's own keys; each has a default. */
export const worldSchema = Type.Object(
  {
    model: Type.Optional(
      Type.String({
        minLength: 1,
        default: 'simulated',
        description: 'Name of the model; two names draw independently in the same world',
      }),
    ),
    seed: Type.Optional(
      Type.Integer({
        default: 0,
        description: 'Seed of the world: the same seed gives the same easy and hard personas, questions and entities',
      }),
    ),
    optionLogprobs: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Report the probabilities of the options of a multiple-choice question, as logprobs',
      }),
    ),
    ...fields,
  },
  { additionalProperties: false },
);

type Filled<Schema extends TSchema> = Required<NonNullable<Static<Schema>>>;

/** Error rates of a judge, 0–1. */
export type ErrorRates = Required<Static<typeof errors>>;
/** A group of personas with its shift on the logit. */
export type Group = Static<typeof group>;
/** A group of personas that answers multiple-choice questions its own way. */
export type Leaning = Static<typeof leaning>;
/** What is said beside the conversation: nothing, something harmless, or to avoid an entity. */
export type Condition = 'none' | 'neutral' | 'avoid';

/** The planted truth, with every default filled in. */
export interface World {
  model: string;
  seed: number;
  adherence: Filled<typeof fields.adherence>;
  feedback: Filled<typeof fields.feedback>;
  /** Whether replies to multiple-choice questions come with logprobs. */
  optionLogprobs: boolean;
  choosing: Filled<typeof fields.choosing>;
  mention: Filled<typeof fields.mention>;
  implicit: Filled<typeof fields.implicit>;
  engagement: Filled<typeof fields.engagement>;
  refusal: Filled<typeof fields.refusal>;
  judging: Omit<Filled<typeof fields.judging>, 'errors'> & { errors: { [verdict: string]: ErrorRates } };
  pipeline: Filled<typeof fields.pipeline>;
  format: Filled<typeof fields.format>;
  latency: Filled<typeof fields.latency>;
}

const resolved = new WeakMap<JsonObject, World>();

/** Fills in the defaults. The same options object gives the same world object. */
export function worldOf(options: JsonObject): World {
  const known = resolved.get(options);
  if (known !== undefined) return known;
  const world = Default(worldSchema, structuredClone(options)) as World;
  world.judging.errors.default ??= Default(errors, {}) as ErrorRates;
  for (const [verdict, rates] of Object.entries(world.judging.errors))
    world.judging.errors[verdict] = Default(errors, rates) as ErrorRates;
  resolved.set(options, world);
  return world;
}
