import pc from 'picocolors';
import { countOf, formatCount, formatValue } from '../../kinds/reporters/shared/number-text.js';
import { terminalText } from '../../kinds/reporters/shared/safe-text.js';
import { Page } from '../../kinds/reporters/terminal/page.js';
import type { Column, TableCell } from '../../kinds/reporters/terminal/text-table.js';
import type { Fidelity } from '../../lib/fidelity.js';
import {
  absentHint,
  attributesHint,
  fidelityVerdict,
  isBeyond,
  largestGap,
  noPopulation,
  pairsHint,
  rejections,
} from '../../lib/fidelity-words.js';
import type { LoadedPersonas } from '../../stages/load/load-personas.js';

/** What is shown of a draw. */
export interface ShownDraw {
  loaded: LoadedPersonas;
  /** Null where nothing is known of the population. */
  fidelity: Fidelity | null;
}

const shareText = (share: number | null): string => formatValue(share, 'share');

function distanceCells(page: Page, row: { n: number; distance: number | null; noise: number | null }): TableCell[] {
  const beyond = isBeyond(row);
  return [
    { text: formatCount(row.n) },
    { text: shareText(row.distance), ...(beyond ? { paint: page.colors.yellow } : {}) },
    { text: shareText(row.noise) },
    { text: row.distance === null ? 'nobody is counted' : beyond ? 'beyond noise' : 'within noise' },
  ];
}

const distanceColumns: Column[] = [
  { head: 'n', numeric: true },
  { head: 'distance', numeric: true },
  { head: 'noise', numeric: true },
  { head: 'reading' },
];

function attributesTable(page: Page, { attributes }: Fidelity): void {
  page.heading('attributes', attributesHint);
  page.table(
    [{ head: 'attribute' }, ...distanceColumns, { head: 'largest difference', optional: true }],
    attributes.map((row) => {
      const gap = largestGap(row);
      const text = gap === null ? '' : `${gap.category}: ${shareText(gap.population)} → ${shareText(gap.drawn)}`;
      return [{ text: terminalText(row.attribute) }, ...distanceCells(page, row), { text: terminalText(text) }];
    }),
  );
}

function pairsTable(page: Page, { pairs }: Fidelity): void {
  if (pairs.length === 0) return;
  page.heading('pairs', pairsHint);
  page.table(
    [{ head: 'attributes' }, ...distanceColumns, { head: "Cramér's V", numeric: true, optional: true }],
    pairs.map((row) => [
      { text: terminalText(row.attributes.join(' × ')) },
      ...distanceCells(page, row),
      { text: row.association.toFixed(2) },
    ]),
  );
}

function gaps(page: Page, { draw }: LoadedPersonas): void {
  const { rows: rules, hint } = rejections(draw.rejected);
  if (Object.keys(draw.rejected).length > 0) page.heading('rejected draws', hint);
  if (rules.length > 0) {
    const rows = rules.map(([rule, count]) => [{ text: terminalText(rule) }, { text: formatCount(count) }]);
    page.table([{ head: 'rule' }, { head: 'draws', numeric: true }], rows);
  }
  const absent = Object.entries(draw.absent);
  if (absent.length > 0) {
    page.heading('absent attributes', absentHint);
    const rows = absent.map(([attribute, why]) => [{ text: terminalText(attribute) }, { text: terminalText(why) }]);
    page.table([{ head: 'attribute' }, { head: 'why' }], rows);
  }
}

/** A draw and its fidelity as text for a terminal. */
export function fidelityText({ loaded, fidelity }: ShownDraw, how: { columns: number; color: boolean }): string {
  const page = new Page(Math.max(40, how.columns), pc.createColors(how.color));
  const { draw, kind, id, title } = loaded;
  page.line(terminalText(title ?? id), page.colors.bold);
  const weighted = draw.people.some((person) => person.weight !== undefined);
  const count = countOf(draw.people.length, 'person', 'people');
  page.line(terminalText(`${count} of kind ${kind}, ${weighted ? 'with weights' : 'all of the same weight'}`));
  if (fidelity === null || draw.population === null) page.line(noPopulation);
  else {
    page.line(terminalText(`population: ${draw.population.title}`));
    page.line(fidelityVerdict(fidelity));
    attributesTable(page, fidelity);
    pairsTable(page, fidelity);
  }
  gaps(page, loaded);
  return page.text();
}
