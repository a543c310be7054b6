import { filterEntry } from '../../contract/documents/eval-document.js';
import type { FilterKind } from '../../contract/filter-kind.js';
import type { JsonObject } from '../../contract/json.js';
import type { Item } from '../../contract/prompt-suite.js';
import type { FilterPart } from './eval-parts.js';
import type { LoadSession } from './load-session.js';
import { openSuite } from './open-suite.js';
import { isObject, listOf, objectOf, type Part, textOf, within } from './part.js';
import { validate } from './validate.js';

const OWN_KEYS = Object.keys(filterEntry.properties);

/** Checks the form of the filters and reads the suites that they name. */
export async function openFilters(session: LoadSession, list: Part, folder: string): Promise<FilterPart[]> {
  return Promise.all(listOf(list.value).map((_value, index) => openFilter(session, within(list, [index]), folder)));
}

async function openFilter(session: LoadSession, part: Part, folder: string): Promise<FilterPart> {
  const { registry } = session.deps;
  const value = objectOf(part.value);
  const kind = registry.filters.find((one) => one.kind === value.kind);
  const options = Object.fromEntries(Object.entries(value).filter(([key]) => !OWN_KEYS.includes(key))) as JsonObject;
  const formed = isObject(part.value) && validate(session.schemas.filter, part, session.problems);
  if (!formed || kind === undefined) return { part, kind, options, sound: false };
  const items = await suitesOf(session, part, { kind, folder });
  if (items === null) return { part, kind, options, sound: false };
  return { part, kind, options: kind.freeze?.(options, items) ?? options, sound: true };
}

/** Items by the key that names their suite; null, with problems, if one of them cannot be read. */
async function suitesOf(
  session: LoadSession,
  part: Part,
  { kind, folder }: { kind: FilterKind; folder: string },
): Promise<{ [key: string]: Item[] } | null> {
  const items: { [key: string]: Item[] } = {};
  for (const key of kind.suites ?? []) {
    const named = within(part, [key]);
    if (textOf(named.value) === undefined) continue;
    const suite = await openSuite(session, named, folder);
    if (suite === 'unread') return null;
    items[key] = suite.entries as unknown as Item[];
  }
  return items;
}
