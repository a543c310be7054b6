import { graderEntry } from '../../contract/documents/grader-document.js';
import type { Json } from '../../contract/json.js';
import type { EvalParts, GraderPart } from './eval-parts.js';
import type { LoadSession } from './load-session.js';
import { openPeople } from './open-people.js';
import { openSuite } from './open-suite.js';
import { isObject, listOf, merged, objectOf, type Part, textOf, within } from './part.js';
import { validate } from './validate.js';

const OWN_KEYS = [...Object.keys(graderEntry.properties), 'use'];
const NOT_MERGED = ['grader', 'title', 'licence', 'source'];

/** Checks the form of an eval and opens all files that it names. */
export async function openEval(session: LoadSession, part: Part, folder: string): Promise<EvalParts> {
  const sound = [validate(session.schemas.eval, part, session.problems), ...checkedMetrics(session, part)].every(
    Boolean,
  );
  const [suite, people, graders] = await Promise.all([
    openSuite(session, within(part, ['items']), folder),
    openPeople(session, within(part, ['personas']), folder),
    Promise.all(
      listOf(objectOf(part.value).graders).map((_, i) => openGrader(session, within(part, ['graders', i]), folder)),
    ),
  ]);
  return { part, sound, suite, people, graders };
}

/** Of each metric, whether its form is sound. */
function checkedMetrics(session: LoadSession, part: Part): boolean[] {
  return listOf(objectOf(part.value).metrics)
    .map((_, i) => within(part, ['metrics', i]))
    .filter((metric) => isObject(metric.value))
    .map((metric) => validate(session.schemas.metric, metric, session.problems));
}

async function openGrader(session: LoadSession, entry: Part, folder: string): Promise<GraderPart> {
  const use = textOf(objectOf(entry.value).use);
  const whole = use === undefined ? entry : await withFile(session, entry, session.files.resolve(folder, use));
  const value = objectOf((whole ?? entry).value);
  const kind = session.deps.registry.graders.find((one) => one.kind === value.kind);
  const own = isObject(kind?.options) ? OWN_KEYS : [];
  const options = Object.fromEntries(Object.entries(value).filter(([key]) => !own.includes(key)));
  if (Object.hasOwn(objectOf(entry.value), 'use')) validate(session.schemas.graderUse, entry, session.problems);
  if (whole === null || !isObject(whole.value))
    return { part: entry, id: textOf(value.id) ?? '', kind, options, sound: false };
  // `use` is no key of a whole grader; an absent kind is a missing one.
  const complete = { ...whole, value: { kind: value.kind, ...without(value, 'use') } };
  const sound = validate(session.schemas.graderEntry, complete, session.problems);
  return { part: whole, id: textOf(value.id) ?? '', kind, options: options as Record<string, Json>, sound };
}

async function withFile(session: LoadSession, entry: Part, path: string): Promise<Part | null> {
  const opened = await session.files.open(path, 'grader', entry.place(['use']));
  if (opened === null) return null;
  validate(session.schemas.grader, opened.part, session.problems);
  return merged(entry, opened.part, NOT_MERGED);
}

function without(value: Record<string, unknown>, key: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}
