import type { Invocation } from './invocation.js';

/** A line for a person, on stderr; nothing where a script listens. */
export function say({ flags, stderr }: Pick<Invocation, 'flags' | 'stderr'>, text: string): void {
  if (flags.json !== true) stderr.write(`${text}\n`);
}
