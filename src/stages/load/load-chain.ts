import { resolve } from 'node:path';
import type { ChainExport } from '../../contract/documents/chain-document.js';
import { EvalrunError } from '../../contract/problem.js';
import { nearestHint } from '../../lib/nearest.js';
import { applySets } from './apply-sets.js';
import { checkExports, checkStageOrder, type ReadStage } from './check-chain-stages.js';
import { type OpenDocument, typeOf } from './document-files.js';
import { type LoadedConfig, loadConfigPart } from './load-config.js';
import type { LoadDeps } from './load-deps.js';
import { type LoadSession, startSession } from './load-session.js';
import { listOf, merged, objectOf, type Part, partOf, within } from './part.js';
import { validate } from './validate.js';

/** Keys at the top of a chain that are no keys of a config. */
const CHAIN_KEYS = ['chain', 'title', 'stages', 'exports'];

/** A chain whose stages have the right form. */
export interface LoadedChain {
  id: string;
  /** In the order in which they are run. */
  stages: string[];
  exports: ChainExport[];
}

/**
 * Opens a file if it is a chain, and checks it with all its stages, as far as they do not depend on runs to come.
 * @returns null for a document of another type
 * @throws AggregateError of EvalrunErrors: all problems of all files
 */
export async function loadChain(file: string, deps: LoadDeps): Promise<LoadedChain | null> {
  const session = startSession(deps);
  const opened = await session.files.openAny(resolve(deps.cwd, file), undefined);
  if (opened === null || typeOf(opened.part.value) !== 'chain') {
    // Whoever opens it as what it is meant to be says what is wrong with it.
    return null;
  }
  const chain = await checkChain(session, opened, file);
  session.problems.throwIfAny();
  return chain;
}

/** Checks a chain and its stages. */
export async function checkChain(session: LoadSession, opened: OpenDocument, file: string): Promise<LoadedChain> {
  const part = chainPart(session, opened);
  validate(session.schemas.chain, part, session.problems);
  const asked = new Set<string>();
  const { stages, exports, roles } = objectOf(part.value);
  const names = Object.keys(objectOf(stages));
  // Runs that a chain makes itself are not there yet, and older ones are not what it will read.
  const { openSourceRun: _, ...deps } = session.deps;
  const read: ReadStage[] = [];
  for (const name of names) {
    const sources: ReadStage['sources'] = [];
    const own = { ...session, deps: { ...deps, sourceRunsMayCome: true }, sources };
    const loaded = await loadConfigPart(own, stagePart(part, name), lookFor(part, opened, file));
    read.push({ name, parts: loaded.parts, sources });
    for (const role of loaded.asked) asked.add(role);
  }
  for (const role of Object.keys(objectOf(roles))) {
    if (asked.has(role) || names.length === 0) continue;
    const hint = nearestHint(role, [...asked], 'roles');
    session.problems.add('UNKNOWN_ROLE', part.place(['roles', role], 'key'), `no stage asks the role "${role}"`, hint);
  }
  for (const [i, one] of listOf(exports).entries()) {
    const { stage } = objectOf(one);
    if (typeof stage !== 'string' || names.includes(stage)) continue;
    const hint = nearestHint(stage, names, 'stages');
    session.problems.add('UNKNOWN_STAGE', part.place(['exports', i, 'stage']), `there is no stage "${stage}"`, hint);
  }
  checkStageOrder(read, session.problems);
  checkExports(part, read, session.problems);
  return { id: String(objectOf(part.value).chain), stages: names, exports: listOf(exports) as ChainExport[] };
}

/**
 * Loads one stage of a chain as a config.
 * @throws AggregateError of EvalrunErrors, UNKNOWN_STAGE among them
 */
export async function loadStage(file: string, stage: string, deps: LoadDeps): Promise<LoadedConfig> {
  const session = startSession(deps);
  const opened = await session.files.open(resolve(deps.cwd, file), 'chain', undefined);
  session.problems.throwIfAny();
  const part = chainPart(session, opened!);
  const names = Object.keys(objectOf(objectOf(part.value).stages));
  if (!names.includes(stage)) {
    const hint = nearestHint(stage, names, 'stages') ?? `stages: ${names.join(', ')}`;
    throw new EvalrunError('UNKNOWN_STAGE', `${file} has no stage "${stage}"`, { hint });
  }
  const { loaded } = await loadConfigPart(session, stagePart(part, stage), lookFor(part, opened!, file));
  session.problems.throwIfAny();
  return loaded!;
}

function chainPart(session: LoadSession, opened: OpenDocument): Part {
  applySets(opened.source, session.deps.sets ?? [], session.problems);
  return partOf(opened.source, [], opened.source.value);
}

const stagePart = (chain: Part, name: string): Part => merged(within(chain, ['stages', name]), chain, CHAIN_KEYS);

/** Roles at the top are for those stages that ask them. */
const lookFor = (chain: Part, { folder }: OpenDocument, file: string) => ({
  folder,
  file,
  spareRoles: Object.keys(objectOf(objectOf(chain.value).roles)),
});
