import Type, { type Static } from 'typebox';
import { configDocument } from './config-document.js';
import { closed, id, name, text, words } from './words.js';

const { providers, roles, repeats, seed, limits, tolerate, reports } = configDocument.properties;

/** What is written once a stage is complete. */
const chainExport = Type.Object(
  {
    stage: name('Name of a stage whose eval has "pairs".'),
    format: words(['pairs', 'trl', 'openai', 'persona'], 'Format of preference pairs, as of evalrun export.'),
    fileType: Type.Optional(words(['jsonl', 'parquet', 'csv'], 'Default jsonl.')),
    keep: Type.Optional(words(['preferred', 'all', 'disagreeing'], 'Which pairs are written.')),
    licence: Type.Optional(text('Licence that the card names.')),
  },
  { ...closed, description: 'Preference pairs of a stage, written into its run folder.' },
);

/**
 * Configs that are run one after the other, each eval taking its items from runs of earlier ones. Providers, roles and
 * the other keys at the top hold for every stage that does not give them itself.
 */
export const chainDocument = Type.Object(
  {
    chain: id('Id of the chain.'),
    title: Type.Optional(text('A line for people.')),
    providers: Type.Optional(providers),
    roles,
    repeats,
    seed,
    limits,
    tolerate,
    reports,
    stages: Type.Record(
      Type.String(),
      Type.Object({}, { description: 'A config; its keys go before those at the top.' }),
      {
        minProperties: 1,
        propertyNames: name('Name of a stage.'),
        description: 'Name → config, in the order in which they are run.',
      },
    ),
    exports: Type.Optional(Type.Array(chainExport, { description: 'What is written when all stages are complete.' })),
  },
  { ...closed, title: 'evalrun chain' },
);

export type ChainDocument = Static<typeof chainDocument>;
export type ChainExport = Static<typeof chainExport>;
