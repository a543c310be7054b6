import pc from 'picocolors';
import type { Plan } from '../contract/plan.js';
import {
  countOf,
  formatCount,
  formatDifference,
  formatInterval,
  formatP,
  formatValue,
  isShare,
} from '../kinds/reporters/shared/number-text.js';
import { terminalText } from '../kinds/reporters/shared/safe-text.js';
import { Page } from '../kinds/reporters/terminal/page.js';
import type { Column, TableCell } from '../kinds/reporters/terminal/text-table.js';
import type { Comparison, RunChange, RunDifference } from '../stages/measure/compare/comparison.js';
import type { PlanDifference } from '../stages/measure/compare/plan-differences.js';

/** Two plans and the folders as the user named them. */
export interface ComparedPlans {
  a: Plan;
  b: Plan;
  folders: { a: string; b: string };
}

/** Whether any answer or judgement of a run came from a simulated provider. */
export const isSimulated = ({ matrix: { providers, roles } }: Plan): boolean =>
  [...providers, ...Object.values(roles)].some(({ simulated }) => simulated);

/** Names that are listed of one part; the rest is counted. */
const shownNames = 5;

/** The warning about parts of the plans that are not the same, for stderr. */
export function differsText(differs: readonly PlanDifference[]): string {
  const lines = differs.map(({ part, names }) => {
    const more = names.length > shownNames ? ` and ${names.length - shownNames} more` : '';
    return terminalText(`  ${part}: ${names.slice(0, shownNames).join(', ')}${more}`);
  });
  return [
    'warning: the plans differ in more than whom they test, so the numbers may not be comparable',
    ...lines,
    '',
  ].join('\n');
}

/** Text cells of what tells rows apart. The providers stand there only where there are several pairs of them. */
interface Labels {
  columns: Column[];
  cells(row: Pick<RunDifference, 'metric' | 'arm' | 'provider'>): TableCell[];
}

const sides = ({ a, b }: { a: string; b: string }): string => (a === b ? a : `${a} → ${b}`);

function labelsOf({ providers }: Comparison): Labels {
  const several = providers.length > 1;
  return {
    columns: [{ head: 'metric' }, ...(several ? [{ head: 'provider' }] : []), { head: 'arm' }],
    cells: ({ metric, arm, provider }) =>
      [metric, ...(several ? [sides(provider)] : []), arm].map((text) => ({ text: terminalText(text) })),
  };
}

const pairedWords = {
  id: 'paired by id',
  position: 'paired by position, as each run tests one',
  choice: 'paired by --provider',
};

function facts(page: Page, found: Comparison, { a, b, folders }: ComparedPlans): void {
  const spec = a.matrix.eval;
  page.line(`${terminalText(spec.id)}: two runs compared, B − A`, page.colors.bold);
  for (const [name, plan, folder] of [['A', a, folders.a] as const, ['B', b, folders.b] as const]) {
    const repeats = countOf(plan.matrix.repeats, 'repeat');
    page.line(terminalText(`${name}  ${folder}  (run ${plan.id}, ${repeats})`));
  }
  const pairs = terminalText(found.providers.map(sides).join(', '));
  page.line(`providers  ${pairs}  (${pairedWords[found.pairedBy]})`);
  const what = spec.personas === null ? 'item' : 'pair of item and persona';
  const matched = countOf(found.matched, what, spec.personas === null ? 'items' : 'pairs of item and persona');
  const [onlyA, onlyB] = [formatCount(found.onlyIn.a), formatCount(found.onlyIn.b)];
  page.line(`matched    ${matched} in both runs; ${onlyA} only in A, ${onlyB} only in B`);
  if (isSimulated(a) || isSimulated(b)) page.line('simulated: this shows the tool, and no model', page.colors.yellow);
}

function flipsTable(page: Page, { differences }: Comparison, labels: Labels): void {
  const rows = differences.flatMap((row) => (row.flips === null ? [] : [{ row, flips: row.flips }]));
  if (rows.length === 0) return;
  page.heading('flips', 'units that are 0 or 1 in both runs; exact McNemar');
  page.table(
    [
      ...labels.columns,
      { head: '0 → 1', numeric: true },
      { head: '1 → 0', numeric: true },
      { head: 'of', numeric: true },
      { head: 'p McNemar', numeric: true },
    ],
    rows.map(({ row, flips }) => [
      ...labels.cells(row),
      { text: formatCount(flips.up) },
      { text: formatCount(flips.down) },
      { text: formatCount(flips.n) },
      { text: formatP(flips.p) },
    ]),
  );
}

/** 0 and 1 as they are, other shares as percent. */
const unitText = (value: number, unit: string): string =>
  isShare(unit) && (value === 0 || value === 1) ? `${value}` : formatValue(value, unit);

function changesTable(page: Page, { changes, changed }: Comparison, labels: Labels): void {
  if (changed === 0) {
    page.heading('largest changes', 'no unit changed');
    return;
  }
  page.heading('largest changes', `${formatCount(changes.length)} of ${countOf(changed, 'changed unit')}`);
  const people = changes.some(({ persona }) => persona !== null);
  page.table(
    [...labels.columns, { head: 'item' }, ...(people ? [{ head: 'persona' }] : []), { head: 'A → B', numeric: true }],
    changes.map((change: RunChange) => [
      ...labels.cells(change),
      { text: terminalText(change.item) },
      ...(people ? [{ text: terminalText(change.persona ?? '') }] : []),
      { text: `${unitText(change.from, change.unit)} → ${unitText(change.to, change.unit)}` },
    ]),
  );
}

function differencesTable(page: Page, { differences }: Comparison, labels: Labels): void {
  const level = Number(((differences[0]?.level ?? 0.95) * 100).toFixed(2));
  page.heading(
    'differences',
    `over units that both runs scored; ${level}% intervals; p adjusted by Holm within each metric`,
  );
  page.table(
    [
      ...labels.columns,
      ...['A', 'B', 'B − A', 'interval'].map((head) => ({ head, numeric: true })),
      { head: 'p', numeric: true, optional: true },
      ...['p adj.', 'n', 'unscored'].map((head) => ({ head, numeric: true })),
    ],
    differences.map((row) => [
      ...labels.cells(row),
      { text: formatValue(row.a, row.unit) },
      { text: formatValue(row.b, row.unit) },
      {
        text: formatDifference(row.difference, row.unit),
        ...(row.pAdjusted !== null && row.pAdjusted < 1 - row.level ? { paint: page.colors.bold } : {}),
      },
      { text: formatInterval(row.low, row.high, row.unit) },
      { text: formatP(row.p) },
      { text: formatP(row.pAdjusted) },
      { text: formatCount(row.n) },
      { text: formatCount(row.unscored) },
    ]),
  );
}

/** A comparison as text: what was compared, flips first, then the differences. Of the runs' content only ids are shown. */
export function comparePage(
  found: Comparison,
  plans: ComparedPlans,
  { columns, color }: { columns: number; color: boolean },
): string {
  const page = new Page(Math.max(40, columns), pc.createColors(color));
  const labels = labelsOf(found);
  facts(page, found, plans);
  flipsTable(page, found, labels);
  changesTable(page, found, labels);
  differencesTable(page, found, labels);
  return page.text();
}
