import path from 'node:path';
import { readPlan } from '../store/run-folder.js';
import type { Invocation } from './invocation.js';

/** The run that replies may be taken over from: the one that was named, else the latest, unless that is not wanted. */
export function earlierRun(latest: string | null, { flags, cwd }: Invocation): string | null {
  if (flags.reuseFrom !== undefined) {
    const named = path.resolve(cwd, flags.reuseFrom);
    readPlan(named);
    return named;
  }
  return flags.reuse === false ? null : latest;
}
