import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { EvalrunError } from '../contract/problem.js';

/**
 * Reads several text files of one folder; file name → text.
 * @throws EvalrunError `FILE_UNREADABLE` for the first that cannot be read
 */
export async function readTexts<Name extends string>(
  folder: string,
  names: readonly Name[],
): Promise<{ [name in Name]: string }> {
  const texts = await Promise.all(
    names.map(async (name): Promise<[Name, string]> => {
      const file = path.join(folder, name);
      try {
        return [name, await readFile(file, 'utf8')];
      } catch (cause) {
        throw new EvalrunError('FILE_UNREADABLE', `${file} cannot be read`, { cause });
      }
    }),
  );
  return Object.fromEntries(texts) as { [name in Name]: string };
}
