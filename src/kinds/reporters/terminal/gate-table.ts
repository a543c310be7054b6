import type { ReportInput } from '../../../contract/reporter-kind.js';
import { unitOf } from '../shared/headlines.js';
import { terminalText } from '../shared/safe-text.js';
import { gateRuleWords, gateValueText } from '../shared/verdict.js';
import type { Page } from './page.js';

/** The gates, missed ones first. */
export function gateTable({ report }: ReportInput, page: Page): void {
  if (report.gates.length === 0) return;
  page.heading('gates', '');
  const rows = [...report.gates].sort((a, b) => Number(a.passed) - Number(b.passed));
  page.table(
    [
      { head: 'result' },
      { head: 'metric' },
      { head: 'arm' },
      { head: 'provider' },
      { head: 'rule' },
      { head: 'found', numeric: true },
    ],
    rows.map((gate) => {
      const unit = unitOf(report, gate.metric);
      return [
        { text: gate.passed ? 'passed' : 'MISSED', paint: gate.passed ? page.colors.green : page.colors.red },
        { text: terminalText(gate.metric) },
        { text: terminalText(gate.by.arm) },
        { text: terminalText(gate.by.provider) },
        { text: gateRuleWords(gate.rule, unit) },
        { text: gateValueText(gate.value, unit) },
      ];
    }),
  );
}
