import { EvalrunError } from '../contract/problem.js';
import { jsonLine } from '../lib/json-line.js';
import { formatProblem, problemRecord } from '../stages/load/format-problem.js';
import { exitCodes } from './exit-codes.js';
import { type Invocation, wantsColor } from './invocation.js';

/** Errors of the system that are a matter of the user's disk, not of evalrun. */
const diskCodes: { [code: string]: string } = {
  ENOSPC: 'the disk is full; free some space and run the same command to resume',
  EDQUOT: 'the disk quota is used up; free some space and run the same command to resume',
  EFBIG: 'a file may not grow that large (see ulimit -f); run the same command without that limit to resume',
  EROFS: 'the folder is read-only; name another one with --out',
  EACCES: 'no permission; name another folder with --out',
};

function problemsOf(error: unknown): EvalrunError[] | null {
  if (error instanceof EvalrunError) return [error];
  if (
    error instanceof AggregateError &&
    error.errors.length > 0 &&
    error.errors.every((one) => one instanceof EvalrunError)
  )
    return error.errors;
  return null;
}

/**
 * Prints an error the way the contract says.
 * @returns the exit code: 2 for a user's mistake, 3 for a disk that failed, 1 (with a stack trace) for a defect
 */
export function showProblems(error: unknown, invocation: Invocation | null, json: boolean): number {
  const redact = invocation?.redact ?? ((text: string) => text);
  const disk = diskCodes[(error as NodeJS.ErrnoException)?.code ?? ''];
  const problems =
    disk === undefined ? problemsOf(error) : [new EvalrunError('DISK', (error as Error).message, { hint: disk })];
  if (problems === null) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(redact(`evalrun: internal error, please report it\n${text}\n`));
    return exitCodes.defect;
  }
  const color = invocation !== null && wantsColor(invocation, process.stderr);
  for (const problem of problems) {
    if (json) process.stdout.write(`${redact(jsonLine(problemRecord(problem)))}\n`);
    else process.stderr.write(`${redact(formatProblem(problem, { color }))}\n`);
  }
  if (!json && problems.length > 1) process.stderr.write(`${problems.length} problems\n`);
  return disk === undefined ? exitCodes.badInput : exitCodes.incomplete;
}
