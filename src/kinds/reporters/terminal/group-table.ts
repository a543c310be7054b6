import type { ReportInput } from '../../../contract/reporter-kind.js';
import { fieldTitle, type GroupComparison, gapClaim, groupComparisons, isWidestShown } from '../shared/group-words.js';
import { unitOf } from '../shared/headlines.js';
import { countOf, formatDifference, formatInterval, formatValue, noNumber } from '../shared/number-text.js';
import { terminalText } from '../shared/safe-text.js';
import type { Page } from './page.js';
import type { Column, TableCell } from './text-table.js';

const mostLines = 12;

/** Worst group and widest gap of each metric, arm and field: those with something to claim first, a dozen at most. */
export function groupTable({ report }: ReportInput, page: Page): void {
  const found = groupComparisons(report).filter(({ worst, widest }) => worst !== null || widest !== null);
  if (found.length === 0) return;
  const isClaim = (one: GroupComparison) => Number(marksOf(one) !== '');
  const ordered = [...found].sort((a, b) => isClaim(b) - isClaim(a));
  const lead = leadColumns(found);
  page.heading(
    'groups',
    'the worst group of each field and its gap to the best; intervals hold for all groups of a line at once; * gap clear of zero; † a group shown to be off from everyone',
  );
  page.table(
    [
      ...lead.map(({ column }) => column),
      { head: 'best − worst' },
      { head: 'gap', numeric: true },
      { head: 'interval', numeric: true },
      { head: 'worst', numeric: true, optional: true },
      { head: 'interval', numeric: true, optional: true },
    ],
    ordered
      .slice(0, mostLines)
      .map((one) => [
        ...lead.map(({ text }) => ({ text: terminalText(text(one)) })),
        ...extremeCells(one, report, page),
      ]),
  );
  const more = ordered.length - mostLines;
  if (more > 0) page.line(`${countOf(more, 'more line')} in the HTML report`, page.colors.dim);
}

/** What tells lines apart; a metric or provider that all have in common is left out. */
function leadColumns(found: GroupComparison[]): { column: Column; text: (one: GroupComparison) => string }[] {
  const all = [
    { column: { head: 'metric' }, text: (one: GroupComparison) => one.metric, always: false },
    { column: { head: 'provider' }, text: (one: GroupComparison) => one.by.provider, always: false },
    { column: { head: 'arm' }, text: (one: GroupComparison) => one.by.arm, always: true },
    { column: { head: 'by' }, text: (one: GroupComparison) => fieldTitle(one.field), always: true },
  ];
  return all.filter(({ text, always }) => always || new Set(found.map(text)).size > 1);
}

function extremeCells(one: GroupComparison, report: ReportInput['report'], page: Page): TableCell[] {
  const { worst, widest } = one;
  const unit = unitOf(report, one.metric);
  const marks = marksOf(one);
  return [
    { text: terminalText(widest ? `${widest.best} − ${widest.worst}` : (worst?.label ?? noNumber)) },
    {
      text: `${formatDifference(widest?.difference ?? null, unit)}${marks}`,
      ...(marks !== '' && { paint: page.colors.bold }),
    },
    { text: formatInterval(widest?.low ?? null, widest?.high ?? null, unit) },
    { text: formatValue(worst?.value ?? null, unit) },
    { text: formatInterval(worst?.low ?? null, worst?.high ?? null, unit) },
  ];
}

/** `*` where the gap is clear of zero, `†` where a group may be claimed to be off from everyone. */
function marksOf(one: GroupComparison): string {
  const off = one.groups.some((group) => gapClaim(group, one.level, 'none') !== null);
  return `${isWidestShown(one) ? '*' : ''}${off ? '†' : ''}`;
}
