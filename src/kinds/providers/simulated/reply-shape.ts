import type { KeyedRandom } from '../../../lib/rng.js';
import type { Field } from './read-format.js';
import type { World } from './world.js';

/** A value for a field of the requested object. */
export type FieldValue = string | number | number[] | string[];

/**
 * Writes the requested JSON object: fields in the requested order, sometimes fenced, sometimes so malformed that it
 * cannot be mended (cut off, or no JSON at all).
 * @param plain what is left when the model forgets about JSON; never holds a brace
 */
export function shapeReply(
  world: World,
  fields: readonly Field[],
  valueFor: (field: Field) => FieldValue,
  plain: string,
  random: KeyedRandom,
): string {
  const object: { [name: string]: FieldValue } = {};
  const shape = [random.uniform(), random.uniform(), random.uniform()] as const;
  for (const field of fields) object[field.name] = valueFor(field);
  return shaped(world, object, plain, shape);
}

/** The same for an object that is already made. */
export function shapeObject(world: World, object: object, plain: string, random: KeyedRandom): string {
  return shaped(world, object, plain, [random.uniform(), random.uniform(), random.uniform()]);
}

function shaped(
  world: World,
  object: object,
  plain: string,
  [malformed, kind, fenced]: readonly [number, number, number],
): string {
  const json = JSON.stringify(object);
  if (malformed < world.format.malformed)
    return kind < 0.5 ? json.slice(0, Math.floor(json.length * (0.2 + kind))) : plain;
  return fenced < world.format.fenced ? `\`\`\`json\n${json}\n\`\`\`` : json;
}
