import { execFile } from 'node:child_process';
import type { Plan } from '../contract/plan.js';

const git = (folder: string, args: string[]): Promise<string | null> =>
  new Promise((resolve) => {
    execFile('git', args, { cwd: folder, timeout: 3000, maxBuffer: 1 << 20 }, (error, stdout) =>
      resolve(error === null ? stdout : null),
    );
  });

/** Commit and dirty flag of the folder's repository; nulls outside of one, or without git. */
export async function gitState(folder: string): Promise<Plan['git']> {
  const [commit, status] = await Promise.all([
    git(folder, ['rev-parse', 'HEAD']),
    git(folder, ['status', '--porcelain', '--untracked-files=no']),
  ]);
  return { commit: commit?.trim() ?? null, dirty: commit === null || status === null ? null : status.trim() !== '' };
}
