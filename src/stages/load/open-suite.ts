import { isTableFile } from '../../tables/table.js';
import type { EvalParts, Listed } from './eval-parts.js';
import type { LoadSession } from './load-session.js';
import { openItemTable, READING_KEYS } from './open-item-table.js';
import { openSourceItems, SOURCE_KEYS } from './open-source-items.js';
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
  if (typeof head.run === 'string') return itemsOfRun(session, suite, folder);
  const list = Array.isArray(suite.value) ? suite : within(suite, ['items']);
  const named = typeof head.table === 'string' ? within(suite, ['table']) : list;
  if (typeof named.value === 'string') {
    refuseKeys(session, suite, SOURCE_KEYS);
    return tableOfItems(session, named, { suite, folder });
  }
  refuseKeys(session, suite, [...READING_KEYS, ...SOURCE_KEYS]);
  if (!Array.isArray(list.value) || list.value.length === 0) return 'unread';
  return {
    head,
    entries: list.value.map(objectOf),
    placeOf: (index, path, aim) => list.place([index, ...path], aim),
  };
}

async function itemsOfRun(session: LoadSession, suite: Part, folder: string): Promise<EvalParts['suite']> {
  // What is found twice is kept once.
  if (!validate(session.schemas.inlinePrompts, suite, session.problems)) return 'unread';
  refuseKeys(session, suite, ['columns', 'keep', 'skipEmpty']);
  return openSourceItems(session, suite, folder);
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

/** Keys that do not go with where the items are. */
function refuseKeys({ problems }: LoadSession, suite: Part, keys: readonly string[]): void {
  for (const key of keys) {
    if (Array.isArray(suite.value) || !Object.hasOwn(objectOf(suite.value), key)) continue;
    const isOfRun = (SOURCE_KEYS as readonly string[]).includes(key);
    const message = isOfRun
      ? `"${key}" says how a run is read, but the items are not made from one`
      : `"${key}" says how a table is read, but the items are not in one`;
    const hint = isOfRun ? 'remove it, or name the run under run' : 'remove it, or name the table under table';
    problems.add('BAD_OPTIONS', suite.place([key], 'key'), message, hint);
  }
}
