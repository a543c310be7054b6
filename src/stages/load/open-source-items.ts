import type { InlinePromptsDocument } from '../../contract/documents/prompts-document.js';
import type { Json } from '../../contract/json.js';
import { EvalrunError } from '../../contract/problem.js';
import { lookupPath, parsePath } from '../../lib/field-path.js';
import { nearestHint } from '../../lib/nearest.js';
import type { EvalParts } from './eval-parts.js';
import type { LoadSession } from './load-session.js';
import type { Part } from './part.js';
import { RowsLeftOut } from './rows-left-out.js';
import type { SourceCell, SourceRun } from './source-run.js';
import { outputFault } from './step-outputs.js';

/** Keys of a suite that say how the cells of a run become items. */
export const SOURCE_KEYS = ['each', 'item', 'unique'] as const;

type Reading = Pick<InlinePromptsDocument, 'run' | 'each' | 'item' | 'where' | 'unique' | 'limit'>;
type Row = { [key: string]: Json };

const ROOTS = ['item', 'persona', 'arm', 'steps', 'scores', 'repeat'];

/** The items that a suite makes of a finished run's cells; its form was checked. */
export async function openSourceItems(session: LoadSession, suite: Part, folder: string): Promise<EvalParts['suite']> {
  const { problems, deps } = session;
  const reading = suite.value as Reading;
  const place = suite.place(['run']);
  session.sources?.push({ named: reading.run!, place });
  let run: SourceRun | null = null;
  try {
    run = deps.openSourceRun?.(reading.run!, folder) ?? null;
  } catch (error) {
    if (!(error instanceof EvalrunError)) throw error;
    problems.add(error.code, place, error.message, error.hint);
    return 'unread';
  }
  if (run === null) {
    if (deps.openSourceRun !== undefined && deps.sourceRunsMayCome !== true)
      problems.add('NO_SOURCE_RUN', place, `there is no finished run of "${reading.run}"`, 'run that eval first');
    return 'unread';
  }
  session.files.digests.set(run.file.name, run.file.digest);
  if (!checkPaths(session, suite, { reading, run })) return 'unread';
  const { rows, leftOut } = await rowsOf(run, reading);
  const source = `${rows.length.toLocaleString('en-US')} items of run ${run.id} of ${run.eval}${leftOut.words()}`;
  if (rows.length === 0) {
    const hint = `look at that run, ${run.folder}${reading.where === undefined ? '' : ', or mend "where"'}`;
    problems.add('EMPTY_DOCUMENT', place, `no item is left: ${source}`, hint);
    return 'unread';
  }
  session.notes.push(`${source}, ${run.folder}`);
  return { head: { ...(suite.value as object), source }, entries: rows, placeOf: () => suite.place(['run']) };
}

/** True if every path has a known root, step and grader; else there are problems where they are written. */
function checkPaths({ problems }: LoadSession, suite: Part, { reading, run }: { reading: Reading; run: SourceRun }) {
  const before = problems.size;
  const roots = reading.each === undefined ? ROOTS : [...ROOTS, 'each'];
  const check = (text: string, at: (string | number)[], allowed: string[]): void => {
    const fault = pathFault(text, run, allowed);
    if (fault !== undefined) problems.add(fault.code, suite.place(at), fault.message, fault.hint);
  };
  if (reading.each !== undefined) check(reading.each, ['each'], ROOTS);
  for (const [key, path] of Object.entries(reading.item ?? {})) {
    check(path, ['item', key], roots);
    if (!['id', 'from', '__proto__'].includes(key)) continue;
    const message = `"${key}" cannot be a key here: it is made from the run`;
    problems.add('RESERVED_NAME', suite.place(['item', key], 'key'), message, 'choose another name');
  }
  for (const grader of Object.keys(reading.where ?? {})) {
    if (run.graders.includes(grader)) continue;
    const hint = nearestHint(grader, run.graders, 'graders');
    const message = `run ${run.id} has no grader "${grader}"`;
    problems.add('UNKNOWN_GRADER', suite.place(['where', grader], 'key'), message, hint);
  }
  for (const [i, key] of (reading.unique ?? []).entries()) {
    if (Object.hasOwn(reading.item ?? {}, key)) continue;
    const hint = nearestHint(key, Object.keys(reading.item ?? {}), 'keys');
    problems.add('UNKNOWN_KEY', suite.place(['unique', i]), `"item" gives no key "${key}"`, hint);
  }
  return problems.size === before;
}

function pathFault(
  text: string,
  { steps, graders, id }: SourceRun,
  roots: string[],
): { code: string; message: string; hint: string | undefined } | undefined {
  const path = parsePath(text);
  if (path === undefined)
    return { code: 'BAD_PATH', message: `"${text}" is not a path`, hint: 'e.g. steps.reply.text' };
  const [root = '', name = '', field] = path;
  if (!roots.includes(root))
    return { code: 'UNKNOWN_VARIABLE', message: `there is no "${root}" here`, hint: nearestHint(root, roots, 'roots') };
  if (root === 'steps') return outputFault(steps, name, field ?? 'text');
  if (root === 'scores' && !graders.includes(name))
    return {
      code: 'UNKNOWN_GRADER',
      message: `run ${id} has no grader "${name}"`,
      hint: nearestHint(name, graders, 'graders'),
    };
  return undefined;
}

/** The items of a run, and what was left out, by reason. */
async function rowsOf(run: SourceRun, reading: Reading): Promise<{ rows: Row[]; leftOut: RowsLeftOut }> {
  const leftOut = new RowsLeftOut();
  const rows: Row[] = [];
  const seen = new Set<string>();
  const most = reading.limit ?? Number.POSITIVE_INFINITY;
  const each = reading.each === undefined ? null : parsePath(reading.each)!;
  const paths = Object.entries(reading.item ?? {}).map(([key, text]): [string, string[]] => [key, parsePath(text)!]);
  let answered = 0;
  for await (const cell of run.cells()) {
    answered++;
    if (rows.length >= most) break;
    const unmet = Object.entries(reading.where ?? {}).find(([grader, wanted]) => !isScored(cell, grader, wanted));
    if (unmet !== undefined) {
      leftOut.add(`score of ${unmet[0]}`);
      continue;
    }
    const entries = each === null ? [undefined] : lookupPath(cell, each);
    if (!Array.isArray(entries)) {
      leftOut.add(`no list at ${reading.each}`);
      continue;
    }
    for (const [k, entry] of entries.entries()) {
      if (rows.length >= most) break;
      const row = rowOf(run, paths, cell, each === null ? null : { entry, number: k + 1 });
      if ('missing' in row) leftOut.add(`nothing at ${row.missing}`);
      else if (isRepeated(row.row, reading.unique, seen)) leftOut.add(`the same ${reading.unique!.join(' and ')}`);
      else rows.push(row.row);
    }
  }
  if (rows.length < most) leftOut.add('not answered', run.planned - answered);
  return { rows, leftOut };
}

function isScored({ scores }: SourceCell, grader: string, wanted: readonly (string | number | boolean)[]): boolean {
  const score = scores[grader];
  if (score === null || score === undefined) return false;
  return wanted.some((one) => one === score.value || one === score.label);
}

function rowOf(
  run: SourceRun,
  paths: [string, string[]][],
  cell: SourceCell,
  each: { entry: unknown; number: number } | null,
): { row: Row } | { missing: string } {
  const row: Row = { id: idOf(run, cell, each?.number), from: `${run.id}/${cell.ordinal}` };
  const scope = { ...cell, each: each?.entry, scores: valuesOf(cell) };
  for (const [key, path] of paths) {
    // Inherited names are none: a path reads own properties only.
    const value = path.length === 1 && path[0] === 'each' ? each?.entry : lookupPath(scope, path);
    if (value === undefined || value === null || value === '') return { missing: path.join('.') };
    row[key] = value as Json;
  }
  return { row };
}

const valuesOf = ({ scores }: SourceCell): { [grader: string]: number | null } =>
  Object.fromEntries(Object.entries(scores).map(([grader, score]) => [grader, score?.value ?? null]));

function idOf({ several }: SourceRun, cell: SourceCell, number: number | undefined): string {
  const parts = [
    cell.item.id,
    ...(cell.persona === null ? [] : [cell.persona.id]),
    ...(several.arms ? [cell.arm.id] : []),
    ...(several.providers ? [cell.provider] : []),
    ...(several.repeats ? [cell.repeat] : []),
    ...(number === undefined ? [] : [number]),
  ];
  return parts.join('-');
}

function isRepeated(row: Row, unique: readonly string[] | undefined, seen: Set<string>): boolean {
  if (unique === undefined) return false;
  const key = JSON.stringify(unique.map((name) => row[name]))
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ');
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}
