import type { ReportInput } from '../../../contract/reporter-kind.js';
import { countOf, formatCount, formatUsd } from '../shared/number-text.js';
import { terminalText } from '../shared/safe-text.js';
import type { Page } from './page.js';

/** Calls, tokens and cost, in all and by provider. */
export function costLines({ report }: ReportInput, page: Page): void {
  const { calls, tokens, costUsd, byProvider, failures } = report.counts;
  page.heading('cost', terminalText(report.provenance.prices));
  page.line(
    `${countOf(calls.askedByCells, 'call')} asked for by cells, ${formatCount(calls.unique)} unique, ${formatCount(calls.recorded)} recorded; ` +
      `${formatCount(tokens.input)} tokens in, ${formatCount(tokens.output)} out; ${formatUsd(costUsd)}`,
  );
  const reasons = Object.entries(failures).filter(([, count]) => count > 0);
  if (reasons.length > 0) {
    page.line(
      `failed cells: ${reasons.map(([reason, count]) => `${formatCount(count)} ${terminalText(reason)}`).join(', ')}`,
    );
  }
  if (byProvider.length < 2) return;
  page.table(
    [
      { head: 'provider' },
      { head: 'calls', numeric: true },
      { head: 'tokens in', numeric: true },
      { head: 'tokens out', numeric: true },
      { head: 'cost', numeric: true },
    ],
    byProvider.map((one) => [
      { text: terminalText(one.provider) },
      { text: formatCount(one.calls) },
      { text: formatCount(one.tokens.input) },
      { text: formatCount(one.tokens.output) },
      { text: formatUsd(one.costUsd) },
    ]),
  );
}
