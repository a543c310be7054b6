import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { JsonObject } from '../../contract/json.js';
import { EvalrunError } from '../../contract/problem.js';
import {
  type FolderTrainerKind,
  type TrainingFile,
  type TuningOrder,
  trainingSplits,
} from '../../contract/trainer-kind.js';
import { jsonLine } from '../../lib/json-line.js';
import { writeWhole } from '../../store/run-folder.js';
import { byteLines } from '../../tables/byte-lines.js';
import { PartialFile } from '../../tables/partial-file.js';

/** A file of ours says so; files of somebody else are not written over. */
const mark = 'evalrun tune';

function checkFolder(folder: string, names: string[]): void {
  const foreign = names
    .map((name) => path.join(folder, name))
    .find((file) => existsSync(file) && !readFileSync(file, 'utf8').includes(mark));
  if (foreign === undefined) return;
  throw new EvalrunError('FILE_EXISTS', `${foreign} would be written over`, { hint: 'name another folder with --out' });
}

async function copyRows(from: TrainingFile, to: string, row: (row: JsonObject) => JsonObject): Promise<void> {
  const target = new PartialFile(to);
  try {
    for await (const line of byteLines(from.file))
      await target.text(`${jsonLine(row(JSON.parse(line.toString('utf8')) as JsonObject))}\n`);
    await target.finish();
  } catch (error) {
    await target.abort();
    throw error;
  }
}

/**
 * Writes the folder that a trainer of one's own reads: data, its configuration, a README.
 * @returns names of what was written
 * @throws EvalrunError FILE_EXISTS; then nothing was written
 */
export async function writeTrainerFolder(
  folder: string,
  kind: FolderTrainerKind,
  order: TuningOrder,
): Promise<string[]> {
  const { files } = kind.folder(order);
  checkFolder(folder, Object.keys(files));
  mkdirSync(path.join(folder, 'data'), { recursive: true });
  const written: string[] = [];
  for (const split of trainingSplits) {
    const name = path.join('data', `${split}.jsonl`);
    const from = order.files.find((one) => one.split === split);
    if (from === undefined) {
      rmSync(path.join(folder, name), { force: true });
      continue;
    }
    await copyRows(from, path.join(folder, name), kind.row);
    written.push(name);
  }
  for (const [name, content] of Object.entries(files)) writeWhole(path.join(folder, name), content);
  return [...written, ...Object.keys(files)];
}
