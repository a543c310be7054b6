import Type, { type Static } from 'typebox';
import { anyTable, closed, count, exactlyOne, id, name, path, provenance, words } from './words.js';

const item = Type.Object(
  { id: id('Unique within the suite.') },
  { description: 'One thing that is asked; further keys are free, templates read them as item.<key>.' },
);

export const itemList = Type.Array(item, { minItems: 1, description: 'What is asked, one entry each.' });

const items = Type.Union([itemList, anyTable('Table of items, one a row')], {
  description: 'What is asked, one entry each; or the table that holds them. Either this or table.',
});

const wanted = Type.Array(Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
  minItems: 1,
  description: 'A row is taken if its cell is one of these.',
});

/** How the rows of a table become items. */
export const tableReading = {
  columns: Type.Optional(
    Type.Record(Type.String(), Type.String({ minLength: 1, description: 'A column of the table.' }), {
      minProperties: 1,
      description:
        'Key of the item → column of the table, e.g. {id: conversation_id, text: opening_prompt}. Their cells must not be empty.',
    }),
  ),
  keep: Type.Optional(
    words(
      ['all', 'mapped'],
      'Columns that are not under columns: all are kept under their own names (default), or only those mapped.',
    ),
  ),
  skipEmpty: Type.Optional(
    Type.Boolean({ description: 'Leaves rows out where a mapped cell is empty, which otherwise is an error.' }),
  ),
  where: Type.Optional(
    Type.Record(Type.String(), wanted, {
      minProperties: 1,
      description:
        'Column of the table → values; only rows that have one of them in each such column are taken. With run: grader → scores or verdicts of the cell.',
    }),
  ),
  limit: Type.Optional(count('Takes the first so many rows, of those that are left.')),
};

/** How the cells of a finished run become items. */
export const runReading = {
  run: Type.Optional(
    path(
      'Finished run whose answered cells become items: the id of an eval (its newest run), or a run folder relative to this file.',
    ),
  ),
  each: Type.Optional(
    path('With run: path of a list in a cell; each of its entries becomes an item, each.<key> reads it.'),
  ),
  item: Type.Optional(
    Type.Record(
      Type.String(),
      path('Path in a cell: each, item.…, steps.<id>.<field>, arm.id, persona.…, scores.<grader>.'),
      {
        minProperties: 1,
        description:
          'With run: key of the item → path in a cell of that run. A cell without a value there gives no item.',
      },
    ),
  ),
  unique: Type.Optional(
    Type.Array(name('Key of the item.'), {
      minItems: 1,
      description: 'With run: of items that are alike in all these keys, but for case and spaces, the first is taken.',
    }),
  ),
};

/** A prompt suite in a file of its own. */
export const promptsDocument = Type.Object(
  {
    prompts: id('Id of the suite.'),
    ...provenance,
    items: Type.Optional(items),
    table: Type.Optional(anyTable('Table whose rows are the items')),
    ...tableReading,
    ...runReading,
  },
  { ...closed, ...exactlyOne(['items', 'table', 'run']), title: 'evalrun prompt suite' },
);

/** The same where it is referenced: the id may be left out. */
export const inlinePrompts = Type.Object(
  { ...promptsDocument.properties, prompts: Type.Optional(promptsDocument.properties.prompts) },
  { ...closed, ...exactlyOne(['items', 'table', 'run']), description: 'A prompt suite in place.' },
);

export type InlinePromptsDocument = Static<typeof inlinePrompts>;
