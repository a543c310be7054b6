import Type, { type Static } from 'typebox';
import type { LoopRound } from '../eval-spec.js';
import { messageList } from './message-line.js';
import { closed, name, path, words } from './words.js';

const typeWord = words(['string', 'number', 'integer', 'boolean', 'array', 'object'], 'Type of the field.');

export const parse = Type.Union(
  [
    words(['text'], 'The reply as it is.'),
    Type.Object(
      {
        json: Type.Record(
          Type.String(),
          Type.Union([typeWord, Type.Object({}, { description: 'JSON Schema of the field.' })]),
          {
            minProperties: 1,
            description: 'One JSON object with these fields; fences and prose around it are cut off.',
          },
        ),
      },
      closed,
    ),
    Type.Object(
      {
        choice: Type.Array(Type.Union([Type.String(), Type.Number()]), {
          minItems: 2,
          uniqueItems: true,
          description: 'One of these options.',
        }),
      },
      closed,
    ),
  ],
  { description: 'How the reply is read. Default: text.' },
);

const said = path('Field of the parsed reply that is said.');
const says = Type.Union(
  [
    words(['user', 'assistant'], 'Who says the whole reply.'),
    Type.Object(
      { user: Type.Optional(said), assistant: Type.Optional(said) },
      { ...closed, minProperties: 1, maxProperties: 1 },
    ),
  ],
  { description: 'Who says the reply in the conversation of the loop, loops.<name>. {user: field} says a field.' },
);

const stepKeys = {
  id: name('Unique among the steps; later steps and graders name it.'),
  role: Type.Optional(name('Who answers: subject (the provider under test, the default) or a role of the config.')),
  messages: messageList,
  parse: Type.Optional(parse),
  when: Type.Optional(path('Path; the step is asked only if its value is not missing, null, false or empty.')),
  unless: Type.Optional(path('Path; the step is left out if its value is not missing, null, false or empty.')),
};

/** One call to a model. */
export const step = Type.Object(stepKeys, { ...closed, description: 'One call to a model.' });
/** The same inside a loop. */
export const loopedStep = Type.Object(
  { ...stepKeys, says: Type.Optional(says) },
  { ...closed, description: 'One call to a model in each round.' },
);

/** Most rounds of a loop. */
export const mostRounds = 50;

/** Steps that are asked again and again. */
export const loop = Type.Object(
  {
    loop: name('Unique among the loops; loops.<name> is the conversation that its steps say.'),
    times: Type.Integer({ minimum: 1, maximum: mostRounds, description: 'Most rounds.' }),
    while: Type.Optional(path('Path; after a round, another follows only if its value is present.')),
    until: Type.Optional(path('Path; after a round, another follows only if its value is not present.')),
    steps: Type.Array(loopedStep, { minItems: 1, description: 'The calls of a round, in order.' }),
  },
  {
    ...closed,
    description: 'Steps in rounds. steps.<id> is the latest output, steps.<id>_2 that of the second round.',
  },
);

/** Key of graders and metrics of looped steps. */
export const rounds = Type.Optional(
  words(['each'], 'each: one for every round of the loop, <id>_1, <id>_2 and so on.'),
);

/** A step after loops were unrolled. */
export type StepDocument = Static<typeof step> & { round?: LoopRound };
