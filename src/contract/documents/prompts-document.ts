import Type, { type Static } from 'typebox';
import { closed, id, provenance, table } from './words.js';

const item = Type.Object(
  { id: id('Unique within the suite.') },
  { description: 'One thing that is asked; further keys are free, templates read them as item.<key>.' },
);

export const itemList = Type.Array(item, { minItems: 1, description: 'What is asked, one entry each.' });

const items = Type.Union([itemList, table('Table of items, one a line')], {
  description: 'What is asked, one entry each; or the table that holds them.',
});

/** A prompt suite in a file of its own. */
export const promptsDocument = Type.Object(
  { prompts: id('Id of the suite.'), ...provenance, items },
  { ...closed, title: 'evalrun prompt suite' },
);

/** The same where it is referenced: the id may be left out. */
export const inlinePrompts = Type.Object(
  { ...promptsDocument.properties, prompts: Type.Optional(promptsDocument.properties.prompts) },
  { ...closed, description: 'A prompt suite in place.' },
);

export type PromptsDocument = Static<typeof inlinePrompts>;
