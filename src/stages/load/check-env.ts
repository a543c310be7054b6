import type { Place } from '../../contract/problem.js';
import type { LoadedProvider } from './load-providers.js';
import type { LoadSession } from './load-session.js';
import { isObject, type Path } from './part.js';

/** Adds a problem for each environment variable that a provider needs and that is not set. */
export function checkEnv(session: LoadSession, { spec, part }: LoadedProvider): void {
  const kind = session.deps.registry.providers.find((one) => one.kind === spec.kind);
  for (const need of kind?.envNeeds(spec.options) ?? []) {
    if (!need.required || session.deps.env[need.name]) continue;
    const message = `provider "${spec.id}" needs the environment variable ${need.name}, which is not set`;
    const hint = `set ${need.name}, or pass --env-file F with a line ${need.name}=…`;
    session.problems.add('ENV_MISSING', placeOfName(need.name), message, hint);
  }
  function placeOfName(name: string): Place {
    return part.place(pathOfText(spec.options, name) ?? ['provider']);
  }
}

/** Path of the first text with a given value. */
function pathOfText(value: unknown, text: string): Path | undefined {
  if (!isObject(value)) return undefined;
  for (const [key, entry] of Object.entries(value)) {
    if (entry === text) return [key];
    const inner = pathOfText(entry, text);
    if (inner !== undefined) return [key, ...inner];
  }
  return undefined;
}
