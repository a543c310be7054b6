import pc from 'picocolors';
import type { ReportInput } from '../../../contract/reporter-kind.js';
import { terminalText } from '../shared/safe-text.js';
import { simulatedNotice, verdictOf } from '../shared/verdict.js';
import { contrastTable } from './contrast-table.js';
import { costLines } from './cost-lines.js';
import { gateTable } from './gate-table.js';
import { groupTable } from './group-table.js';
import { headlineTables } from './headline-tables.js';
import { judgeTable } from './judge-table.js';
import { Page } from './page.js';
import { relationTable } from './relation-table.js';

/** The report as text of `columns` width (40 at least; 80 where unknown), with colour codes only if `color`. */
export function terminalReport(input: ReportInput): string {
  const width = input.columns > 0 ? Math.max(40, input.columns) : 80;
  const page = new Page(width, pc.createColors(input.color));
  opening(input, page);
  gateTable(input, page);
  headlineTables(input, page);
  groupTable(input, page);
  contrastTable(input, page);
  relationTable(input, page);
  judgeTable(input, page);
  costLines(input, page);
  return page.text();
}

function opening({ report }: ReportInput, page: Page): void {
  const { bold, green, red, yellow, dim } = page.colors;
  if (report.run.simulated) page.line(simulatedNotice, yellow);
  const verdict = verdictOf(report);
  const good = verdict.complete && verdict.missed === 0;
  page.line(`${verdict.completeness}, ${verdict.gates}`, (text) => bold((good ? green : red)(text)));
  page.line(verdict.cells);
  const { eval: id, title, id: run, seed, repeats } = report.run;
  page.line(terminalText(`${id}: ${title}`));
  page.line(`run ${run}, seed ${seed}, repeats ${repeats}, evalrun ${terminalText(report.run.evalrunVersion)}`, dim);
}
