import Type, { type Static } from 'typebox';
import { id, path, text } from './words.js';

/** How a model is tuned on preference pairs. The kind's own keys stand beside these. */
export const tuneDocument = Type.Object(
  {
    tune: id('Id of the tuning.'),
    title: Type.Optional(text('A line for people.')),
    kind: Type.String({ description: 'Which trainer.' }),
    pairs: path('Folder (train.jsonl, validation.jsonl) or file that "evalrun export" wrote in the trainer’s format.'),
    base: path('Provider whose model is tuned, by id or file.'),
    model: Type.Optional(Type.String({ minLength: 1, description: 'Model that is tuned. Default: the provider’s.' })),
    provider: Type.String({
      pattern: '[^/\\\\]\\.yaml$',
      description: 'File in which the provider of the tuned model is written; its name is the id.',
    }),
  },
  { title: 'evalrun tune' },
);

export type TuneDocument = Static<typeof tuneDocument>;
