import Type, { type Static } from 'typebox';
import type { FilterKind } from '../../contract/filter-kind.js';
import type { Json, JsonObject } from '../../contract/json.js';
import type { Item } from '../../contract/prompt-suite.js';
import { BoundedCache } from '../../lib/bounded-cache.js';
import { entitiesOf, entityHint, isEntity, namesOf } from '../../lib/entities.js';
import { foldText } from '../../lib/fold-text.js';
import { wordsOf } from '../../lib/words-of.js';

const defaultSplit = 'held_out';

const options = Type.Object(
  {
    entities: Type.String({
      minLength: 1,
      description: 'Prompt suite whose items hold the entities of the evaluation, relative to this file',
    }),
    split: Type.Optional(
      Type.String({
        minLength: 1,
        default: defaultSplit,
        description: `Items of the suite that count: those with this value under the key "split". Default ${defaultSplit}`,
      }),
    ),
    fields: Type.Array(Type.String({ minLength: 1 }), {
      minItems: 1,
      description: 'Paths of the entities that a pair is about, e.g. [item.pink, item.grey]',
    }),
  },
  { additionalProperties: false },
);

type Options = Static<typeof options>;
const asOptions = (value: JsonObject): Options => value as unknown as Options;

/** The options in the plan: the names themselves beside the file that they were read from. */
interface Frozen extends Options {
  names: string[];
}

/** Words of a name, folded as `mentions` folds: no case, no diacritics, no joining signs. */
const foldedWords = (name: string): string[] =>
  wordsOf(foldText(name, { case: true, joiners: 'drop', lookalikes: true }).text.replace(/[-'’]/g, ' '));

/** Every stretch of a name's words, written together: `Face Time Pro` holds `facetime`. */
function stretches(name: string): string[] {
  const words = foldedWords(name);
  return words.flatMap((_word, from) =>
    words.slice(from).map((_unused, index) => words.slice(from, from + index + 1).join('')),
  );
}

/** Names and aliases of every entity of the items that count; each once, in order. */
function namesIn(items: readonly Item[], split: string): string[] {
  const entities = items
    .filter((item) => item.split === split)
    .flatMap((item) => (Object.values(item) as unknown[]).filter(isEntity));
  return [...new Set(entities.flatMap(namesOf))];
}

/**
 * Leaves out pairs about an entity of the evaluation, so that nothing that is tested was trained on: one of whose names or
 * aliases is a name of a held-out entity, or holds one as whole words (`Nike Air Max` where `Nike` is held out). Folded as
 * `mentions` folds; `Face Time` and `FaceTime` are the same.
 * Errors: BAD_ENTITY for a field that is no entity, BAD_OPTIONS for a suite without a held-out entity. Limits: looks at the
 * entities of the fields, not into the texts.
 */
export const heldOut: FilterKind = {
  kind: 'held_out',
  title: 'no entity of the evaluation',
  options,
  suites: ['entities'],
  check(raw, check) {
    const fault = (value: unknown) =>
      entitiesOf(value) === null ? { code: 'BAD_ENTITY', message: 'this is no entity', hint: entityHint } : null;
    for (const [index, field] of asOptions(raw).fields.entries()) check.values(['fields', index], field, fault);
    const { names, split = defaultSplit } = raw as unknown as Frozen;
    if (names?.length === 0)
      check.problem(
        'BAD_OPTIONS',
        ['entities'],
        `the suite has no entity in an item with "split: ${split}"`,
        'mark the items of the evaluation, or name their mark under "split"',
      );
  },
  freeze(raw, { entities = [] }) {
    const { split = defaultSplit } = asOptions(raw);
    return { ...raw, split, names: namesIn(entities, split) as Json };
  },
  entities: (raw) => asOptions(raw).fields,
  describe(raw) {
    const { entities, fields, names, split = defaultSplit } = raw as unknown as Frozen;
    return { entities, split, fields: fields.join(', '), names: names.length };
  },
  create(raw) {
    const { fields, names } = raw as unknown as Frozen;
    const held = new Set(names.map((name) => foldedWords(name).join('')).filter((name) => name !== ''));
    const known = new BoundedCache<boolean>(20_000);
    const isHeld = (name: string) => known.getOrMake(name, () => stretches(name).some((one) => held.has(one)));
    return {
      reject({ lookup }) {
        for (const field of fields) {
          const entities = entitiesOf(lookup(field)) ?? [];
          if (entities.flatMap(namesOf).some(isHeld)) return `${field} is an entity of the evaluation`;
        }
        return null;
      },
    };
  },
};
