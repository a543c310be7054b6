import { resolve } from 'node:path';
import type { ConfigSpec } from '../../contract/config-spec.js';
import type { Place } from '../../contract/problem.js';
import { nearest } from '../../lib/nearest.js';
import { applySets } from './apply-sets.js';
import { buildConfig } from './build-config.js';
import { checkGates, checkRepeats, checkRoles, checkSample, rolesAsked } from './check-config.js';
import { checkEnv } from './check-env.js';
import { checkEval } from './check-eval.js';
import type { EvalParts } from './eval-parts.js';
import type { KindSchemas } from './kind-schema.js';
import type { LoadDeps } from './load-deps.js';
import { type LoadedProvider, Providers } from './load-providers.js';
import { type LoadSession, startSession } from './load-session.js';
import { openEval } from './open-eval.js';
import { entriesOf, isObject, listOf, objectOf, type Part, partOf, textOf, within } from './part.js';
import { validate } from './validate.js';
import type { Variables } from './variables.js';

export type { LoadDeps } from './load-deps.js';

/** A config with everything it names, checked. */
export interface LoadedConfig {
  config: ConfigSpec;
  /** Every file that was read, as the user would name it → SHA-256 of its text, 64 hex digits. */
  sources: Map<string, string>;
  /** Provider id → folder of the file that declares it (absolute). */
  providerFolders: { [id: string]: string };
  /** What a person should hear of what was read. */
  notes: string[];
}

/**
 * Loads a config and all documents that it names.
 * @throws AggregateError of EvalrunErrors: all problems of all files
 */
export async function loadConfig(file: string, deps: LoadDeps): Promise<LoadedConfig> {
  const session = startSession(deps);
  const loaded = await loadConfigIn(session, resolve(deps.cwd, file), file);
  session.problems.throwIfAny();
  return loaded!;
}

/** The same within a session; null if there were problems. */
export async function loadConfigIn(session: LoadSession, path: string, file: string): Promise<LoadedConfig | null> {
  const opened = await session.files.open(path, 'config', undefined);
  if (opened === null) return null;
  applySets(opened.source, session.deps.sets ?? [], session.problems);
  const part = partOf(opened.source, [], opened.source.value);
  return (await loadConfigPart(session, part, { folder: opened.folder, file })).loaded;
}

/**
 * The same of a config that is a part of a document.
 * @param look folder that its paths are relative to, the file as the user named it, and roles that need not be asked
 * @returns null for one with problems, or whose items have still to come; its eval as far as it was read, and the roles that it asks
 */
export async function loadConfigPart(
  session: LoadSession,
  part: Part,
  look: { folder: string; file: string; spareRoles?: readonly string[] },
): Promise<{ loaded: LoadedConfig | null; parts: EvalParts | null; asked: string[] }> {
  validateConfig(session, part);
  const parts = await openNamedEval(session, within(part, ['run']), look.folder);
  const variables = parts === null ? null : checkEval(parts, session.deps.registry, session.problems);
  const providers = await loadProviders(session, part, { folder: look.folder, parts });
  if (parts !== null && variables !== null)
    checkAgainstEval(session, part, { parts, variables, providers, spareRoles: look.spareRoles ?? [] });
  const asked = parts === null ? [] : [...rolesAsked(parts).keys()];
  if (session.problems.size > 0 || parts === null || parts.suite === 'unread') return { loaded: null, parts, asked };
  const config = buildConfig(look.file, part.value, { parts, tested: providers.tested, roles: providers.roles });
  const { notes, files } = session;
  return { loaded: { config, sources: files.digests, providerFolders: foldersOf(providers), notes }, parts, asked };
}

/** Checks the form of a config and of the providers and reports in it. */
function validateConfig({ schemas, problems }: LoadSession, part: Part): void {
  validate(schemas.config, part, problems);
  const { providers, roles, reports } = objectOf(part.value);
  const each = (key: string, list: unknown, schema: KindSchemas): void => {
    for (const [index, value] of entriesOf(list))
      if (isObject(value)) validate(schema, within(part, [key, index]), problems);
  };
  each('providers', providers, schemas.provider);
  each('roles', roles, schemas.provider);
  each('reports', reports, schemas.reporter);
}

/** The eval at a part of the config: a file, or in place. */
async function openNamedEval(session: LoadSession, part: Part, folder: string): Promise<EvalParts | null> {
  const named = textOf(part.value);
  if (named === undefined)
    return typeof part.value === 'object' && part.value !== null ? openEval(session, part, folder) : null;
  const opened = await session.files.open(session.files.resolve(folder, named), 'eval', part.place([]));
  if (opened === null) return null;
  return openEval(session, opened.part, opened.folder);
}

interface ConfigProviders {
  tested: LoadedProvider[];
  roles: Map<string, LoadedProvider>;
  /** Ids that gates may name: all providers of the config and those under test. */
  nameable: string[];
  /** Roles that have a provider, even one with problems. */
  filled: string[];
}

async function loadProviders(
  session: LoadSession,
  part: Part,
  look: { folder: string; parts: EvalParts | null },
): Promise<ConfigProviders> {
  const { deps, problems } = session;
  const providers = new Providers(session, look.folder);
  const listed: (LoadedProvider | null)[] = [];
  for (const i of listOf(objectOf(part.value).providers).keys()) {
    const place = within(part, ['providers', i]);
    const one = await providers.at(place);
    if (one !== null && listed.includes(one)) {
      problems.add('DUPLICATE_ID', place.place([]), `provider "${one.spec.id}" is listed twice`, 'list it once');
    }
    listed.push(one);
  }
  const tested =
    deps.providerIds === undefined || deps.providerIds.length === 0
      ? listed
      : await Promise.all(
          [...new Set(deps.providerIds)].map((id) => providers.named(id, deps.cwd, flagPlace('--provider', id))),
        );
  const roles = new Map<string, LoadedProvider>();
  const written = Object.keys(objectOf(objectOf(part.value).roles));
  for (const role of new Set([...written, ...Object.keys(deps.roleIds ?? {})])) {
    const flag = deps.roleIds?.[role];
    const one =
      flag === undefined
        ? await providers.at(within(part, ['roles', role]))
        : await providers.named(flag, deps.cwd, flagPlace('--role', `${role}=${flag}`, role.length + 1));
    if (one !== null) roles.set(role, one);
  }
  const asked = look.parts === null ? new Map<string, string>() : rolesAsked(look.parts);
  for (const [role, id] of Object.entries(deps.roleIds ?? {})) {
    // A role that the eval has no use for is no mistake on the command line, where one flag may serve several configs.
    const meant = asked.has(role) ? undefined : nearest(role, [...asked.keys()]);
    if (meant === undefined) continue;
    const message = `nothing in the eval asks the role "${role}"`;
    session.problems.add('UNKNOWN_ROLE', flagPlace('--role', `${role}=${id}`), message, `did you mean "${meant}"?`);
  }
  const used = tested.filter((one) => one !== null);
  const inRoles = [...roles].filter(([role]) => asked.has(role));
  for (const one of new Set([...used, ...inRoles.map(([, provider]) => provider)])) checkEnv(session, one);
  const nameable = [...used, ...listed.filter((one) => one !== null)].map((one) => one.spec.id);
  return {
    tested: used,
    roles: new Map(inRoles),
    nameable,
    filled: [...written, ...Object.keys(deps.roleIds ?? {})],
  };
}

/** A place in the text of a flag. */
function flagPlace(flag: string, text: string, offset = 0): Place {
  return { file: flag, line: 1, column: offset + 1, frame: `> 1 | ${text}\n    | ${' '.repeat(offset)}^` };
}

function checkAgainstEval(
  session: LoadSession,
  part: Part,
  look: { parts: EvalParts; variables: Variables; providers: ConfigProviders; spareRoles: readonly string[] },
): void {
  const { problems } = session;
  const { parts, variables, providers } = look;
  checkGates(part, parts, { providers: providers.nameable, problems });
  checkSample(part, parts, { variables, problems });
  checkRepeats(part, parts, { registry: session.deps.registry, problems });
  checkRoles(part, { asked: rolesAsked(parts), filled: providers.filled, spare: look.spareRoles, problems });
}

function foldersOf({ tested, roles }: ConfigProviders): { [id: string]: string } {
  return Object.fromEntries([...tested, ...roles.values()].map((one) => [one.spec.id, one.folder]));
}
