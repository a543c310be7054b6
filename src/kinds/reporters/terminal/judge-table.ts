import type { ReportInput } from '../../../contract/reporter-kind.js';
import { formatCount, formatValue, noNumber } from '../shared/number-text.js';
import { terminalText } from '../shared/safe-text.js';
import type { Page } from './page.js';

/** Health of each judge: how many cells it scored, why the others are without a score, how sure and consistent it was. */
export function judgeTable({ report }: ReportInput, page: Page): void {
  if (report.judges.length === 0) return;
  page.heading('judges', 'coverage: share of the cells to be judged that got a score');
  const share = (value: number | null | undefined) => (value === undefined ? noNumber : formatValue(value, 'share'));
  page.table(
    [
      { head: 'judge' },
      { head: 'of' },
      { head: 'n', numeric: true },
      { head: 'coverage', numeric: true },
      { head: 'confident', numeric: true },
      { head: 'order', numeric: true },
      { head: 'unscored' },
    ],
    report.judges.map((judge) => [
      { text: terminalText(judge.grader) },
      { text: terminalText(judge.provider) },
      { text: formatCount(judge.n) },
      { text: share(judge.coverage) },
      { text: share(judge.confident) },
      { text: share(judge.orderConsistency) },
      { text: reasons(judge.unscored) },
    ]),
  );
}

function reasons(unscored: { [reason: string]: number }): string {
  const named = Object.entries(unscored).filter(([, count]) => count > 0);
  return named.map(([reason, count]) => `${formatCount(count)} ${terminalText(reason)}`).join(', ') || noNumber;
}
