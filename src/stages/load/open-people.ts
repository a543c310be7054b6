import { inlinePersonas } from '../../contract/documents/personas-document.js';
import type { JsonObject } from '../../contract/json.js';
import type { Persona } from '../../contract/persona.js';
import type { PersonaDraw } from '../../contract/persona-kind.js';
import { EvalrunError } from '../../contract/problem.js';
import type { EvalParts, Listed } from './eval-parts.js';
import type { LoadSession } from './load-session.js';
import { isTable, openTable } from './open-table.js';
import { isObject, listOf, objectOf, type Part, textOf, within } from './part.js';
import { validate } from './validate.js';

/** The personas that an eval names: none, a file, a table, a set in place, or a list. */
export async function openPeople(session: LoadSession, part: Part, folder: string): Promise<EvalParts['people']> {
  const { files, problems, schemas } = session;
  if (part.value === undefined) return null;
  const file = textOf(part.value);
  if (file === undefined) {
    if (Array.isArray(part.value)) validate(schemas.peopleList, part, problems);
    else if (isObject(part.value)) validate(schemas.inlinePersonas, part, problems);
    return peopleOf(session, part, folder);
  }
  if (isTable(file)) return tableOfPeople(session, part, { head: {}, folder });
  const opened = await files.open(files.resolve(folder, file), 'personas', part.place([]));
  if (opened === null) return 'unread';
  validate(schemas.personas, opened.part, problems);
  return peopleOf(session, opened.part, opened.folder);
}

/** The people of a persona set whose form was checked, through its kind. */
export async function peopleOf(session: LoadSession, set: Part, folder: string): Promise<EvalParts['people']> {
  const head = objectOf(set.value);
  const kindName = textOf(head.kind) ?? 'inline';
  if (Array.isArray(set.value) || kindName === 'inline') {
    const list = Array.isArray(set.value) ? set : within(set, ['people']);
    if (typeof list.value !== 'string') return listed(head, list);
    return isTable(list.value) ? tableOfPeople(session, list, { head, folder }) : 'unread';
  }
  const draw = await drawnPeople(session, set, folder);
  if (draw === 'unread') return draw;
  return { head: { ...head, facts: draw.facts }, entries: draw.people, placeOf: () => set.place(['kind']) };
}

/** What the kind of a persona set gives, for kinds other than `inline`; `unread`, with problems, if it gives nothing. */
export async function drawnPeople(session: LoadSession, set: Part, folder: string): Promise<PersonaDraw | 'unread'> {
  const head = objectOf(set.value);
  const kind = session.deps.registry.personas.find((one) => one.kind === head.kind);
  // Adds nothing to what the whole document's check found: the same problem is kept once.
  if (kind === undefined || !validate(session.schemas.inlinePersonas, set, session.problems)) return 'unread';
  const own = Object.keys(inlinePersonas.properties);
  const options = Object.fromEntries(Object.entries(head).filter(([key]) => !own.includes(key)));
  try {
    return await kind.load(options as JsonObject, { folder, shippedFolder: session.deps.shippedFolder });
  } catch (error) {
    const problems = error instanceof AggregateError ? error.errors : [error];
    for (const problem of problems) {
      if (!(problem instanceof EvalrunError)) throw error;
      if (problem.where !== undefined) session.problems.take(problem);
      else session.problems.add(problem.code, set.place(['kind']), problem.message, problem.hint);
    }
    return 'unread';
  }
}

async function tableOfPeople(
  session: LoadSession,
  named: Part,
  { head, folder }: { head: Record<string, unknown>; folder: string },
): Promise<Listed<Persona> | 'unread'> {
  const table = await openTable(session, named, { folder, list: 'people', schema: session.schemas.person });
  if (table === 'unread') return table;
  const { entries, placeOf } = table as { entries: unknown[]; placeOf: Listed<Persona>['placeOf'] };
  return entries.every(isPerson) ? { head, entries, placeOf } : 'unread';
}

function listed(head: Record<string, unknown>, list: Part): Listed<Persona> | 'unread' {
  const entries = listOf(list.value);
  if (entries.length === 0 || !entries.every(isPerson)) return 'unread';
  return { head, entries, placeOf: (index, path, aim) => list.place([index, ...path], aim) };
}

const isPerson = (value: unknown): value is Persona =>
  isObject(value) && typeof value.id === 'string' && isObject(value.attributes);
