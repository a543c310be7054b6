import { EvalrunError } from '../contract/problem.js';
import { type Entity, findMentions } from './mentions.js';

const isOptionalText = (value: unknown): boolean => value === undefined || typeof value === 'string';

/** Whether a value is `{name, aliases, language, ambiguity}`, of which only the name is needed; further keys do not matter. */
export function isEntity(value: unknown): value is Entity {
  if (typeof value !== 'object' || value === null) return false;
  const { name, aliases, language, ambiguity } = value as { [key in keyof Entity]?: unknown };
  return (
    typeof name === 'string' &&
    isOptionalText(language) &&
    isOptionalText(ambiguity) &&
    (aliases === undefined || (Array.isArray(aliases) && aliases.every((one) => typeof one === 'string')))
  );
}

/** The entities that a value stands for: one, or a list of them or of names. Null if it is neither, or an empty list. */
export function entitiesOf(value: unknown): Entity[] | null {
  const list = Array.isArray(value) ? value : [value];
  const entities = list.map((one) => (typeof one === 'string' && Array.isArray(value) ? { name: one } : one));
  return entities.length > 0 && entities.every(isEntity) ? entities : null;
}

/** Why mentions of an entity cannot be looked for: a name without a letter or digit; null if they can. */
export function nameFault(entity: Entity): EvalrunError | null {
  try {
    findMentions('', entity);
    return null;
  } catch (error) {
    if (!(error instanceof EvalrunError)) throw error;
    return error;
  }
}

/** Its name and aliases. */
export const namesOf = ({ name, aliases = [] }: Entity): string[] => [name, ...aliases];

/** What an entity looks like. */
export const entityHint =
  'An entity is {name: text, aliases: [text, …], language: text, ambiguity: text}, of which only the name is needed, or a list of entities or names.';
