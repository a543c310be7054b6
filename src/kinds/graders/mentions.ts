import Type, { type Static } from 'typebox';
import type { GradeInput, GraderKind } from '../../contract/grader-kind.js';
import type { JsonObject } from '../../contract/json.js';
import { EvalrunError } from '../../contract/problem.js';
import type { Score, Span } from '../../contract/score.js';
import { entityHint, isEntity } from '../../lib/entities.js';
import { readMentions } from '../../lib/mention-sense.js';
import { type CasePolicy, type Entity, findMentions } from '../../lib/mentions.js';

const entitySchema = Type.Object(
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

const options = Type.Object(
  {
    entity: Type.Union([Type.String({ minLength: 1 }), entitySchema], {
      description: 'Path of a {name, aliases} such as item.pink, or of a list of them or of names; or one written here',
    }),
    each: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'The list at "entity" holds mappings; this key of each holds names, e.g. forbidden_words',
      }),
    ),
    language: Type.Optional(
      Type.String({
        minLength: 2,
        default: 'en',
        description:
          'Whose inflections count: en, de, fr, es; with any other, such as none, names count only as written',
      }),
    ),
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

const notAnEntity = (path: string): EvalrunError =>
  new EvalrunError('BAD_ENTITY', `${path} is no entity`, {
    hint: entityHint,
  });

/** The entities that a value stands for: one, a list of them or of names, or what a list holds under `each`. */
const entitiesOf = (value: unknown, { entity, each }: Options): Entity[] => {
  const picked = each !== undefined && Array.isArray(value) ? value.flatMap((one) => namesUnder(one, each)) : value;
  return (Array.isArray(picked) ? picked : [picked]).map((one) => {
    if (typeof one === 'string' && Array.isArray(picked)) return { name: one };
    if (!isEntity(one)) throw notAnEntity(typeof entity === 'string' ? entity : entity.name);
    return one;
  });
};

const namesUnder = (value: unknown, key: string): unknown[] => {
  const found = typeof value === 'object' && value !== null ? (value as { [key: string]: unknown })[key] : undefined;
  return found === undefined || found === null ? [] : [found].flat();
};

const isPath = (language: string | undefined): language is string => language?.includes('.') === true;

const languageOf = ({ language = 'en' }: Options, lookup: GradeInput['lookup']): string => {
  if (!isPath(language)) return language;
  const value = lookup(language);
  return typeof value === 'string' ? value : 'en';
};

interface Found {
  entity: Entity;
  explicit: Span[];
  ambiguous: Span[];
}

const inOrder = (spans: Span[]): Span[] => spans.toSorted((a, b) => a.start - b.start || a.end - b.end);

const scoreOf = (text: string, found: Found[]): Score => {
  const evidence = found.length === 1 ? found[0]!.explicit : inOrder(found.flatMap(({ explicit }) => explicit));
  if (evidence.length > 0) return { kind: 'scored', value: 1, evidence };
  const unsure = found.find(({ ambiguous }) => ambiguous.length > 0);
  if (unsure === undefined) return { kind: 'scored', value: 0, evidence: [] };
  const { start, end } = unsure.ambiguous[0]!;
  const detail = `${JSON.stringify(text.slice(start, end))} at ${start} may be ${unsure.entity.name} or ${unsure.entity.ambiguity}`;
  return { kind: 'unscored', reason: 'ambiguous', detail };
};

/**
 * Whether a text names an entity: 1 if it does, 0 if not, with the spans as evidence. Of several entities, any one counts.
 * Unscored as `ambiguous` where an entity with `ambiguity` may be meant or not (rule: `readMentions`), as
 * `not_applicable` where the list of entities is empty.
 *
 * Source: the explicit score of the Pink Elephant protocol (arXiv 2402.07896); the rules, with their measured precision
 * and recall, are in docs/detection.md. Counts: names and aliases at word boundaries with the plurals, possessives and
 * case endings of `language`; words of a name joined or parted by spaces, hyphens, emoji or a line break; names spelled
 * letter by letter (`N-I-K-E`, `I.B.M.`); any case (see `case`), with or without diacritics, full-width and look-alike
 * letters, Markdown, hashtags and handles (`#Nike`, `@nike`), hyphened compounds (`Nike-Schuhe`), domains (`nike.com`).
 * Does not count: the name inside another word (`Nikesha`, `#NikeRunning`, `nike_count`, `Nikeschuhe`), another version
 * of it (`GPT-4.1` is no `GPT-4`), descriptions without the name.
 * Names in Chinese, Japanese, Thai and other scripts without spaces are found as parts of any text.
 * Errors: BAD_ENTITY. Limits: no verb forms (`googled`), no endings of other languages: list them as aliases.
 */
export const mentions: GraderKind = {
  kind: 'mentions',
  version: 2,
  options,
  scale: () => ({ kind: 'binary' }),
  roles: () => [],
  callsPerCell: () => 0,
  check(raw, check) {
    const { entity, language } = asOptions(raw);
    if (isPath(language)) check.path(language, ['language']);
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
    const options = asOptions(spec.options);
    const { entity } = options;
    const policy: CasePolicy | undefined = options.case;
    return {
      grade({ text, lookup }) {
        const entities = entitiesOf(typeof entity === 'string' ? lookup(entity) : entity, options);
        if (entities.length === 0) return { kind: 'unscored', reason: 'not_applicable', detail: 'no entity is listed' };
        const language = languageOf(options, lookup);
        const found = entities.map((one) => ({ entity: one, ...readMentions(text, { language, ...one }, policy) }));
        return scoreOf(text, found);
      },
    };
  },
};
