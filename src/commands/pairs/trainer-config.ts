import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { trlDpoConfig } from '../../lib/trl-dpo-config.js';
import { writeWhole } from '../../store/run-folder.js';
import type { PairFile } from './pair-files.js';
import type { PairFormat } from './pair-formats.js';

const name = 'dpo.yaml';
const command = `trl dpo --config ${name} --model_name_or_path MODEL`;
/** A line of a file that evalrun made: no other is written over. */
const mark = '# Written by "evalrun export"';

const isOurs = (file: string): boolean => readFileSync(file, 'utf8').startsWith(mark);

/** Only TRL's trainer reads a file beside the data, and it trains on the split of that name. */
const hasConfig = ({ id }: PairFormat, files: readonly PairFile[]): boolean =>
  id === 'trl' && files.some(({ split }) => split === 'train');

/** The trainer's configuration of somebody else, which stands where ours would go. */
export function foreignTrainerConfig(folder: string, { id }: PairFormat): string | undefined {
  const file = path.join(folder, name);
  return id === 'trl' && existsSync(file) && !isOurs(file) ? file : undefined;
}

/** Writes what TRL's DPO command reads beside the pairs, or takes away what an export in another format left. */
export function writeTrainerConfig(folder: string, format: PairFormat, files: readonly PairFile[]): void {
  const file = path.join(folder, name);
  if (!hasConfig(format, files)) {
    if (existsSync(file) && isOurs(file)) rmSync(file);
    return;
  }
  const validates = files.some(({ split }) => split === 'validation');
  const comments = [
    `${mark.slice(2)}, anew by each; run in this folder: ${command}`,
    'dataset_name is this folder by its name (of "." the trainer cannot make one): mend it if you rename the folder',
  ];
  const data = `../${path.basename(folder)}`;
  writeWhole(file, trlDpoConfig({ comments, data, validates, output: 'model' }));
}

/** How to train on what was written, for the card. */
export const trainingWords = (format: PairFormat, files: readonly PairFile[]): string[] =>
  hasConfig(format, files)
    ? [`- To train on it with TRL, in this folder: \`${command}\`; what \`${name}\` leaves out is left to TRL`]
    : [];
