import { EvalrunError } from '../contract/problem.js';
import { openChain, runChain } from './chain.js';
import { type ExitCode, exitCodes } from './exit-codes.js';
import type { Invocation } from './invocation.js';
import { prepareAll } from './prepare.js';
import { runPrepared } from './run-prepared.js';

/** Which of several results a script should hear of. */
const gravity: ExitCode[] = [exitCodes.complete, exitCodes.gateMissed, exitCodes.incomplete, exitCodes.interrupted];

/** `evalrun run CONFIG…`: one run after the other; the gravest exit code wins. */
export async function run(files: string[], invocation: Invocation): Promise<ExitCode> {
  if (files.length > 1 && invocation.flags.out !== undefined) {
    throw new EvalrunError('BAD_FLAG', '--out names one run folder, but there are several configs', {
      hint: 'run them one by one, or leave --out away',
    });
  }
  const [first] = files;
  const chain = files.length === 1 ? await openChain(first!, invocation) : null;
  if (chain !== null) return runChain(first!, chain, invocation);
  const prepared = await prepareAll(files, invocation);
  let worst: ExitCode = exitCodes.complete;
  for (const one of prepared) {
    const { code } = await runPrepared(one, invocation);
    if (gravity.indexOf(code) > gravity.indexOf(worst)) worst = code;
    if (code === exitCodes.interrupted) break;
  }
  return worst;
}
