import path from 'node:path';

/** A path as a person would type it: relative to the working directory where it is below that, else absolute. */
export function shownPath(file: string, cwd: string): string {
  const short = path.relative(cwd, file);
  return short === '' || short.startsWith('..') ? path.resolve(cwd, file) : short;
}
