import { resolve } from 'node:path';
import type { TSchema } from 'typebox';
import { inlinePersonas } from '../../contract/documents/personas-document.js';
import type { JsonObject } from '../../contract/json.js';
import type { PersonaDraw } from '../../contract/persona-kind.js';
import type { Place } from '../../contract/problem.js';
import { checkPeople } from './check-ids.js';
import { type OpenDocument, typeOf } from './document-files.js';
import type { LoadDeps } from './load-deps.js';
import { type LoadSession, startSession } from './load-session.js';
import { withBase } from './open-eval.js';
import { drawnPeople, peopleOf } from './open-people.js';
import { isTable } from './open-table.js';
import { isObject, objectOf, type Part, textOf, within } from './part.js';
import { validate } from './validate.js';

/** A persona set, drawn. */
export interface LoadedPersonas {
  /** Id of the set; of the eval, where its personas have none. */
  id: string;
  title?: string;
  licence?: string;
  source?: string;
  kind: string;
  /** The kind's options as they were used. */
  options: JsonObject;
  draw: PersonaDraw;
}

/** Options of the kind that the command line sets. */
export interface DrawFlags {
  n?: number;
  seed?: number;
}

/**
 * Draws the personas of a persona set, or of the one that an eval or a config names.
 * @throws AggregateError of EvalrunErrors: all problems of all files
 */
export async function loadPersonas(file: string, deps: LoadDeps, flags: DrawFlags): Promise<LoadedPersonas> {
  const session = startSession(deps);
  const path = resolve(deps.cwd, file);
  if (isTable(path)) {
    const hint = 'name the persona set around it: personas: ID, people: FILE.jsonl';
    session.problems.add('WRONG_DOCUMENT', start(file), `${file} is a table, and no persona set`, hint);
  }
  const opened = session.problems.size > 0 ? null : await session.files.openAny(path, undefined);
  const located = opened === null ? null : await locate(session, opened);
  const loaded = located === null ? null : await draw(session, located, flags);
  session.problems.throwIfAny();
  return loaded!;
}

const start = (file: string): Place => ({ file, line: 1, column: 1 });

/** A persona set that was found, with its form checked. */
interface Located {
  part: Part;
  folder: string;
  /** Id where the set has none. */
  fallback: string;
}

async function locate(session: LoadSession, { part, folder, source }: OpenDocument): Promise<Located | null> {
  const type = typeOf(part.value);
  const { problems, schemas } = session;
  if (type === 'personas') {
    validate(schemas.personas, part, problems);
    return { part, folder, fallback: 'personas' };
  }
  if (type === 'eval') return inEval(session, part, folder);
  if (type === 'config') {
    const run = within(part, ['run']);
    const named = textOf(run.value);
    if (named === undefined) return inEval(session, run, folder);
    const opened = await session.files.open(session.files.resolve(folder, named), 'eval', run.place([]));
    return opened === null ? null : inEval(session, opened.part, opened.folder);
  }
  const hint = 'name a persona set, or an eval or config that has one';
  problems.add('WRONG_DOCUMENT', part.place([]), `${source.file} has no personas`, hint);
  return null;
}

async function inEval(session: LoadSession, own: Part, ownFolder: string): Promise<Located | null> {
  const { files, problems, schemas } = session;
  const { part, folderOf } = await withBase(session, own, ownFolder, []);
  const folder = folderOf('personas');
  const set = within(part, ['personas']);
  const fallback = textOf(objectOf(part.value).eval) ?? 'personas';
  const named = textOf(set.value);
  if (named !== undefined && isTable(named)) {
    return {
      part: { value: { people: named }, place: (path, aim) => set.place(path.slice(1), aim) },
      folder,
      fallback,
    };
  }
  if (named !== undefined) {
    const opened = await files.open(files.resolve(folder, named), 'personas', set.place([]));
    if (opened === null) return null;
    validate(schemas.personas, opened.part, problems);
    return { part: opened.part, folder: opened.folder, fallback };
  }
  if (Array.isArray(set.value)) validate(schemas.peopleList, set, problems);
  else if (isObject(set.value)) validate(schemas.inlinePersonas, set, problems);
  else problems.add('WRONG_DOCUMENT', part.place([]), 'this eval has no personas', 'add "personas:"');
  return { part: set, folder, fallback };
}

async function draw(
  session: LoadSession,
  { part, folder, fallback }: Located,
  flags: DrawFlags,
): Promise<LoadedPersonas | null> {
  const head = objectOf(part.value);
  const kind = textOf(head.kind) ?? 'inline';
  const set = withFlags(session, part, { kind, flags });
  if (session.problems.size > 0) return null;
  const own = ['people', ...Object.keys(inlinePersonas.properties)];
  const options = Object.fromEntries(Object.entries(objectOf(set.value)).filter(([key]) => !own.includes(key)));
  const found = kind === 'inline' ? await listed(session, set, folder) : await drawnPeople(session, set, folder);
  if (found === 'unread') return null;
  checkPeople({ head, entries: found.people, placeOf: () => set.place(['kind']) }, session.problems);
  const words = Object.fromEntries(
    (['title', 'licence', 'source'] as const).flatMap((key) =>
      textOf(head[key]) === undefined ? [] : [[key, head[key]]],
    ),
  );
  return { id: textOf(head.personas) ?? fallback, ...words, kind, options: options as JsonObject, draw: found };
}

/** People who are written down: nothing was drawn, and nothing is known of where they come from but what is said. */
async function listed(session: LoadSession, set: Part, folder: string): Promise<PersonaDraw | 'unread'> {
  const people = await peopleOf(session, set, folder);
  if (people === null || people === 'unread') return 'unread';
  checkPeople(people, session.problems);
  const facts = objectOf(people.head.facts) as JsonObject;
  return { people: people.entries, facts, rejected: {}, absent: {}, population: null };
}

/** The set with what the flags say laid over it. */
function withFlags(session: LoadSession, set: Part, { kind, flags }: { kind: string; flags: DrawFlags }): Part {
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  if (given.length === 0) return set;
  const keys = keysOf(session.deps.registry.personas.find((one) => one.kind === kind)?.options);
  for (const [key, value] of given) {
    if (keys.includes(key)) continue;
    const where = { ...start(`--${key}`), frame: `> 1 | ${value}\n    | ^` };
    const hint =
      kind === 'inline' ? 'its people are written down, not drawn' : `options of ${kind}: ${keys.join(', ')}`;
    session.problems.add('BAD_FLAG', where, `personas of kind "${kind}" have no ${key}`, hint);
  }
  return { ...set, value: { ...objectOf(set.value), ...Object.fromEntries(given) } };
}

/** Keys that options may have, over all forms of them. */
function keysOf(options: TSchema | undefined): string[] {
  const {
    properties = {},
    anyOf = [],
    allOf = [],
    oneOf = [],
  } = (options ?? {}) as {
    properties?: object;
    anyOf?: TSchema[];
    allOf?: TSchema[];
    oneOf?: TSchema[];
  };
  return [...new Set([...Object.keys(properties), ...[...anyOf, ...allOf, ...oneOf].flatMap(keysOf)])];
}
