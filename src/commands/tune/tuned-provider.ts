import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { EvalrunError } from '../../contract/problem.js';
import type { TrainingFile } from '../../contract/trainer-kind.js';
import { type LoadedTune, providerIdOf } from '../../stages/load/load-tune.js';
import { writeWhole } from '../../store/run-folder.js';

/** First line of a provider file that evalrun wrote: no other file is written over. */
const mark = '# Written by "evalrun tune".';

/**
 * Makes sure that the provider file may be written, before anything is paid for.
 * @throws EvalrunError FILE_EXISTS
 */
export function checkProviderFile({ providerFile, providerPlace }: LoadedTune): void {
  if (!existsSync(providerFile) || readFileSync(providerFile, 'utf8').startsWith(mark)) return;
  throw new EvalrunError('FILE_EXISTS', `${path.basename(providerFile)} is there already, and not of evalrun tune`, {
    where: providerPlace,
    hint: 'name another file under provider, or move that one away',
  });
}

/** What a provider file tells beside the base's own keys. */
export interface TunedModel {
  /** Name by which the endpoint knows it. */
  model: string;
  files: readonly TrainingFile[];
  /** Lines for the header. */
  origin: string[];
}

/** Writes the provider of the tuned model: the base's document with another id and model, without its prices. */
export function writeProvider(loaded: LoadedTune, { model, files, origin }: TunedModel): void {
  const { prices: _, title: __, ...base } = loaded.baseDocument;
  const id = providerIdOf(loaded.providerFile);
  const document = { ...base, provider: id, title: `${loaded.model}, tuned as ${loaded.id}`, model };
  const header = [
    mark,
    ...origin,
    `base: ${loaded.model} of provider ${loaded.base.id}`,
    ...files.map(({ split, rows, sha256 }) => `${split}: ${rows} pairs, SHA-256 ${sha256}`),
  ].map((line, index) => (index === 0 ? line : `# ${line.replaceAll(/\s+/g, ' ')}`));
  mkdirSync(path.dirname(loaded.providerFile), { recursive: true });
  writeWhole(loaded.providerFile, `${header.join('\n')}\n${stringify(document, { lineWidth: 0 })}`);
}
