import path from 'node:path';
import { formatCount } from '../../kinds/reporters/shared/number-text.js';
import { terminalText } from '../../kinds/reporters/shared/safe-text.js';
import { simulatedNotice } from '../../kinds/reporters/shared/verdict.js';
import type { Invocation } from '../invocation.js';
import type { Keep } from './keep.js';
import { splits } from './pair.js';
import type { PairCounts } from './pair-counts.js';
import type { PairFile } from './pair-files.js';
import type { PairFormat } from './pair-formats.js';

/** What an export has to say. */
interface Export {
  counts: PairCounts;
  files: readonly PairFile[];
  /** Rows that were read back. */
  checked: number;
  place: string;
  format: PairFormat;
  keep: Keep;
  /** A provider of the run made its replies up. */
  simulated: boolean;
}

const lines = (counts: { [what: string]: number }): string[] =>
  Object.entries(counts).map(([what, count]) => `  ${formatCount(count).padStart(9)}  ${what}`);

/** The closing words of an export: what was kept, what was left out and why, who prefers what, and that it was read back. */
export function printCounts(
  { counts, files, checked, place, format, keep, simulated }: Export,
  { stdout, cwd }: Invocation,
): void {
  const { cells, pairs, kept, noPair, notKept, verdicts } = counts;
  const without = cells - pairs;
  const text = [
    ...(simulated ? [simulatedNotice] : []),
    `${formatCount(cells)} cells, ${formatCount(pairs)} pairs, ${formatCount(kept)} kept (--keep ${keep})`,
    ...splits.flatMap((split) =>
      counts.rows(split) === 0
        ? []
        : [
            `  ${formatCount(counts.rows(split)).padStart(9)}  ${split}, ${formatCount(counts.personas(split))} personas`,
          ],
    ),
    ...(without === 0
      ? []
      : [`${formatCount(without)} cells without a pair`, ...lines(noPair as { [why: string]: number })]),
    ...(pairs === kept ? [] : [`${formatCount(pairs - kept)} pairs not kept`, ...lines(notKept)]),
    'Verdicts over all pairs',
    ...Object.entries(verdicts).map(
      ([judge, { chosen, tie, rejected, none }]) =>
        `  ${judge}: ${formatCount(chosen)} chosen, ${formatCount(tie)} tie, ${formatCount(rejected)} rejected, ${formatCount(none)} without`,
    ),
    ...(files.length === 0
      ? []
      : [
          `${terminalText(path.relative(cwd, place) || '.')}: ${files.length} file(s), format ${format.id}`,
          `read back: ${formatCount(checked)} rows, each in order`,
          ...(format.id === 'openai' && files[0]!.split === null
            ? [
                'The rows of this format do not say their split, and this file holds all of them: name a folder to keep them apart.',
              ]
            : []),
        ]),
  ];
  stdout.write(`${text.join('\n')}\n`);
}
