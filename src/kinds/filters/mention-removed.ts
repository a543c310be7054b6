import Type, { type Static } from 'typebox';
import type { FilterFault, FilterKind } from '../../contract/filter-kind.js';
import type { JsonObject } from '../../contract/json.js';
import { BoundedCache } from '../../lib/bounded-cache.js';
import { entitiesOf, entityHint, nameFault, namesOf } from '../../lib/entities.js';
import { readMentions } from '../../lib/mention-sense.js';
import { type Entity, findMentions } from '../../lib/mentions.js';

const options = Type.Object(
  {
    entity: Type.String({
      minLength: 1,
      description: 'Path of a {name, aliases} such as item.pink, or of a list of them or of names',
    }),
    other: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'Path of the entity to talk about instead, e.g. item.grey; no name of "entity" may be inside its names',
      }),
    ),
    language: Type.Optional(
      Type.String({
        minLength: 2,
        default: 'en',
        description: 'Whose inflections count: en, de, fr, es; or a path such as item.language. Default en',
      }),
    ),
  },
  { additionalProperties: false },
);

type Options = Static<typeof options>;
const asOptions = (value: JsonObject): Options => value as unknown as Options;

const isPath = (language: string): boolean => language.includes('.');

/** A name without a letter or digit, or no entity at all. */
function entityFault(value: unknown): FilterFault | null {
  const entities = entitiesOf(value);
  if (entities === null) return { code: 'BAD_ENTITY', message: 'this is no entity', hint: entityHint };
  for (const entity of entities) {
    const fault = nameFault(entity);
    if (fault === null) continue;
    return { code: fault.code, message: fault.message, ...(fault.hint === undefined ? {} : { hint: fault.hint }) };
  }
  return null;
}

/** Where a name of an entity stands in its value. */
const placeOf = (value: unknown, entity: number, name: number): (string | number)[] => {
  const inside = name === 0 ? ['name'] : ['aliases', name - 1];
  if (!Array.isArray(value)) return inside;
  return typeof value[entity] === 'string' ? [entity] : [entity, ...inside];
};

/** A name that is found in every text that names the other entity: the two can never be told apart. */
function insideFault(value: unknown, beside: unknown): FilterFault | null {
  const others = entitiesOf(beside);
  if (others === null) return null;
  for (const [index, entity] of entitiesOf(value)!.entries()) {
    for (const [which, name] of namesOf(entity).entries()) {
      const alone: Entity = { name, language: entity.language ?? 'none' };
      const other = others.flatMap(namesOf).find((one) => findMentions(one, alone).length > 0);
      if (other === undefined) continue;
      const message = `"${name}" is inside "${other}", the other entity: the two cannot be told apart`;
      return { code: 'ENTITY_INSIDE', message, hint: 'leave this name out', at: placeOf(value, index, which) };
    }
  }
  return null;
}

/** Tens of thousands of items are about a few thousand entities: each is looked at once. */
function once(faultOf: (value: unknown, beside: unknown) => FilterFault | null): typeof faultOf {
  const known = new BoundedCache<FilterFault | null>(20_000);
  return (value, beside) => known.getOrMake(JSON.stringify([value, beside]), () => faultOf(value, beside));
}

/** What a text says of the entities: named for sure, perhaps, or not at all. */
function readingOf(text: string, entities: readonly Entity[], language: string): 'named' | 'ambiguous' | 'free' {
  let unsure = false;
  for (const entity of entities) {
    const { explicit, ambiguous } = readMentions(text, { language, ...entity });
    if (explicit.length > 0) return 'named';
    unsure ||= ambiguous.length > 0;
  }
  return unsure ? 'ambiguous' : 'free';
}

/**
 * Keeps pairs of which the rejected text names the entity and the chosen one does not, by the rules of the grader
 * `mentions` (docs/detection.md). Of several entities the rejected text must name one, the chosen text none. Where a name
 * may be an ordinary word, the pair is left out with a reason of its own.
 *
 * Source: the filter of Direct Principle Feedback (arXiv 2402.07896).
 * Errors: BAD_ENTITY, ENTITY_INSIDE with the place of the item. Limits: descriptions without the name are not seen; use
 * `score` with a judge for those.
 */
export const mentionRemoved: FilterKind = {
  kind: 'mention_removed',
  title: 'the rejected text names the entity, the chosen one does not',
  options,
  check(raw, check) {
    const { entity, other, language = 'en' } = asOptions(raw);
    if (isPath(language)) check.values(['language'], language);
    const fault = once(entityFault);
    check.values(['entity'], entity, fault);
    if (other === undefined) return;
    check.values(['other'], other, fault);
    const inside = once((value, beside) => (entityFault(value) === null ? insideFault(value, beside) : null));
    check.values(['entity'], entity, inside, other);
  },
  entities: (raw) => [asOptions(raw).entity],
  describe: (raw) => {
    const { entity, other, language = 'en' } = asOptions(raw);
    return { entity, ...(other === undefined ? {} : { other }), language };
  },
  create(raw) {
    const { entity, language: asked = 'en' } = asOptions(raw);
    return {
      reject({ rejected, chosen, lookup }) {
        const entities = entitiesOf(lookup(entity));
        if (entities === null) return 'there is no entity to look for';
        const found = isPath(asked) ? lookup(asked) : asked;
        const language = typeof found === 'string' ? found : 'en';
        const before = readingOf(rejected, entities, language);
        if (before !== 'named')
          return before === 'free'
            ? 'the rejected text does not name it'
            : 'the rejected text may mean an ordinary word';
        const after = readingOf(chosen, entities, language);
        if (after === 'free') return null;
        return after === 'named' ? 'the chosen text still names it' : 'the chosen text may still name it';
      },
    };
  },
};
