import path from 'node:path';
import { EvalrunError } from '../contract/problem.js';
import type { FolderTrainerKind } from '../contract/trainer-kind.js';
import { registry } from '../registry.js';
import { type LoadedTune, loadTune, providerIdOf } from '../stages/load/load-tune.js';
import { exitCodes } from './exit-codes.js';
import type { Flags, Invocation } from './invocation.js';
import { loadDeps } from './prepare.js';
import { cancelAtEndpoint, tuneAtEndpoint } from './tune/at-endpoint.js';
import { trainingFiles } from './tune/training-files.js';
import { TuneOutput } from './tune/tune-output.js';
import { type TuneTask, tuneTask } from './tune/tune-task.js';
import { checkProviderFile, writeProvider } from './tune/tuned-provider.js';
import { writeTrainerFolder } from './tune/write-folder.js';

/** Flags of `evalrun tune`. */
type TuneFlags = Flags & { cancel?: boolean };

/** Writes what a trainer of one's own reads, and the provider by which its result will be tested. */
async function writeFolder({ loaded, order, folder }: TuneTask, kind: FolderTrainerKind, output: TuneOutput) {
  const written = await writeTrainerFolder(folder, kind, order);
  const { served, command } = kind.folder(order);
  const origin = [`serve it first, as README.md in ${path.basename(folder)} says`];
  writeProvider(loaded, { model: served, files: order.files, origin });
  output.result(`wrote ${written.map((name) => output.shown(path.join(folder, name))).join(', ')}`);
  output.result(`train: cd ${output.shown(folder)} && ${command}`);
  output.result(`provider: ${output.shown(loaded.providerFile)}`);
  const provider = loaded.providerFile;
  const exitCode = exitCodes.complete;
  output.record({ type: 'done', status: 'written', job: null, model: served, error: null, provider, exitCode });
  return exitCode;
}

function addSecrets({ base }: LoadedTune, invocation: Invocation): void {
  const kind = registry.providers.find((one) => one.kind === base.kind);
  const needs = kind?.envNeeds(base.options) ?? [];
  invocation.addSecrets(needs.filter(({ secret }) => secret).map(({ name }) => name));
}

function announce({ loaded, order, folder }: TuneTask, output: TuneOutput): void {
  const { id, trainer, model, providerFile } = loaded;
  const counts = order.files.map(({ split, rows }) => `${rows.toLocaleString('en-US')} ${split}`).join(', ');
  output.say(`${id}: ${trainer.kind}, ${model}, pairs: ${counts}, ${output.shown(folder)}`);
  output.record({
    type: 'launch',
    tune: id,
    kind: trainer.kind,
    model,
    folder,
    provider: providerIdOf(providerFile),
    files: order.files.map(({ split, rows, bytes, sha256 }) => ({ split, rows, bytes, sha256 })),
  });
}

/**
 * `evalrun tune CONFIG`: checks the pairs, then trains at an endpoint (goes on with what was started in the folder) or writes
 * the folder for a trainer of one's own. Writes the provider of the tuned model.
 * @throws EvalrunError, or an AggregateError of them: bad documents or pairs, a refused request
 */
export async function tune([config = '']: string[], invocation: Invocation): Promise<number> {
  const { cancel } = invocation.flags as TuneFlags;
  const loaded = await loadTune(config, loadDeps(invocation));
  addSecrets(loaded, invocation);
  const { trainer } = loaded;
  const output = new TuneOutput(invocation);
  if (cancel === true) {
    if (trainer.place === 'folder')
      throw new EvalrunError('BAD_FLAG', `--cancel is for jobs at an endpoint; kind ${trainer.kind} starts none`);
    return cancelAtEndpoint({ task: tuneTask(loaded, [], config, invocation), kind: trainer, invocation, output });
  }
  const files = await trainingFiles(loaded, (file) => output.shown(file));
  checkProviderFile(loaded);
  const task = tuneTask(loaded, files, config, invocation);
  announce(task, output);
  if (trainer.place === 'folder') return writeFolder(task, trainer, output);
  return tuneAtEndpoint({ task, kind: trainer, invocation, output });
}
