import path from 'node:path';
import { createMatrix } from '../stages/compile/matrix.js';
import { readPlan } from '../store/run-folder.js';
import type { FinishedRun } from './finish.js';
import type { Invocation } from './invocation.js';

/**
 * Opens a run folder by its plan, without its YAML files.
 * @throws EvalrunError NOT_A_RUN, DAMAGED_PLAN
 */
export function openRun(folder: string, { cwd }: Invocation): FinishedRun {
  const absolute = path.resolve(cwd, folder);
  const plan = readPlan(absolute);
  return { plan, matrix: createMatrix(plan.matrix), folder: absolute };
}
