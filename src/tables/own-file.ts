import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { EvalrunError } from '../contract/problem.js';
import { nearestHint } from '../lib/nearest.js';

/** The name of a file that a person would use: relative to the working directory where that is shorter. */
export function shortName(file: string): string {
  const relative = path.relative('', file);
  return relative !== '' && relative.length < file.length ? relative : file;
}

/** Size of a file in bytes. @throws EvalrunError FILE_NOT_FOUND, with the nearest name of its folder, or FILE_UNREADABLE */
export async function fileSize(file: string): Promise<number> {
  const found = await orUnreadable(file, () => stat(file));
  if (found.isFile()) return found.size;
  throw new EvalrunError('FILE_UNREADABLE', `${file} cannot be read: it is not a file`);
}

/** All bytes of a file. @throws EvalrunError as `fileSize` */
export const fileBytes = (file: string): Promise<Uint8Array> => orUnreadable(file, () => readFile(file));

/** SHA-256 of a file of any size, 64 hex digits. @throws EvalrunError as `fileSize` */
export function fileDigest(file: string): Promise<string> {
  return orUnreadable(file, async () => {
    const hash = createHash('sha256');
    for await (const part of createReadStream(file)) hash.update(part as Uint8Array);
    return hash.digest('hex');
  });
}

async function orUnreadable<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR')
      throw new EvalrunError('FILE_UNREADABLE', `${file} cannot be read: ${message}`, { cause });
    const names = await readdir(path.dirname(file)).catch(() => []);
    const alike = names.filter((name) => path.extname(name) === path.extname(file));
    const hint = nearestHint(path.basename(file), alike, 'files there');
    throw new EvalrunError('FILE_NOT_FOUND', `there is no file ${file}`, {
      cause,
      ...(hint === undefined ? {} : { hint }),
    });
  }
}
