import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EvalrunError } from '../contract/problem.js';
import { exitCodes } from './exit-codes.js';
import { type Invocation, packageFolder } from './invocation.js';

/** `evalrun schema [DOCUMENT]`: one JSON Schema, or the names of all. */
export async function schema([document]: string[], { stdout }: Invocation): Promise<number> {
  const folder = path.join(packageFolder, 'schemas');
  const names = readdirSync(folder).map((file) => file.replace('.schema.json', ''));
  if (document === undefined) stdout.write(`${names.join('\n')}\n`);
  else if (names.includes(document)) stdout.write(readFileSync(path.join(folder, `${document}.schema.json`), 'utf8'));
  else throw new EvalrunError('BAD_FLAG', `there is no schema ${document}`, { hint: `there are ${names.join(', ')}` });
  return exitCodes.complete;
}
