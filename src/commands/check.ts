import { checkFile } from '../stages/load/check-file.js';
import { exitCodes } from './exit-codes.js';
import type { Invocation } from './invocation.js';
import { loadDeps } from './prepare.js';

/** `evalrun check FILE…`: every problem of every file; nothing is called. */
export async function check(files: string[], invocation: Invocation): Promise<number> {
  const problems: unknown[] = [];
  for (const file of files) {
    try {
      await checkFile(file, { ...loadDeps(invocation), sourceRunsMayCome: true });
    } catch (error) {
      if (error instanceof AggregateError) problems.push(...error.errors);
      else problems.push(error);
    }
  }
  if (problems.length > 0) throw new AggregateError(problems);
  if (invocation.flags.json === true)
    invocation.stdout.write(`${JSON.stringify({ type: 'done', files, problems: 0 })}\n`);
  else invocation.stdout.write(`${files.length === 1 ? '1 file' : `${files.length} files`}: no problems\n`);
  return exitCodes.complete;
}
