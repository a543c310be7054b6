import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { JsonObject } from '../../contract/json.js';
import { EvalrunError, type Place } from '../../contract/problem.js';
import { type TrainingFile, type TrainingSplit, trainingSplits } from '../../contract/trainer-kind.js';
import { jsonFault } from '../../lib/json-fault.js';
import type { LoadedTune } from '../../stages/load/load-tune.js';
import { byteLines } from '../../tables/byte-lines.js';

/** Problems of one file that are shown; whoever has more will come back. */
const mostProblems = 20;

/** The files that the document names: one for training, or a folder as `evalrun export` writes it. */
function locate({ pairs, pairsPlace, trainer }: LoadedTune): [TrainingSplit, string][] {
  const fail = (message: string): EvalrunError =>
    new EvalrunError('BAD_PAIRS', message, {
      where: pairsPlace,
      hint: `evalrun export RUN --format ${trainer.pairFormat} --out FOLDER writes such a folder`,
    });
  if (!existsSync(pairs)) throw fail(`there is nothing at ${pairs}`);
  if (!statSync(pairs).isDirectory()) {
    if (!pairs.endsWith('.jsonl')) throw fail(`${path.basename(pairs)} is no .jsonl file`);
    return [['train', pairs]];
  }
  const found = trainingSplits
    .map((split): [TrainingSplit, string] => [split, path.join(pairs, `${split}.jsonl`)])
    .filter(([, file]) => existsSync(file));
  if (found[0]?.[0] !== 'train') throw fail(`${path.basename(pairs)} has no train.jsonl`);
  return found;
}

/** What is wrong with a line, and at which column; null if nothing is. */
function lineFault(bytes: Uint8Array, { trainer }: LoadedTune): { message: string; column: number } | null {
  const at = (message: string, column = 1) => ({ message, column });
  let line: string;
  let row: unknown;
  try {
    line = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return at('the line is not UTF-8');
  }
  if (line.trim() === '') return at('the line is empty');
  try {
    row = JSON.parse(line);
  } catch {
    const fault = jsonFault(line);
    return at(`the line is not JSON: expected ${fault?.expected}`, (fault?.offset ?? 0) + 1);
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return at('the line is no JSON object');
  const message = trainer.rowFault(row as JsonObject);
  return message === null ? null : at(message);
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toLocaleString('en-US')} MB`;

/** Checks one file; adds what is wrong with it to the problems, and then gives null. */
async function checkFile(
  [split, file]: [TrainingSplit, string],
  loaded: LoadedTune,
  problems: EvalrunError[],
  name: string,
): Promise<TrainingFile | null> {
  const { trainer, options } = loaded;
  const limits = trainer.limits(options);
  const bytes = statSync(file).size;
  const before = problems.length;
  const add = (message: string, line = 1, column = 1): void => {
    const where: Place = { file: name, line, column };
    const hint = `each line is one pair in the format of: evalrun export RUN --format ${trainer.pairFormat}`;
    problems.push(new EvalrunError('BAD_PAIRS', message, { where, hint }));
  };
  if (limits.fileBytes !== null && bytes > limits.fileBytes) {
    add(`the file has ${megabytes(bytes)}; the trainer takes at most ${megabytes(limits.fileBytes)}`);
    return null;
  }
  const hash = createHash('sha256');
  let rows = 0;
  for await (const line of byteLines(file, (piece) => hash.update(piece))) {
    rows++;
    const fault = lineFault(line, loaded);
    if (fault !== null) add(fault.message, rows, fault.column);
    if (problems.length - before === mostProblems) return null;
  }
  if (rows === 0) add('the file has no pairs');
  else if (split === 'train' && rows < limits.pairs)
    add(`the file has ${rows} pairs; the trainer takes at least ${limits.pairs}`);
  return problems.length > before ? null : { split, file, rows, bytes, sha256: hash.digest('hex') };
}

/**
 * Reads the pairs of a tuning to their end, one line in memory at a time, before anything is sent.
 * @param nameOf a path as a person would type it
 * @throws AggregateError of EvalrunErrors BAD_PAIRS, each with file and line
 */
export async function trainingFiles(loaded: LoadedTune, nameOf: (file: string) => string): Promise<TrainingFile[]> {
  const problems: EvalrunError[] = [];
  const files: (TrainingFile | null)[] = [];
  for (const found of locate(loaded)) files.push(await checkFile(found, loaded, problems, nameOf(found[1])));
  if (problems.length > 0) throw new AggregateError(problems);
  return files.filter((one) => one !== null);
}
