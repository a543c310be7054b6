import Type from 'typebox';

/** Ids: letters, digits, dot, underscore and hyphen; they name folders and appear in paths. */
export const ID_PATTERN = '^[A-Za-z0-9_][A-Za-z0-9._-]*$';
/** Ids that paths and templates name as one segment: no dots. */
export const NAME_PATTERN = '^[A-Za-z0-9_][A-Za-z0-9_-]*$';

/** No other keys than those listed. */
export const closed = { additionalProperties: false } as const;

export const id = (description: string) => Type.String({ pattern: ID_PATTERN, maxLength: 120, description });
export const name = (description: string) => Type.String({ pattern: NAME_PATTERN, maxLength: 120, description });
export const text = (description: string) => Type.String({ description });
export const template = (description: string) => Type.String({ description: `${description} A template.` });
export const path = (description: string) => Type.String({ minLength: 1, description });
export const count = (description: string) => Type.Integer({ minimum: 1, description });
export const words = <T extends string[]>(allowed: [...T], description: string) => Type.Enum(allowed, { description });

/** A file of JSON Lines. */
export const table = (description: string) =>
  Type.String({ pattern: '\\.jsonl$', description: `${description}: a .jsonl file, relative to this one.` });

/** A file of rows that is read with a mapping of its columns. */
export const anyTable = (description: string) =>
  Type.String({
    pattern: '\\.(csv|tsv|jsonl|parquet|CSV|TSV|JSONL|PARQUET)$',
    description: `${description}: a .csv, .tsv, .jsonl or .parquet file, relative to this one.`,
  });

/** Schema part: exactly one of these keys is present. */
export const exactlyOne = (keys: string[]) => ({ oneOf: keys.map((key) => ({ required: [key] })) });

/** Keys that say where content comes from. */
export const provenance = {
  title: Type.Optional(text('A line for people.')),
  licence: Type.Optional(text('SPDX identifier or words.')),
  source: Type.Optional(text('Where the content comes from.')),
};
