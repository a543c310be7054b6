import { EvalrunError } from '../contract/problem.js';
import { registry } from '../registry.js';
import { exitCodes } from './exit-codes.js';
import type { Invocation } from './invocation.js';

/** `evalrun list kinds`: what a YAML document can name as a `kind`. */
export async function list([what = 'kinds']: string[], { stdout, flags }: Invocation): Promise<number> {
  if (what !== 'kinds')
    throw new EvalrunError('BAD_FLAG', `there is no list of ${what}`, { hint: 'evalrun list kinds' });
  const kinds = Object.entries(registry).map(([family, members]) => ({
    family,
    kinds: members.map((member: { kind: string }) => member.kind),
  }));
  if (flags.json === true) for (const row of kinds) stdout.write(`${JSON.stringify(row)}\n`);
  else
    for (const { family, kinds: names } of kinds)
      if (names.length > 0) stdout.write(`${family.padEnd(10)} ${names.join(' ')}\n`);
  return exitCodes.complete;
}
