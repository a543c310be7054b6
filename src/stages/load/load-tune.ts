import { resolve } from 'node:path';
import type { ProviderSpec } from '../../contract/config-spec.js';
import { type TuneDocument, tuneDocument } from '../../contract/documents/tune-document.js';
import { ID_PATTERN } from '../../contract/documents/words.js';
import type { Json, JsonObject } from '../../contract/json.js';
import type { Place } from '../../contract/problem.js';
import type { TrainerKind } from '../../contract/trainer-kind.js';
import { checkEnv } from './check-env.js';
import type { OpenDocument } from './document-files.js';
import type { LoadDeps } from './load-deps.js';
import { type LoadedProvider, Providers } from './load-providers.js';
import { type LoadSession, startSession } from './load-session.js';
import { textOf, within } from './part.js';
import { validate } from './validate.js';

/** A tune document, with its form and its base checked; the pairs are not read here. */
export interface LoadedTune {
  id: string;
  trainer: TrainerKind;
  /** Options of the kind. */
  options: JsonObject;
  base: ProviderSpec;
  basePlace: Place;
  /** The provider document of the base as it is written. */
  baseDocument: JsonObject;
  model: string;
  /** Absolute: folder or file. */
  pairs: string;
  pairsPlace: Place;
  /** Absolute. */
  providerFile: string;
  providerPlace: Place;
}

/**
 * Loads a tune document and the provider that it names.
 * @throws AggregateError of EvalrunErrors: all problems
 */
export async function loadTune(file: string, deps: LoadDeps): Promise<LoadedTune> {
  const session = startSession(deps);
  const opened = await session.files.open(resolve(deps.cwd, file), 'tune', undefined);
  const loaded = opened === null ? null : await tuneOf(session, opened);
  session.problems.throwIfAny();
  return loaded!;
}

/** The same for a document that is open; null, with problems, if it is not sound. */
export async function tuneOf(session: LoadSession, { part, folder }: OpenDocument): Promise<LoadedTune | null> {
  const { problems, schemas, files, deps } = session;
  const isFormal = validate(schemas.tune, part, problems);
  const document = part.value as TuneDocument & JsonObject;
  const trainer = deps.registry.trainers.find(({ kind }) => kind === document.kind);
  const base = await new Providers(session, folder).at(within(part, ['base']));
  if (base !== null && trainer !== undefined) checkBase(session, { base, trainer, place: part.place(['base']) });
  const target = textOf(document.provider);
  if (target !== undefined && isFormal) checkTarget(session, { base, place: part.place(['provider']), target });
  if (!isFormal || trainer === undefined || base === null) return null;
  const own = Object.entries(document).filter(([key]) => !Object.hasOwn(tuneDocument.properties, key));
  return {
    id: document.tune,
    trainer,
    options: Object.fromEntries(own as [string, Json][]),
    base: base.spec,
    basePlace: part.place(['base']),
    baseDocument: base.part.value as JsonObject,
    model: document.model ?? (base.spec.options.model as string),
    pairs: files.resolve(folder, document.pairs),
    pairsPlace: part.place(['pairs']),
    providerFile: files.resolve(folder, document.provider),
    providerPlace: part.place(['provider']),
  };
}

/** The base must be of a kind that the trainer can tune, and its key must be there if it is used. */
function checkBase(
  session: LoadSession,
  { base, trainer, place }: { base: LoadedProvider; trainer: TrainerKind; place: Place },
): void {
  if (trainer.baseKinds.includes(base.spec.kind)) {
    if (trainer.place === 'endpoint') checkEnv(session, base);
    return;
  }
  const message = `kind ${trainer.kind} cannot tune provider "${base.spec.id}", which is of kind ${base.spec.kind}`;
  session.problems.add('BAD_OPTIONS', place, message, `name a provider of kind ${trainer.baseKinds.join(', ')}`);
}

/** The tuned model needs a file, and so an id, of its own. */
function checkTarget(
  { problems }: LoadSession,
  { base, place, target }: { base: LoadedProvider | null; place: Place; target: string },
): void {
  const id = providerIdOf(target);
  const hint = 'its name without .yaml is the id of the new provider, e.g. providers/quieter.yaml';
  if (id === base?.spec.id) problems.add('BAD_OPTIONS', place, `${id} is the base itself`, hint);
  if (!new RegExp(ID_PATTERN).test(id)) problems.add('BAD_OPTIONS', place, `"${id}" is no id`, hint);
}

/** Id of a provider by its file. */
export const providerIdOf = (file: string): string => file.replace(/^.*[/\\]/, '').replace(/\.ya?ml$/, '');
