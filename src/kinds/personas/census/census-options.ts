import Type, { type Static } from 'typebox';
import type { JsonObject } from '../../../contract/json.js';
import { EvalrunError } from '../../../contract/problem.js';

export const censusOptions = Type.Object(
  {
    n: Type.Integer({ minimum: 1, description: 'How many people are drawn.' }),
    seed: Type.Integer({ minimum: 0, description: 'The same seed and tables give the same people.' }),
    tables: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Census tables made by scripts/census/build-tables.mjs. Default: those that ship with evalrun.',
      }),
    ),
    states: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        minItems: 1,
        uniqueItems: true,
        description: 'Only people of these states: FIPS codes such as "06" for California. Default: all.',
      }),
    ),
    adultsOnly: Type.Optional(Type.Boolean({ description: 'Only people of 18 and more. Default false.' })),
    psychographics: Type.Optional(
      Type.Union([Type.Literal('sampled'), Type.Literal('none')], {
        description: 'Default sampled: from published rates, by seed. `none` leaves the eight attributes out.',
      }),
    ),
  },
  { additionalProperties: false },
);

export interface CensusOptions {
  n: number;
  seed: number;
  tables: string | null;
  /** STATE codes without padding. */
  states: string[] | null;
  adultsOnly: boolean;
  psychographics: 'sampled' | 'none';
}

/**
 * Options with their defaults.
 * @throws EvalrunError WRONG_VALUE, for those who call the kind from code
 */
export function readCensusOptions(raw: JsonObject): CensusOptions {
  const given = raw as unknown as Static<typeof censusOptions>;
  const { n, seed } = given;
  const wrong = (name: string, value: unknown, hint: string): never => {
    throw new EvalrunError('WRONG_VALUE', `${name} is ${String(value)}`, { hint });
  };
  if (!Number.isInteger(n) || n < 1) wrong('n', n, 'a whole number from 1 on');
  if (!Number.isInteger(seed) || seed < 0) wrong('seed', seed, 'a whole number from 0 on');
  return {
    n,
    seed,
    tables: given.tables ?? null,
    states: given.states?.map((code) => code.replace(/^0+(?=\d)/, '')) ?? null,
    adultsOnly: given.adultsOnly ?? false,
    psychographics: given.psychographics ?? 'sampled',
  };
}
