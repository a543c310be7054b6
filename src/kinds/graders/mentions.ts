import Type, { type Static } from 'typebox';
import type { GraderKind } from '../../contract/grader-kind.js';
import type { JsonObject } from '../../contract/json.js';
import { EvalrunError } from '../../contract/problem.js';
import { type Entity, findMentions } from '../../lib/mentions.js';

const entitySchema = Type.Object(
  {
    name: Type.String({ minLength: 1, description: 'The name' }),
    aliases: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { description: 'What else it is called' })),
    note: Type.Optional(Type.String({ description: 'For people' })),
  },
  { additionalProperties: false },
);

const options = Type.Object(
  {
    entity: Type.Union([Type.String({ minLength: 1 }), entitySchema], {
      description: 'Path of a {name, aliases} such as item.pink, or one written here',
    }),
    case: Type.Optional(
      Type.Enum(['insensitive', 'sensitive', 'smart'], {
        default: 'insensitive',
        description:
          'smart: a name written with a capital counts only where the text has a capital in it (Apple, APPLE, not apple)',
      }),
    ),
  },
  { additionalProperties: false },
);

type Options = Static<typeof options>;
const asOptions = (value: JsonObject): Options => value as unknown as Options;

const isEntity = (value: unknown): value is Entity => {
  if (typeof value !== 'object' || value === null) return false;
  const { name, aliases } = value as { name?: unknown; aliases?: unknown };
  return (
    typeof name === 'string' &&
    (aliases === undefined || (Array.isArray(aliases) && aliases.every((one) => typeof one === 'string')))
  );
};

const notAnEntity = (path: string): EvalrunError =>
  new EvalrunError('BAD_ENTITY', `${path} is no entity`, {
    hint: 'An entity is {name: text, aliases: [text, …]}; aliases may be left out.',
  });

/**
 * Whether a text names an entity: 1 if it does, 0 if not, with the spans as evidence.
 *
 * Source: the explicit score of the Pink Elephant protocol (arXiv 2402.07896); the rules are in `lib/mentions`. Counts:
 * names and aliases at word boundaries, English plurals and possessives, words of a name joined or parted by spaces,
 * hyphens or a line break, any case (see `case`), with or without diacritics, full-width and look-alike letters, Markdown,
 * hashtags and handles (`#Nike`, `@nike`), hyphened compounds (`Nike-sponsored`), domain names (`nike.com`).
 * Does not count: the name inside another word (`Nikesha`, `#NikeRunning`, `nike_count`), another version of it (`GPT-4.1`
 * is no `GPT-4`), descriptions without the name.
 * Names in Chinese, Japanese, Thai and other scripts without spaces are found as parts of any text.
 * Errors: BAD_ENTITY. Limits: no verb forms (`googled`), no case endings of other languages: list them as aliases.
 */
export const mentions: GraderKind = {
  kind: 'mentions',
  version: 1,
  options,
  scale: () => ({ kind: 'binary' }),
  roles: () => [],
  callsPerCell: () => 0,
  check(raw, check) {
    const { entity } = asOptions(raw);
    if (typeof entity === 'string') {
      check.path(entity, ['entity']);
      return;
    }
    const names: [string, (string | number)[]][] = [[entity.name, ['entity', 'name']]];
    for (const [i, alias] of (entity.aliases ?? []).entries()) names.push([alias, ['entity', 'aliases', i]]);
    for (const [name, at] of names) {
      try {
        findMentions('', { name });
      } catch (error) {
        if (!(error instanceof EvalrunError)) throw error;
        check.problem(error.code, at, error.message, error.hint);
      }
    }
  },
  create(spec) {
    const { entity, case: policy } = asOptions(spec.options);
    return {
      grade(input) {
        const value = typeof entity === 'string' ? input.lookup(entity) : entity;
        if (!isEntity(value)) throw notAnEntity(String(entity));
        const evidence = findMentions(input.text, value, policy);
        return { kind: 'scored', value: evidence.length > 0 ? 1 : 0, evidence };
      },
    };
  },
};
