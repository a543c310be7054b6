import { formatCount } from '../../kinds/reporters/shared/number-text.js';
import { terminalText } from '../../kinds/reporters/shared/safe-text.js';
import { simulatedNotice } from '../../kinds/reporters/shared/verdict.js';
import type { Invocation } from '../invocation.js';
import { shownPath } from '../shown-path.js';
import type { Keep } from './keep.js';
import { type Split, splits } from './pair.js';
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

/** A table of the filters in their order, each with its reasons below it. */
function filterLines(filtered: PairCounts['filtered']): string[] {
  const all = Object.entries(filtered);
  if (all.length === 0) return [];
  return [
    'Pairs left out, by the first filter that did',
    ...all.flatMap(([label, reasons]) => {
      const total = Object.values(reasons).reduce((sum, count) => sum + count, 0);
      return [
        `  ${formatCount(total).padStart(9)}  ${label}`,
        ...Object.entries(reasons).map(([why, count]) => `  ${formatCount(count).padStart(13)}  ${why}`),
      ];
    }),
  ];
}

function contentsOf(counts: PairCounts, split: Split): string {
  const { groups, domains, entities } = counts.contents(split);
  if (groups === 0) return `${formatCount(counts.personas(split))} personas`;
  const more = [
    entities > 0 ? `${formatCount(entities)} entities` : '',
    domains > 0 ? `${formatCount(domains)} domains` : '',
  ];
  return [`${formatCount(groups)} groups`, ...more].filter((one) => one !== '').join(', ');
}

/** The closing words of an export: what was kept, what was left out and why, who prefers what, and that it was read back. */
export function printCounts(
  { counts, files, checked, place, format, keep, simulated }: Export,
  { stdout, cwd }: Invocation,
): void {
  const { cells, pairs, kept, noPair, notKept, verdicts, filtered, rejected } = counts;
  const notWanted = pairs - kept - rejected;
  const without = cells - pairs;
  const text = [
    ...(simulated ? [simulatedNotice] : []),
    `${formatCount(cells)} cells, ${formatCount(pairs)} pairs, ${formatCount(kept)} kept (--keep ${keep})`,
    ...splits.flatMap((split) =>
      counts.rows(split) === 0
        ? []
        : [`  ${formatCount(counts.rows(split)).padStart(9)}  ${split}, ${contentsOf(counts, split)}`],
    ),
    ...(without === 0
      ? []
      : [`${formatCount(without)} cells without a pair`, ...lines(noPair as { [why: string]: number })]),
    ...(notWanted === 0 ? [] : [`${formatCount(notWanted)} pairs not kept`, ...lines(notKept)]),
    ...filterLines(filtered),
    ...(Object.keys(verdicts).length === 0 ? [] : ['Verdicts over all pairs']),
    ...Object.entries(verdicts).map(
      ([judge, { chosen, tie, rejected, none }]) =>
        `  ${judge}: ${formatCount(chosen)} chosen, ${formatCount(tie)} tie, ${formatCount(rejected)} rejected, ${formatCount(none)} without`,
    ),
    ...(files.length === 0
      ? []
      : [
          `${terminalText(shownPath(place, cwd))}: ${files.length} file(s), format ${format.id}`,
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
