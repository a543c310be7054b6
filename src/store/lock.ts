import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { EvalrunError } from '../contract/problem.js';

/** Linux: when a process started, in clock ticks since boot, so that a reused process id is not taken for the writer. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function isAlive(pid: number, started: string | null): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return started === null || startOf(pid) === null || startOf(pid) === started;
}

const holderOf = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/** Creates the lock with its content in one step; false if there is one. */
function create(file: string, content: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Takes the writer's lock of a run folder. A lock whose process is gone (killed) is taken over.
 * @returns releases it
 * @throws EvalrunError RUN_LOCKED while another live process writes
 */
export function takeLock(file: string): () => void {
  const own = `${process.pid} ${startOf(process.pid) ?? '-'}\n`;
  for (let attempt = 0; attempt < 5; attempt++) {
    if (create(file, own)) {
      return () => {
        if (holderOf(file) === own) rmSync(file, { force: true });
      };
    }
    const holder = holderOf(file);
    if (holder === null) continue;
    const [pid, started] = holder.trim().split(' ');
    if (isAlive(Number(pid), started === undefined || started === '-' ? null : started)) {
      throw new EvalrunError('RUN_LOCKED', `process ${pid} is writing to this run folder`, {
        hint: `wait for it or stop it; if it ran on a machine that is gone, delete ${file}`,
      });
    }
    // Read once more: another process may have taken the dead lock over in the meantime.
    if (holderOf(file) === holder) rmSync(file, { force: true });
  }
  throw new EvalrunError('RUN_LOCKED', 'another process keeps taking the lock of this run folder', {
    hint: `see ${file}`,
  });
}
