import { isTableFile } from '../../tables/table.js';
import type { EvalParts, Listed } from './eval-parts.js';
import type { LoadSession } from './load-session.js';
import { openItemTable, READING_KEYS } from './open-item-table.js';
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
  if (isTableFile(file)) return tableOfItems(session, part, { suite: part, folder });
  const opened = await files.open(files.resolve(folder, file), 'prompts', part.place([]));
  if (opened === null) return 'unread';
  validate(schemas.prompts, opened.part, problems);
  return suiteOf(session, opened.part, opened.folder);
}

/** The items of a suite whose form was checked, or of a bare list. */
export async function suiteOf(session: LoadSession, suite: Part, folder: string): Promise<EvalParts['suite']> {
  const head = objectOf(suite.value);
  const list = Array.isArray(suite.value) ? suite : within(suite, ['items']);
  const named = typeof head.table === 'string' ? within(suite, ['table']) : list;
  if (typeof named.value === 'string') return tableOfItems(session, named, { suite, folder });
  refuseReading(session, suite);
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
  { suite, folder }: { suite: Part; folder: string },
): Promise<Listed<Record<string, unknown>> | 'unread'> {
  const head = objectOf(suite.value);
  // A table is not read by a mapping that is malformed. What is found twice is kept once.
  if (typeof suite.value === 'object' && !validate(session.schemas.inlinePrompts, suite, session.problems))
    return 'unread';
  if (!isTableFile(named.value as string)) return 'unread';
  const asWritten =
    isTable(named.value as string) && !Object.hasOwn(head, 'table') && !READING_KEYS.some((key) => key in head);
  const table = asWritten
    ? await openTable(session, named, { folder, list: 'items', schema: session.schemas.item })
    : await openItemTable(session, named, { suite, folder });
  return table === 'unread' ? table : { ...table, head };
}

/** A list that stands in the suite itself has no columns. */
function refuseReading({ problems }: LoadSession, suite: Part): void {
  for (const key of READING_KEYS) {
    if (Array.isArray(suite.value) || !Object.hasOwn(objectOf(suite.value), key)) continue;
    const message = `"${key}" says how a table is read, but the items are not in one`;
    problems.add('BAD_OPTIONS', suite.place([key], 'key'), message, 'remove it, or name the table under table');
  }
}
