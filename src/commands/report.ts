import { finish } from './finish.js';
import type { Invocation } from './invocation.js';
import { openRun } from './open-run.js';

/** `evalrun report RUN`: every report of the config again, from the record alone. */
export async function report([folder = '']: string[], invocation: Invocation): Promise<number> {
  return (await finish(openRun(folder, invocation), invocation)).code;
}
