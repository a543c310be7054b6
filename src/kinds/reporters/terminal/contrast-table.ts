import type { ReportInput } from '../../../contract/reporter-kind.js';
import { contrastStanding, sidesOf } from '../shared/contrast-words.js';
import { unitOf } from '../shared/headlines.js';
import { formatCount, formatDifference, formatInterval, formatP, formatSize } from '../shared/number-text.js';
import { terminalText } from '../shared/safe-text.js';
import type { Page } from './page.js';

/** All paired differences: which sides, difference with interval, adjusted p, n, smallest detectable difference. */
export function contrastTable({ report }: ReportInput, page: Page): void {
  if (report.contrasts.length === 0) return;
  page.heading('contrasts', 'paired differences a − b; p adjusted by Holm within each metric');
  page.table(
    [
      { head: 'contrast' },
      { head: 'a − b', optional: true },
      { head: 'provider' },
      { head: 'difference', numeric: true },
      { head: 'interval', numeric: true },
      { head: 'p adj.', numeric: true },
      { head: 'n', numeric: true },
      { head: 'detectable', numeric: true },
    ],
    report.contrasts.map((contrast) => {
      const unit = unitOf(report, contrast.metric);
      const sides = sidesOf(contrast);
      const shown = contrastStanding(contrast) === 'shown';
      return [
        { text: terminalText(contrast.name) },
        { text: terminalText(`${sides.a} − ${sides.b}`) },
        { text: terminalText(contrast.a.provider) },
        { text: formatDifference(contrast.difference, unit), ...(shown ? { paint: page.colors.bold } : {}) },
        { text: formatInterval(contrast.low, contrast.high, unit) },
        { text: formatP(contrast.pAdjusted) },
        { text: formatCount(contrast.n) },
        { text: formatSize(contrast.detectable, unit) },
      ];
    }),
  );
}
