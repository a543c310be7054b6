import type { KeyedRandom } from '../../../lib/rng.js';
import type { Field } from './read-format.js';
import type { World } from './world.js';

/** A value for a field of the requested object. */
export type FieldValue = string | number | number[];

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
  const [malformed, kind, fenced] = [random.uniform(), random.uniform(), random.uniform()];
  const object: { [name: string]: FieldValue } = {};
  for (const field of fields) object[field.name] = valueFor(field);
  const json = JSON.stringify(object);
  if (malformed < world.format.malformed)
    return kind < 0.5 ? json.slice(0, Math.floor(json.length * (0.2 + kind))) : plain;
  return fenced < world.format.fenced ? `\`\`\`json\n${json}\n\`\`\`` : json;
}
