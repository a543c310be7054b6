import Type, { type Static } from 'typebox';
import type { JsonObject } from '../../../contract/json.js';
import { EvalrunError } from '../../../contract/problem.js';
import { pumsYears } from '../census/pums-record.js';

const paths = (description: string) =>
  Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })], {
    description,
  });

export const pumsOptions = Type.Object(
  {
    person: paths('Person files of the ACS PUMS: a CSV or Parquet file, a list of them, or a folder.'),
    housing: Type.Optional(paths('Housing files of the same year. Without them, household attributes are absent.')),
    dictionary: Type.Optional(
      Type.String({
        minLength: 1,
        description: "The year's data dictionary, the CSV that the Census Bureau publishes.",
      }),
    ),
    year: Type.Integer({
      minimum: pumsYears.first,
      maximum: pumsYears.last,
      description: 'Year of the files; of 5-year files the last one.',
    }),
    n: Type.Integer({ minimum: 1, description: 'How many people are drawn.' }),
    seed: Type.Integer({ minimum: 0, description: 'The same seed and files give the same people.' }),
    adultsOnly: Type.Optional(
      Type.Boolean({ description: 'Draw and count only people of 18 and more. Default false.' }),
    ),
    psychographics: Type.Optional(
      Type.Union([Type.Literal('sampled'), Type.Literal('none')], {
        description: 'Default sampled: from published rates, by seed. `none` leaves the eight attributes out.',
      }),
    ),
  },
  { additionalProperties: false },
);

export interface PumsOptions {
  person: string[];
  housing: string[] | null;
  dictionary: string | null;
  year: number;
  n: number;
  seed: number;
  adultsOnly: boolean;
  psychographics: 'sampled' | 'none';
}

const asList = (value: string | string[]): string[] => (typeof value === 'string' ? [value] : value);

/**
 * Options with their defaults.
 * @throws EvalrunError WRONG_VALUE, for those who call the kind from code
 */
export function readPumsOptions(raw: JsonObject): PumsOptions {
  const given = raw as unknown as Static<typeof pumsOptions>;
  const { n, seed, year } = given;
  const wrong = (name: string, value: unknown, hint: string): never => {
    throw new EvalrunError('WRONG_VALUE', `${name} is ${String(value)}`, { hint });
  };
  if (!Number.isInteger(n) || n < 1) wrong('n', n, 'a whole number from 1 on');
  if (!Number.isInteger(seed) || seed < 0) wrong('seed', seed, 'a whole number from 0 on');
  if (!Number.isInteger(year) || year < pumsYears.first || year > pumsYears.last)
    wrong('year', year, `a year from ${pumsYears.first} to ${pumsYears.last}`);
  return {
    person: asList(given.person),
    housing: given.housing === undefined ? null : asList(given.housing),
    dictionary: given.dictionary ?? null,
    year,
    n,
    seed,
    adultsOnly: given.adultsOnly ?? false,
    psychographics: given.psychographics ?? 'sampled',
  };
}
