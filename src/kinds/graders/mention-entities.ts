import Type from 'typebox';
import { EvalrunError } from '../../contract/problem.js';
import { entitiesOf as entitiesIn, entityHint } from '../../lib/entities.js';
import type { Entity } from '../../lib/mentions.js';

/** An entity as it is written in YAML. */
export const entitySchema = Type.Object(
  {
    name: Type.String({ minLength: 1, description: 'The name' }),
    aliases: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { description: 'What else it is called' })),
    language: Type.Optional(
      Type.String({ minLength: 2, description: 'Whose inflections count, instead of the "language" of the grader' }),
    ),
    ambiguity: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'What the name means as an ordinary word, e.g. the fruit; where only that may be meant, there is no score',
      }),
    ),
    note: Type.Optional(Type.String({ description: 'For people' })),
  },
  { additionalProperties: false },
);

/**
 * The entities that a value stands for: one, a list of them or of names, or what a list holds under `each`.
 * @param at what the value is, for the error
 * @throws EvalrunError BAD_ENTITY
 */
export const entitiesOf = (value: unknown, { at, each }: { at: string; each?: string | undefined }): Entity[] => {
  const picked = each !== undefined && Array.isArray(value) ? value.flatMap((one) => namesUnder(one, each)) : value;
  if (Array.isArray(picked) && picked.length === 0) return [];
  const entities = entitiesIn(picked);
  if (entities === null) throw new EvalrunError('BAD_ENTITY', `${at} is no entity`, { hint: entityHint });
  return entities;
};

const namesUnder = (value: unknown, key: string): unknown[] => {
  const found = typeof value === 'object' && value !== null ? (value as { [key: string]: unknown })[key] : undefined;
  return found === undefined || found === null ? [] : [found].flat();
};
