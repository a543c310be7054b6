import type { ReportInput } from '../../../contract/reporter-kind.js';
import { formatCount, formatInterval, formatValue, noNumber } from '../shared/number-text.js';
import { terminalText } from '../shared/safe-text.js';
import type { Page } from './page.js';

/** Health of each judge: how many cells it scored, why the others are without a score, how sure and consistent it was. */
export function judgeTable({ report }: ReportInput, page: Page): void {
  if (report.judges.length === 0) return;
  page.heading('judges', 'coverage: share of the cells to be judged that got a score');
  const share = (value: number | null | undefined) => (value === undefined ? noNumber : formatValue(value, 'share'));
  const quoting = report.judges.some(({ quotes }) => quotes !== undefined);
  page.table(
    [
      { head: 'judge' },
      { head: 'of' },
      { head: 'n', numeric: true },
      { head: 'coverage', numeric: true },
      { head: 'confident', numeric: true },
      { head: 'order', numeric: true },
      ...(quoting ? [{ head: 'quotes found', numeric: true }] : []),
      { head: 'unscored' },
    ],
    report.judges.map((judge) => [
      { text: terminalText(judge.grader) },
      { text: terminalText(judge.provider) },
      { text: formatCount(judge.n) },
      { text: share(judge.coverage) },
      { text: share(judge.confident) },
      { text: share(judge.orderConsistency) },
      ...(quoting ? [{ text: share(judge.quotes?.share) }] : []),
      { text: reasons(judge.unscored) },
    ]),
  );
  ruleTable(report, page);
}

/** Judges beside the rules that look for the same. */
function ruleTable({ judges }: ReportInput['report'], page: Page): void {
  const held = judges.flatMap(({ rule, ...judge }) => (rule === undefined ? [] : [{ ...judge, rule }]));
  if (held.length === 0) return;
  page.heading('judge and rule', 'κ with its interval, clustered by item; cells of which only the one says yes');
  page.table(
    [
      { head: 'judge' },
      { head: 'rule' },
      { head: 'of' },
      { head: 'n', numeric: true },
      { head: 'agree', numeric: true },
      { head: 'κ', numeric: true },
      { head: 'interval', numeric: true },
      { head: 'rule only', numeric: true },
      { head: 'judge only', numeric: true },
    ],
    held.map(({ grader, provider, rule }) => [
      { text: terminalText(grader) },
      { text: terminalText(rule.grader) },
      { text: terminalText(provider) },
      { text: formatCount(rule.n) },
      { text: formatValue(rule.agree, 'share') },
      { text: formatValue(rule.kappa, 'score') },
      { text: formatInterval(rule.low, rule.high, 'score') },
      { text: formatCount(rule.ruleOnly) },
      { text: formatCount(rule.judgeOnly) },
    ]),
  );
}

function reasons(unscored: { [reason: string]: number }): string {
  const named = Object.entries(unscored).filter(([, count]) => count > 0);
  return named.map(([reason, count]) => `${formatCount(count)} ${terminalText(reason)}`).join(', ') || noNumber;
}
