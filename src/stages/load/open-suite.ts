import type { EvalParts, Listed } from './eval-parts.js';
import type { LoadSession } from './load-session.js';
import { isTable, openTable } from './open-table.js';
import { objectOf, type Part, textOf, within } from './part.js';
import { validate } from './validate.js';

/** The items that an eval names: a file, a table, a suite in place, or a list. */
export async function openSuite(session: LoadSession, part: Part, folder: string): Promise<EvalParts['suite']> {
  const { files, problems, schemas } = session;
  const file = textOf(part.value);
  if (file === undefined) {
    if (Array.isArray(part.value)) validate(schemas.itemList, part, problems);
    else if (typeof part.value === 'object') validate(schemas.inlinePrompts, part, problems);
    return suiteOf(session, part, folder);
  }
  if (isTable(file)) return tableOfItems(session, part, { head: {}, folder });
  const opened = await files.open(files.resolve(folder, file), 'prompts', part.place([]));
  if (opened === null) return 'unread';
  validate(schemas.prompts, opened.part, problems);
  return suiteOf(session, opened.part, opened.folder);
}

/** The items of a suite whose form was checked, or of a bare list. */
export async function suiteOf(session: LoadSession, suite: Part, folder: string): Promise<EvalParts['suite']> {
  const head = objectOf(suite.value);
  const list = Array.isArray(suite.value) ? suite : within(suite, ['items']);
  if (typeof list.value === 'string')
    return isTable(list.value) ? tableOfItems(session, list, { head, folder }) : 'unread';
  if (!Array.isArray(list.value) || list.value.length === 0) return 'unread';
  return {
    head,
    entries: list.value.map(objectOf),
    placeOf: (index, path, aim) => list.place([index, ...path], aim),
  };
}

async function tableOfItems(
  session: LoadSession,
  named: Part,
  { head, folder }: { head: Record<string, unknown>; folder: string },
): Promise<Listed<Record<string, unknown>> | 'unread'> {
  const table = await openTable(session, named, { folder, list: 'items', schema: session.schemas.item });
  return table === 'unread' ? table : { ...table, head };
}
