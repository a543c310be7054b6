import Type, { type Static } from 'typebox';
import { closed, count, id, text } from './words.js';

const sampling = Type.Object(
  {
    temperature: Type.Optional(Type.Number({ minimum: 0, description: 'Sampling temperature.' })),
    topP: Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: 'Nucleus sampling, 0–1.' })),
    maxTokens: Type.Optional(count('Most tokens of a reply.')),
    stop: Type.Optional(Type.Array(Type.String(), { description: 'Texts that end a reply.' })),
    seed: Type.Optional(Type.Integer({ description: 'Seed, where the endpoint takes one.' })),
  },
  { ...closed, description: 'Parameters that reach the model; absent ones are left to the endpoint.' },
);

const limits = Type.Object(
  {
    concurrency: Type.Optional(count('Most requests in flight. Default 32.')),
    requestsPerMinute: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'Limit of the account.' })),
    tokensPerMinute: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'Limit of the account.' })),
    timeoutMs: Type.Optional(count('Longest time of one attempt. Default 120000.')),
    retries: Type.Optional(Type.Integer({ minimum: 0, description: 'Attempts after the first. Default 7.' })),
  },
  { ...closed, description: 'Limits of the account at this endpoint.' },
);

const prices = Type.Object(
  {
    inputPerMillion: Type.Number({ minimum: 0, description: 'USD per million input tokens.' }),
    outputPerMillion: Type.Number({ minimum: 0, description: 'USD per million output tokens.' }),
    asOf: Type.Optional(
      Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Date of the prices, YYYY-MM-DD.' }),
    ),
  },
  { ...closed, description: 'Prices where the table of prices has none, or wrong ones.' },
);

/** Who answers. The kind's own keys stand beside these. */
export const providerDocument = Type.Object(
  {
    provider: id('Id; a bare id elsewhere means the file providers/<id>.yaml.'),
    title: Type.Optional(text('A line for people.')),
    kind: Type.String({ description: 'How the model is reached.' }),
    sampling: Type.Optional(sampling),
    limits: Type.Optional(limits),
    prices: Type.Optional(prices),
  },
  { title: 'evalrun provider' },
);

export type ProviderDocument = Static<typeof providerDocument>;
