import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EvalrunError } from '../../contract/problem.js';

/** A file that is to be written, and the name that the user would give it. */
export interface NewFile {
  file: string;
  name: string;
  content: string;
}

/**
 * Writes files of which none is overwritten by anything else: one that is there already must hold the same bytes.
 * @throws EvalrunError FILE_EXISTS; then nothing was written
 */
export function writeNew(files: readonly NewFile[]): void {
  const taken = files.filter(({ file, content }) => {
    const present = contentOf(file);
    return present !== null && present !== content;
  });
  if (taken.length > 0) {
    const names = taken.map(({ name }) => name).join(', ');
    throw new EvalrunError('FILE_EXISTS', `${names} already there, with another content; nothing was written`, {
      hint: 'name another file, or move that one away',
    });
  }
  for (const { file, content } of files) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
