import path from 'node:path';
import { RecordReader } from '../../store/record-reader.js';
import { runFiles } from '../../store/run-folder.js';
import type { FinishedRun } from '../finish.js';
import type { Dropped, Pair } from './pair.js';
import { PairCounts } from './pair-counts.js';
import type { PairFile, PairFiles } from './pair-files.js';
import { labelledFilters, PairFilters } from './pair-filters.js';
import { readPairs } from './read-pairs.js';
import type { RejectedFile } from './rejected-file.js';

/** Which pairs of a run are written, and where those go that are not. */
export interface Choice {
  unseen: number;
  /** Why a pair is not wanted; null if it is. Asked before the filters, so that no pair is a duplicate of one left out. */
  notKept(pair: Pair): string | null;
  /** Pairs that are left out go here. */
  left: RejectedFile | null;
}

/** Why a pair is left out; null if it is to be written. */
function judge(into: PairFiles, { notKept }: Choice): (pair: Pair) => Dropped | null {
  const { spec, format } = into;
  const filters = new PairFilters(spec);
  return (pair) => {
    const why = notKept(pair);
    if (why !== null) return { by: '--keep', reason: why };
    const dropped = filters.reject(pair);
    if (dropped !== null || spec.prompt === undefined) return dropped;
    // A conversation comes from data: what no trainer would read is counted, not written.
    const fault = format.fault(format.row(pair));
    return fault === null ? null : { by: 'form', reason: fault.replace(/\[\d+\]/g, '[…]') };
  };
}

/**
 * Streams the pairs of a run into files, one in memory at a time.
 * @throws EvalrunError FILE_TOO_LARGE; nothing is left then
 */
export async function writePairs(
  run: FinishedRun,
  into: PairFiles,
  choice: Choice,
): Promise<{ counts: PairCounts; files: PairFile[] }> {
  const { spec } = into;
  const { left } = choice;
  const filters = labelledFilters(spec);
  const counts = new PairCounts({
    judged: spec.preferred !== undefined,
    controls: Object.keys(spec.controls),
    filters: filters.map(({ label }) => label),
    entities: [...new Set(filters.flatMap(({ entities }) => entities))],
  });
  const dropFor = judge(into, choice);
  const record = new RecordReader(path.join(run.folder, runFiles.record));
  try {
    for await (const pair of readPairs(run, record, { spec, unseen: choice.unseen })) {
      if ('reason' in pair) {
        counts.leaveOut(pair.reason);
        continue;
      }
      const dropped = dropFor(pair);
      counts.add(pair, dropped);
      if (dropped === null) await into.write(pair);
      else await left?.write(pair, dropped);
    }
    const files = await into.close();
    await left?.close();
    return { counts, files };
  } catch (error) {
    await into.abort();
    await left?.abort();
    throw error;
  } finally {
    record.close();
  }
}
