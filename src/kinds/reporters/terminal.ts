/**
 * `terminal`: the report as tables on stdout.
 *
 * Shape: the notice of a simulated run, the verdict, gates, one table a metric, worst groups, contrasts, judges, cost.
 * Fits `columns` (40 at least; 80 where unknown). Units: shares in percent, differences of shares in percentage points (pp).
 * Colours only with `color`. Every word that comes from a file or a model loses its control characters first.
 * Errors: none. Limits: no transcripts; those are in `report.html` and in the record.
 */
import Type from 'typebox';
import type { ReporterKind } from '../../contract/reporter-kind.js';

export const terminal: ReporterKind = {
  kind: 'terminal',
  options: Type.Object({}, { additionalProperties: false }),
  async report(input) {
    // Loaded with the first report: checking a config must not wait for the tables' code.
    const { terminalReport } = await import('./terminal/terminal-report.js');
    return [{ terminal: terminalReport(input) }];
  },
};
