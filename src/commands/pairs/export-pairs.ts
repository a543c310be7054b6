import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { PairsSpec } from '../../contract/eval-spec.js';
import { EvalrunError } from '../../contract/problem.js';
import { jsonLine } from '../../lib/json-line.js';
import { writeWhole } from '../../store/run-folder.js';
import { exitCodes } from '../exit-codes.js';
import { finishedReport } from '../finish.js';
import type { Flags, Invocation } from '../invocation.js';
import { openRun } from '../open-run.js';
import { cardMark, isSimulated } from './card-front-matter.js';
import { checkWritten } from './check-written.js';
import { datasetCard } from './dataset-card.js';
import { type Keep, keeper, keeps } from './keep.js';
import { type Split, splits } from './pair.js';
import type { PairCounts } from './pair-counts.js';
import { type PairExtension, type PairFile, PairFiles, type PairTarget, pairExtensions } from './pair-files.js';
import { type PairFormat, pairFormats } from './pair-formats.js';
import { printCounts } from './print-counts.js';
import { RejectedFile } from './rejected-file.js';
import { defaultUnseen } from './split-of.js';
import { foreignTrainerConfig, writeTrainerConfig } from './trainer-config.js';
import { writePairs } from './write-pairs.js';

/** Flags of `evalrun export` for pairs. */
export interface PairFlags extends Flags {
  format?: string;
  keep?: string;
  unseen?: number;
  fileType?: string;
  licence?: string;
  rejected?: string;
  maxBytes?: number;
}

const card = 'README.md';

function badFlag(message: string, hint: string): EvalrunError {
  return new EvalrunError('BAD_FLAG', message, { hint });
}

function keepOf({ keep: given }: PairFlags, { preferred }: PairsSpec): Keep {
  const keep = given ?? (preferred === undefined ? 'all' : 'preferred');
  const found = keeps.find((one) => one === keep);
  if (found === undefined) throw badFlag(`--keep ${keep} means nothing`, keeps.join(', '));
  return found;
}

/** Flags that mean nothing for this eval or format. */
function checkFlags({ unseen, maxBytes }: PairFlags, spec: PairsSpec, format: PairFormat): void {
  if (unseen !== undefined && spec.split !== undefined)
    throw badFlag(`--unseen is for splits by persona; this eval splits by ${spec.split.by}`, 'leave it out');
  if (maxBytes !== undefined && format.mostBytes === undefined)
    throw badFlag(`--max-bytes is for files that a vendor limits, not for ${format.id}`, 'leave it out');
  if (format.id === 'persona' && spec.prompt !== undefined)
    throw badFlag('format persona has no place for a conversation', 'use pairs, trl or openai');
}

const extensionOf = (file: string): PairExtension | undefined =>
  pairExtensions.find((one) => file.toLowerCase().endsWith(one));

/** Where the pairs go: `--out FILE.jsonl`, `--out FOLDER`, or a folder inside the run's. */
function targetOf({ out, fileType, licence }: PairFlags, format: PairFormat, folder: string, cwd: string): PairTarget {
  const named = out === undefined ? undefined : extensionOf(out);
  if (named !== undefined && licence !== undefined)
    throw badFlag(
      `--licence is for the card of a folder; ${out} is one file`,
      'name a folder with --out, or leave it out',
    );
  if (named !== undefined && fileType !== undefined)
    throw badFlag(
      `--file-type is for folders; ${out} is one file`,
      'name a folder with --out, or leave --file-type out',
    );
  const extension = named ?? pairExtensions.find((one) => one === `.${fileType ?? 'jsonl'}`);
  const known = pairExtensions.map((one) => one.slice(1)).join(', ');
  if (extension === undefined) throw badFlag(`--file-type ${fileType} means nothing`, known);
  if (out !== undefined && named === undefined && /\.[a-z]\w*$/i.test(out))
    throw badFlag(`${out} is neither a folder nor a file of a known type`, `files end in ${pairExtensions.join(', ')}`);
  if (extension !== '.jsonl' && ['trl', 'openai'].includes(format.id))
    throw badFlag(
      `format ${format.id} holds lists of messages: only JSON Lines can`,
      'use .jsonl, or format pairs or persona',
    );
  if (out === undefined) return { folder: path.join(folder, 'pairs', format.id), extension };
  return named === undefined ? { folder: path.resolve(cwd, out), extension } : { file: path.resolve(cwd, out) };
}

/** Every file that an export may leave in a folder beside its card. */
const splitFiles = (folder: string): string[] =>
  splits.flatMap((split) => pairExtensions.map((extension) => path.join(folder, `${split}${extension}`)));

/** The file of what the filters leave out: never one that the pairs themselves go to. */
function rejectedFile({ rejected }: PairFlags, target: PairTarget, cwd: string): RejectedFile | null {
  if (rejected === undefined) return null;
  const file = path.resolve(cwd, rejected);
  if ('file' in target ? target.file === file : splitFiles(target.folder).includes(file))
    throw badFlag(`--rejected ${rejected} is a file of the pairs that are kept`, 'give it another name');
  return new RejectedFile(file);
}

/** An earlier export in the folder makes room; files of somebody else do not. Only a card of ours tells the two apart. */
function checkFolder(folder: string, format: PairFormat): void {
  const file = path.join(folder, card);
  const isOurs = existsSync(file) && readFileSync(file, 'utf8').includes(`\n${cardMark}\n`);
  const others = isOurs ? [] : [file, ...splitFiles(folder)];
  const foreign = others.find((one) => existsSync(one)) ?? foreignTrainerConfig(folder, format);
  if (foreign === undefined) return;
  throw new EvalrunError('FILE_EXISTS', `${foreign} would be written over`, {
    hint: 'name another folder with --out, or move the file',
  });
}

/** Removes split files of an earlier export that this one did not write. */
function dropStale(folder: string, files: readonly PairFile[]): void {
  const written = new Set(files.map(({ file }) => file));
  for (const file of splitFiles(folder)) if (!written.has(file)) rmSync(file, { force: true });
}

/**
 * `evalrun export RUN --format pairs|trl|openai|persona`: preference pairs as files, read back and checked, with a card.
 * @throws EvalrunError BAD_FLAG, NO_PAIRS, FILE_EXISTS, FILE_TOO_LARGE, BAD_TABLE, and what opening a run throws
 */
export async function exportPairs(runFolder: string, invocation: Invocation): Promise<number> {
  const flags = invocation.flags as PairFlags;
  const format = pairFormats.find(({ id }) => id === flags.format)!;
  const run = openRun(runFolder, invocation);
  const target = targetOf(flags, format, run.folder, invocation.cwd);
  const spec = run.plan.matrix.eval.pairs;
  if (spec === undefined)
    throw new EvalrunError('NO_PAIRS', `the eval of this run says nothing of pairs`, {
      hint: 'give the eval the key "pairs" and run the config again: its recorded replies are reused',
    });
  const keep = keepOf(flags, spec);
  checkFlags(flags, spec, format);
  const notKept = keeper(keep, spec);
  const unseen = flags.unseen ?? defaultUnseen;
  if (flags.out !== undefined && 'folder' in target) checkFolder(target.folder, format);
  const left = rejectedFile(flags, target, invocation.cwd);
  const into = new PairFiles(target, format, spec, flags.maxBytes);
  const { counts, files } = await writePairs(run, into, { unseen, notKept, left });
  const checked = await checkWritten(files, format, spec);
  if ('folder' in target && files.length > 0) {
    dropStale(target.folder, files);
    writeTrainerConfig(target.folder, format, files);
    const input = { plan: run.plan, spec, format, keep, unseen, licence: flags.licence, counts, files };
    writeWhole(path.join(target.folder, card), datasetCard({ ...input, report: finishedReport(run) }));
  }
  const simulated = isSimulated(run.plan);
  const place = 'file' in target ? target.file : target.folder;
  if (flags.json === true)
    invocation.stdout.write(`${jsonLine({ ...summary(counts, files, checked, invocation.cwd), simulated })}\n`);
  else if (flags.quiet !== true) printCounts({ counts, files, checked, place, format, keep, simulated }, invocation);
  if (files.length === 0)
    throw new EvalrunError('NO_PAIRS', 'no pair is left to be written', { hint: whyNone(counts) });
  return exitCodes.complete;
}

/** Of pairs that are split by a field: how many values, entities and domains. */
function contentsOf(counts: PairCounts, split: Split): object {
  const contents = counts.contents(split);
  return contents.groups === 0 ? {} : contents;
}

function whyNone({ noPair, notKept, filtered }: PairCounts): string {
  const filters = Object.entries(filtered).flatMap(([label, reasons]) =>
    Object.entries(reasons).map(([why, n]): [string, number] => [`${label}, ${why}`, n]),
  );
  const reasons = [...Object.entries(noPair), ...Object.entries(notKept), ...filters].map(([why, n]) => `${why}: ${n}`);
  return `${reasons.join('; ')}${Object.keys(notKept).length > 0 ? '; --keep all keeps every pair' : ''}`;
}

function summary(counts: PairCounts, files: readonly PairFile[], checked: number, cwd: string): object {
  const { cells, pairs, kept, noPair, notKept, verdicts, filtered } = counts;
  return {
    type: 'pairs',
    cells,
    pairs,
    kept,
    splits: Object.fromEntries(
      splits.map((split) => [
        split,
        { pairs: counts.rows(split), personas: counts.personas(split), ...contentsOf(counts, split) },
      ]),
    ),
    leftOut: { ...noPair, ...notKept },
    ...(Object.keys(filtered).length === 0 ? {} : { filtered }),
    verdicts,
    files: files.map(({ file, split, rows }) => ({ file: path.relative(cwd, file), split, rows })),
    checked,
  };
}
