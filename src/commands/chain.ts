import path from 'node:path';
import type { ChainExport } from '../contract/documents/chain-document.js';
import { EvalrunError } from '../contract/problem.js';
import { type LoadedChain, loadChain } from '../stages/load/load-chain.js';
import { placeRun } from '../store/run-folder.js';
import { type ExitCode, exitCodes } from './exit-codes.js';
import { finishedReport } from './finish.js';
import type { Flags, Invocation } from './invocation.js';
import { exportPairs, type PairFlags } from './pairs/export-pairs.js';
import { loadDeps, type Prepared, prepare } from './prepare.js';
import { runPrepared } from './run-prepared.js';
import { say } from './say.js';
import { shownPath } from './shown-path.js';

/**
 * Opens and checks a file if it is a chain; null for anything else.
 * @throws AggregateError of all problems of all stages; EvalrunError BAD_FLAG, UNKNOWN_STAGE
 */
export async function openChain(file: string, invocation: Invocation): Promise<LoadedChain | null> {
  const { flags } = invocation;
  const { limit: _, ...others } = flags;
  const chain = await loadChain(file, loadDeps({ ...invocation, flags: others }));
  if (chain === null) {
    if (flags.stage === undefined) return null;
    throw new EvalrunError('BAD_FLAG', `--stage is for chains, and ${file} is none`, { hint: 'leave it out' });
  }
  if (flags.limit !== undefined)
    throw new EvalrunError('BAD_FLAG', '--limit does not say which stage it is for', {
      hint: `for example --set stages.${chain.stages[0]}.sample.cells=${flags.limit}`,
    });
  if (flags.stage !== undefined && !chain.stages.includes(flags.stage))
    throw new EvalrunError('UNKNOWN_STAGE', `${file} has no stage "${flags.stage}"`, {
      hint: `stages: ${chain.stages.join(', ')}`,
    });
  return chain;
}

/** A stage whose predecessors are complete, or the one that it waits for. */
export type StageAt =
  | { name: string; prepared: Prepared; inFolder: Invocation; waitsFor: null }
  | { name: string; prepared: null; inFolder: Invocation; waitsFor: string };

/** Each stage of a chain has a folder of its own below `--out`. */
function ofStage(invocation: Invocation, stage: string): Invocation {
  const flags: Flags = { ...invocation.flags };
  if (flags.out !== undefined) flags.out = path.join(flags.out, stage);
  return { ...invocation, flags };
}

/** The stages of a chain, each prepared if all before it are complete; nothing is run. */
export async function* stagesOf(file: string, chain: LoadedChain, invocation: Invocation): AsyncGenerator<StageAt> {
  const known = new Map<string, string>();
  let waitsFor: string | null = null;
  for (const name of chain.stages) {
    const inFolder = ofStage(invocation, name);
    if (waitsFor !== null) {
      yield { name, prepared: null, inFolder, waitsFor };
      continue;
    }
    const prepared: Prepared = await prepare(file, inFolder, { name, known });
    yield { name, prepared, inFolder, waitsFor: null };
    const folder = folderOf(prepared, inFolder);
    if (finishedReport({ ...prepared, folder }) === null) waitsFor = name;
    else known.set(prepared.plan.matrix.eval.id, folder);
  }
}

/** Where a run of this plan is, or would be. */
function folderOf({ plan }: Prepared, { flags, cwd }: Invocation): string {
  return path.resolve(cwd, placeRun(plan, flags.out ?? null, path.join(cwd, 'reports'), '').folder);
}

/**
 * Runs the stages of a chain one after the other, then writes its exports. A stage that is complete already is passed
 * over; one that is not complete afterwards, or misses a gate, ends the chain: what follows would be built on it.
 */
export async function runChain(file: string, chain: LoadedChain, invocation: Invocation): Promise<ExitCode> {
  const { stage: only, out } = invocation.flags;
  const folders = new Map<string, string>();
  for await (const { name, prepared, inFolder, waitsFor } of stagesOf(file, chain, invocation)) {
    if (prepared === null)
      throw new EvalrunError('STAGE_WAITS', `stage "${name}" needs a complete run of stage "${waitsFor}"`, {
        hint: `run it first: evalrun ${file} --stage ${waitsFor}${out === undefined ? '' : ` --out ${out}`}`,
      });
    if (only === undefined || only === name) {
      say(invocation, `stage ${name}`);
      const { code, folder } = await runPrepared(prepared, inFolder);
      if (code !== exitCodes.complete || only === name) return code;
      folders.set(name, path.resolve(invocation.cwd, folder));
    }
  }
  const told = new Set<string>();
  for (const one of chain.exports) {
    // What became of the cells is the same in every format of a stage, and told once.
    const again = told.has(one.stage);
    await exportStage(one, folders.get(one.stage)!, again ? quietly(invocation) : invocation);
    told.add(one.stage);
  }
  return exitCodes.complete;
}

const quietly = (invocation: Invocation): Invocation => ({
  ...invocation,
  flags: { ...invocation.flags, quiet: true },
});

async function exportStage(
  { stage, format, fileType, keep, licence }: ChainExport,
  folder: string,
  invocation: Invocation,
): Promise<void> {
  const place = shownPath(path.join(folder, 'pairs', format), invocation.cwd);
  say(invocation, `pairs of stage ${stage} as ${format}: ${place}`);
  const { out: _, ...rest } = invocation.flags;
  const flags: PairFlags = {
    ...rest,
    format,
    ...(fileType !== undefined && { fileType }),
    ...(keep !== undefined && { keep }),
    ...(licence !== undefined && { licence }),
  };
  await exportPairs(folder, { ...invocation, flags });
}
