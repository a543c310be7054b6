import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plan } from '../contract/plan.js';
import { EvalrunError } from '../contract/problem.js';

/** Names inside a run folder. */
export const runFiles = {
  plan: 'plan.json',
  record: 'record.ndjson.zst',
  lock: 'writer.lock',
  report: 'report.json',
  html: 'report.html',
} as const;

/** Writes a file so that a reader sees the old or the new content, never a part. */
export function writeWhole(file: string, content: string): void {
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}

/**
 * @throws EvalrunError NOT_A_RUN when the folder holds no plan, DAMAGED_PLAN when it cannot be read
 */
export function readPlan(folder: string): Plan {
  const file = path.join(folder, runFiles.plan);
  if (!existsSync(file)) {
    throw new EvalrunError('NOT_A_RUN', `${folder} is not a run folder: it has no ${runFiles.plan}`, {
      hint: 'run folders are reports/<eval>/<run>, or what --out named',
    });
  }
  try {
    const plan = JSON.parse(readFileSync(file, 'utf8')) as Plan;
    if (plan.schema === 'evalrun.plan/1') return plan;
    throw new Error(`its schema is ${JSON.stringify(plan.schema)}, not "evalrun.plan/1"`);
  } catch (error) {
    throw new EvalrunError('DAMAGED_PLAN', `${file}: ${(error as Error).message}`, {
      hint: 'restore it from a backup; it is written once, when the run starts',
      cause: error,
    });
  }
}

/** Folders of runs directly below `root`, newest plan first. */
export function runFoldersIn(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(root, entry.name, runFiles.plan)))
    .map((entry) => ({
      folder: path.join(root, entry.name),
      at: statSync(path.join(root, entry.name, runFiles.plan)).mtimeMs,
    }))
    .sort((a, b) => b.at - a.at)
    .map(({ folder }) => folder);
}

/** Where a run goes, and what may be reused for it. */
export interface RunPlace {
  folder: string;
  /** True when the folder holds a run of another plan, which has to be moved aside first. */
  occupied: boolean;
  /** The latest earlier run of the same eval with a record, or null. */
  earlier: string | null;
}

function planOf(folder: string): Plan | null {
  try {
    return readPlan(folder);
  } catch {
    return null;
  }
}

/**
 * Decides on the folder: an existing one of the same plan (then the run resumes), else a new one.
 * @param out the `--out` folder, or null for `root/<eval>/<date>-<id>`
 */
export function placeRun(plan: Plan, out: string | null, root: string, date: string): RunPlace {
  const ofEval = runFoldersIn(path.join(root, plan.matrix.eval.id));
  if (out === null) {
    const same = ofEval.find((folder) => folder.endsWith(`-${plan.id}`) && planOf(folder)?.digest === plan.digest);
    const folder = same ?? path.join(root, plan.matrix.eval.id, `${date}-${plan.id}`);
    return { folder, occupied: false, earlier: latestEarlier(plan, ofEval, folder) };
  }
  const holds = planOf(out);
  if (holds !== null && holds.digest !== plan.digest) return { folder: out, occupied: true, earlier: null };
  return { folder: out, occupied: false, earlier: latestEarlier(plan, ofEval, out) };
}

/**
 * The latest run of the same eval with other content. One with the same content is not drawn on: who names another
 * folder for the same plan wants it run again.
 */
function latestEarlier(plan: Plan, folders: string[], except: string): string | null {
  const own = path.resolve(except);
  const usable = (folder: string): boolean => {
    if (path.resolve(folder) === own || !existsSync(path.join(folder, runFiles.record))) return false;
    const other = planOf(folder);
    return other?.matrix.eval.id === plan.matrix.eval.id && other.digest !== plan.digest;
  };
  return folders.find(usable) ?? null;
}

/** Where a run of this id is kept: a name of its own also for the second run of one plan. */
function keepingFolder(folder: string, id: string): string {
  const kept = path.join(folder, 'earlier', id);
  for (let copy = 1; ; copy++) {
    const free = copy === 1 ? kept : `${kept}-${copy}`;
    if (!existsSync(path.join(free, runFiles.plan))) return free;
  }
}

/**
 * Moves a run of another plan out of the way, into `earlier/<id>` of the same folder.
 * @returns the folder that holds it now
 */
export function moveAside(folder: string): string {
  const movedTo = keepingFolder(folder, readPlan(folder).id);
  mkdirSync(movedTo, { recursive: true });
  const names = readdirSync(folder).filter((name) => name !== 'earlier' && name !== runFiles.lock);
  // The plan goes last: as long as it is there, the next invocation finishes a move that was cut short.
  for (const name of [...names.filter((one) => one !== runFiles.plan), runFiles.plan])
    renameSync(path.join(folder, name), path.join(movedTo, name));
  return movedTo;
}
