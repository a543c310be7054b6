import { inlinePersonas } from '../../contract/documents/personas-document.js';
import type { JsonObject } from '../../contract/json.js';
import type { Persona } from '../../contract/persona.js';
import { EvalrunError } from '../../contract/problem.js';
import type { EvalParts, Listed } from './eval-parts.js';
import type { LoadSession } from './load-session.js';
import { isObject, listOf, objectOf, type Part, textOf, within } from './part.js';
import { validate } from './validate.js';

/** The personas that an eval names: none, a file, a set in place, or a list. */
export async function openPeople(session: LoadSession, part: Part, folder: string): Promise<EvalParts['people']> {
  if (part.value === undefined) return null;
  const file = textOf(part.value);
  if (file === undefined) return peopleOf(session, part, folder);
  const opened = await session.files.open(session.files.resolve(folder, file), 'personas', part.place([]));
  if (opened === null) return 'unread';
  validate(session.schemas.personas, opened.part, session.problems);
  return peopleOf(session, opened.part, opened.folder);
}

/** The people of a persona set, through its kind. */
export async function peopleOf(session: LoadSession, set: Part, folder: string): Promise<EvalParts['people']> {
  const head = objectOf(set.value);
  const kindName = textOf(head.kind) ?? 'inline';
  if (Array.isArray(set.value) || kindName === 'inline') {
    return listed(head, Array.isArray(set.value) ? set : within(set, ['people']));
  }
  const kind = session.deps.registry.personas.find((one) => one.kind === kindName);
  // Adds nothing to what the whole document's check found: the same problem is kept once.
  if (kind === undefined || !validate(session.schemas.inlinePersonas, set, session.problems)) return 'unread';
  const own = Object.keys(inlinePersonas.properties);
  const options = Object.fromEntries(Object.entries(head).filter(([key]) => !own.includes(key)));
  try {
    const entries = await kind.load(options as JsonObject, folder);
    return { head, entries, placeOf: () => set.place(['kind']) };
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

function listed(head: Record<string, unknown>, list: Part): Listed<Persona> | 'unread' {
  const entries = listOf(list.value);
  if (entries.length === 0 || !entries.every(isPerson)) return 'unread';
  return { head, entries, placeOf: (index, path, aim) => list.place([index, ...path], aim) };
}

const isPerson = (value: unknown): value is Persona =>
  isObject(value) && typeof value.id === 'string' && isObject(value.attributes);
