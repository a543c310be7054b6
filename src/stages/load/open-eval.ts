import { graderEntry } from '../../contract/documents/grader-document.js';
import type { Json } from '../../contract/json.js';
import type { EvalParts, GraderPart } from './eval-parts.js';
import type { LoadSession } from './load-session.js';
import { openFilters } from './open-filters.js';
import { openPeople } from './open-people.js';
import { openSuite } from './open-suite.js';
import { isObject, listOf, merged, objectOf, type Part, textOf, within } from './part.js';
import { unrollLoops } from './unroll-loops.js';
import { validate } from './validate.js';

const OWN_KEYS = [...Object.keys(graderEntry.properties), 'use'];
/** What names an eval and its state is its own. */
const NOT_INHERITED = ['eval', 'version'];
const NOT_MERGED = ['grader', 'title', 'licence', 'source'];

/** Checks the form of an eval and opens all files that it names, the one that it extends first. */
export async function openEval(session: LoadSession, own: Part, folder: string): Promise<EvalParts> {
  const { part: written, folderOf, complete } = await withBase(session, own, folder, []);
  const { schemas, problems } = session;
  const formed = validate(complete ? schemas.eval : schemas.extendingEval, written, problems);
  const sound = [formed && complete, ...checkedSteps(session, written), ...checkedEntries(session, written)].every(
    Boolean,
  );
  const part = unrollLoops(written, problems);
  const [suite, people, filters, graders] = await Promise.all([
    openSuite(session, within(part, ['items']), folderOf('items')),
    openPeople(session, within(part, ['personas']), folderOf('personas')),
    openFilters(session, within(part, ['pairs', 'filters']), folderOf('pairs')),
    Promise.all(
      listOf(objectOf(part.value).graders).map((_, i) =>
        openGrader(session, within(part, ['graders', i]), folderOf('graders')),
      ),
    ),
  ]);
  return { part, sound, suite, people, graders, filters };
}

/** An eval with the keys that it takes from others. */
export interface WholeEval {
  part: Part;
  /** Folder that the paths under a key are relative to. */
  folderOf(key: string): string;
  /** False if the eval that it extends could not be opened. */
  complete: boolean;
}

/**
 * An eval with the keys of the one that it extends, its form not yet checked.
 * @param above files that extend this one, to find those that extend themselves
 */
export async function withBase(
  session: LoadSession,
  own: Part,
  folder: string,
  above: readonly string[],
): Promise<WholeEval> {
  const { files, problems } = session;
  const keys = objectOf(own.value);
  const named = textOf(keys.extends);
  const alone = { part: own, folderOf: () => folder, complete: !Object.hasOwn(keys, 'extends') };
  if (named === undefined) return alone;
  const file = files.resolve(folder, named);
  if (above.includes(file)) {
    problems.add('EXTENDS_ITSELF', own.place(['extends']), 'this eval extends itself', 'name another eval, or none');
    return alone;
  }
  const opened = await files.open(file, 'eval', own.place(['extends']));
  if (opened === null) return alone;
  const base = await withBase(session, opened.part, opened.folder, [...above, file]);
  const whole = merged(own, base.part, NOT_INHERITED);
  return {
    part: base.complete ? { ...whole, value: without(objectOf(whole.value), 'extends') } : whole,
    folderOf: (key) => (Object.hasOwn(keys, key) ? folder : base.folderOf(key)),
    complete: base.complete,
  };
}

/** Of each step and loop, whether its form is sound. */
function checkedSteps({ schemas, problems }: LoadSession, part: Part): boolean[] {
  return listOf(objectOf(part.value).steps)
    .map((_, i) => within(part, ['steps', i]))
    .filter((step) => isObject(step.value))
    .map((step) => {
      if (!Object.hasOwn(objectOf(step.value), 'loop')) return validate(schemas.step, step, problems);
      const inner = listOf(objectOf(step.value).steps).findIndex((one) => Object.hasOwn(objectOf(one), 'loop'));
      if (inner === -1) return validate(schemas.loop, step, problems);
      const place = step.place(['steps', inner, 'loop'], 'key');
      problems.add(
        'WRONG_VALUE',
        place,
        'a loop cannot stand inside a loop',
        'write its steps out, or two loops in a row',
      );
      return false;
    });
}

/** Of each metric and relation, whether its form is sound. */
function checkedEntries({ schemas, problems }: LoadSession, part: Part): boolean[] {
  return (['metric', 'relation'] as const).flatMap((entry) =>
    listOf(objectOf(part.value)[`${entry}s`])
      .map((_, i) => within(part, [`${entry}s`, i]))
      .filter((one) => isObject(one.value))
      .map((one) => validate(schemas[entry], one, problems)),
  );
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
