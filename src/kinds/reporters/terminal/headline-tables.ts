import type { ReportInput } from '../../../contract/reporter-kind.js';
import { betterWords, controlLabel, type Headline, headlinesOf } from '../shared/headlines.js';
import { formatCount, formatInterval, formatValue } from '../shared/number-text.js';
import { terminalText } from '../shared/safe-text.js';
import type { Page } from './page.js';

/** One table a metric: provider, arm, value with interval (and as if every persona counted alike), n, unscored, and the controls beside it. */
export function headlineTables(input: ReportInput, page: Page): void {
  for (const headline of headlinesOf(input.report, input.plan)) {
    const words = [headline.title, betterWords(headline.better)].filter(Boolean).join('; ');
    page.heading(headline.metric, words);
    page.table(
      [
        { head: 'provider' },
        { head: 'arm' },
        { head: 'value', numeric: true },
        { head: intervalHead(headline), numeric: true },
        ...(isWeighted(headline) ? [{ head: 'unweighted', numeric: true, optional: true }] : []),
        { head: 'n', numeric: true },
        { head: 'unscored', numeric: true },
        ...(hasControls(headline) ? [{ head: 'controls' }] : []),
      ],
      headline.rows.map(({ estimate, controls }) => [
        { text: terminalText(estimate.by.provider) },
        { text: terminalText(estimate.by.arm) },
        { text: formatValue(estimate.value, headline.unit), paint: page.colors.bold },
        { text: formatInterval(estimate.low, estimate.high, headline.unit) },
        ...(isWeighted(headline) ? [{ text: formatValue(estimate.unweighted?.value ?? null, headline.unit) }] : []),
        { text: formatCount(estimate.n) },
        { text: formatCount(estimate.unscored) },
        ...(hasControls(headline)
          ? [{ text: controls.map((one) => controlText(one, input)).join(', '), paint: page.colors.dim }]
          : []),
      ]),
    );
  }
}

/** Whether personas count by how many people they stand for; then both numbers are there. */
function isWeighted(headline: Headline): boolean {
  return headline.rows.some(({ estimate }) => estimate.unweighted !== undefined);
}

function hasControls(headline: Headline): boolean {
  return headline.rows.some((row) => row.controls.length > 0);
}

function intervalHead(headline: Headline): string {
  return `${Math.round((headline.rows[0]?.estimate.level ?? 0.95) * 100)}% interval`;
}

function controlText(control: ReportInput['report']['controls'][number], { report }: ReportInput): string {
  const unit = report.estimates.find((estimate) => estimate.metric === control.is.metric)?.unit ?? '';
  return `${terminalText(controlLabel(control))} ${formatValue(control.value, unit)}`;
}
