import Type, { type Static } from 'typebox';
import { closed, count, exactlyOne, name } from './words.js';

const fieldValue = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);

const sample = Type.Object(
  {
    items: Type.Optional(count('Most items.')),
    personas: Type.Optional(count('Most personas.')),
    perPersona: Type.Optional(count('Items for each persona, each item equally often (balanced design).')),
    zip: Type.Optional(
      count(
        'So many pairs: the first item with the first persona, the second with the second, and so on, as PERSONA samples.',
      ),
    ),
    cells: Type.Optional(count('Most cells; whole groups of arms × providers × repeats are kept.')),
    where: Type.Optional(
      Type.Record(Type.String(), Type.Array(fieldValue, { minItems: 1 }), {
        description: 'Field path → allowed values, e.g. item.domain: [housing].',
      }),
    ),
  },
  { ...closed, description: 'Which part of the matrix is run. Default: all of it.' },
);

const limits = Type.Object(
  {
    concurrency: Type.Optional(count('Caps the concurrency of every provider.')),
    budgetUsd: Type.Optional(Type.Number({ minimum: 0, description: 'Most USD that are spent.' })),
    maxCalls: Type.Optional(Type.Integer({ minimum: 0, description: 'Most calls that are sent.' })),
    cellDeadlineMs: Type.Optional(count('Longest time of a cell. Default 900000.')),
  },
  { ...closed, description: 'Bounds of this run.' },
);

const bound = Type.Object(
  {
    below: Type.Optional(Type.Number({ description: 'Passed if the number is less than this.' })),
    above: Type.Optional(Type.Number({ description: 'Passed if the number is more than this.' })),
  },
  { ...closed, ...exactlyOne(['below', 'above']), description: 'Exactly one of below, above.' },
);

const gate = Type.Object(
  {
    metric: name('Id of a metric.'),
    arm: Type.Optional(name('Arm; without it every arm must pass.')),
    provider: Type.Optional(Type.String({ description: 'Id of a provider; without it every one must pass.' })),
    value: Type.Optional(bound),
    low: Type.Optional(bound),
    high: Type.Optional(bound),
  },
  {
    ...closed,
    ...exactlyOne(['value', 'low', 'high']),
    description: 'A bound on the value or on one end of its interval: exactly one of value, low, high.',
  },
);

/** A reporter with options. The kind's own keys stand beside `kind`. */
export const reporterEntry = Type.Object({ kind: Type.String({ description: 'Which report.' }) });

/** How an eval runs today. Places whose schema depends on the registered kinds, or that may be a file, are filled in later. */
export const configDocument = Type.Object(
  {
    run: Type.Unknown({ description: 'The eval: a file, or an eval in place.' }),
    providers: Type.Array(Type.Unknown(), {
      minItems: 1,
      description: 'Who is tested: ids, files or providers in place.',
    }),
    roles: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        propertyNames: name('A role.'),
        description: 'Role → who fills it: an id, a file or a provider in place.',
      }),
    ),
    sample: Type.Optional(sample),
    repeats: Type.Optional(count('How often each cell is asked. Default 1.')),
    seed: Type.Optional(Type.Integer({ minimum: 0, description: 'Seed of every random choice. Default 0.' })),
    limits: Type.Optional(limits),
    tolerate: Type.Optional(
      Type.Object(
        {
          failed: Type.Number({
            minimum: 0,
            maximum: 1,
            description: 'Share of cells that may fail without making the run incomplete. Default 0.',
          }),
        },
        { ...closed, description: 'What is put up with.' },
      ),
    ),
    gates: Type.Optional(Type.Array(gate, { description: 'Bounds that must hold; a missed one gives exit code 4.' })),
    reports: Type.Optional(
      Type.Array(Type.Unknown(), {
        description: 'Kinds of report, alone or with options. Default [terminal, json, html].',
      }),
    ),
  },
  { ...closed, title: 'evalrun config' },
);

export type ConfigDocument = Static<typeof configDocument>;
export type GateDocument = Static<typeof gate>;
export const DEFAULT_REPORTS = ['terminal', 'json', 'html'];
