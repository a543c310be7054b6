/**
 * `terminal`: the report as tables on stdout.
 *
 * Shape: the notice of a simulated run, the verdict, gates, one table a metric, contrasts, judges, cost. Fits
 * `columns` (40 at least; 80 where unknown). Units: shares in percent, differences of shares in percentage points (pp).
 * Colours only with `color`. Every word that comes from a file or a model loses its control characters first.
 * Errors: none. Limits: no transcripts; those are in `report.html` and in the record.
 */
import pc from 'picocolors';
import Type from 'typebox';
import type { ReporterKind, ReportInput } from '../../contract/reporter-kind.js';
import { terminalText } from './shared/safe-text.js';
import { simulatedNotice, verdictOf } from './shared/verdict.js';
import { contrastTable } from './terminal/contrast-table.js';
import { costLines } from './terminal/cost-lines.js';
import { gateTable } from './terminal/gate-table.js';
import { headlineTables } from './terminal/headline-tables.js';
import { judgeTable } from './terminal/judge-table.js';
import { Page } from './terminal/page.js';

export const terminal: ReporterKind = {
  kind: 'terminal',
  options: Type.Object({}, { additionalProperties: false }),
  async report(input) {
    const width = input.columns > 0 ? Math.max(40, input.columns) : 80;
    const page = new Page(width, pc.createColors(input.color));
    opening(input, page);
    gateTable(input, page);
    headlineTables(input, page);
    contrastTable(input, page);
    judgeTable(input, page);
    costLines(input, page);
    return [{ terminal: page.text() }];
  },
};

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
