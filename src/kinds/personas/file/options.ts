import Type, { type Static } from 'typebox';

const column = (description: string) => Type.Optional(Type.String({ minLength: 1, description }));

export const fileOptions = Type.Object(
  {
    path: Type.String({
      pattern: '\\.(ya?ml|csv|tsv|jsonl|parquet)$',
      description: 'The file, relative to this one: .yaml, .csv, .tsv, .jsonl or .parquet.',
    }),
    columns: Type.Optional(
      Type.Object(
        {
          id: column(
            'Column of the ids. Default: "id" where there is one and personas are not texts; else they are numbered.',
          ),
          persona: column(
            'Column whose cells hold a whole persona as "name: value" lines. Default: "persona", if there is one.',
          ),
          weight: column('Column of the weights. Default: "weight" where there is one and personas are not texts.'),
          attributes: Type.Optional(
            Type.Record(Type.String(), Type.String({ minLength: 1 }), {
              minProperties: 1,
              description: 'Attribute → column. Default: every other column is an attribute of its own name.',
            }),
          ),
        },
        { additionalProperties: false, description: 'What the columns of a table are. Not for YAML.' },
      ),
    ),
    allowed: Type.Optional(
      Type.Record(Type.String(), Type.Array(Type.Union([Type.String(), Type.Number()]), { minItems: 1 }), {
        description: 'Attribute → its allowed values. Anything else in the file is a problem.',
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, description: 'Only the first so many personas. Default: all.' })),
  },
  { additionalProperties: false },
);

/** Options of the kind `file`. */
export type FileOptions = Static<typeof fileOptions>;
/** What the columns of a table are. */
export type FileColumns = NonNullable<FileOptions['columns']>;
