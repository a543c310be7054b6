import type { Report } from '../../../contract/report.js';
import { formatSize } from './number-text.js';

export type ReportContrast = Report['contrasts'][number];

/** Names of both sides, as short as they can be without losing what differs. */
export function sidesOf(contrast: ReportContrast): { a: string; b: string } {
  const { a, b, metric } = contrast;
  const otherMetric = b.metric !== undefined && b.metric !== metric;
  const provider = (side: { provider: string }) => (a.provider === b.provider ? '' : ` (${side.provider})`);
  if (otherMetric) {
    const arm = (side: { arm: string }) => (a.arm === b.arm ? '' : ` of ${side.arm}`);
    return { a: `${metric}${arm(a)}${provider(a)}`, b: `${b.metric}${arm(b)}${provider(b)}` };
  }
  if (a.arm === b.arm && a.provider !== b.provider) return { a: a.provider, b: b.provider };
  return { a: `${a.arm}${provider(a)}`, b: `${b.arm}${provider(b)}` };
}

/** `shown`: the corrected test rejects no difference; `open`: it does not; `none`: nothing was estimated. */
export function contrastStanding(contrast: ReportContrast): 'shown' | 'open' | 'none' {
  if (contrast.difference === null) return 'none';
  const p = contrast.pAdjusted ?? contrast.p;
  return p !== null && p < 1 - contrast.level ? 'shown' : 'open';
}

/** What a contrast says, in one or two plain sentences. */
export function contrastWords(contrast: ReportContrast, unit: string): string {
  const { difference } = contrast;
  const standing = contrastStanding(contrast);
  if (standing === 'none' || difference === null) return 'No estimate: no pair was scored on both sides.';
  return standing === 'shown' ? shownWords(contrast, difference, unit) : openWords(contrast, unit);
}

function shownWords(contrast: ReportContrast, difference: number, unit: string): string {
  const { a, b } = sidesOf(contrast);
  const direction = difference > 0 ? 'higher' : 'lower';
  const comparable = contrast.b.metric === undefined || contrast.b.metric === contrast.metric;
  const judged =
    !comparable || contrast.better === 'none' ? '' : direction === contrast.better ? ' (better)' : ' (worse)';
  return `${a} is ${formatSize(difference, unit)} ${direction}${judged} than ${b}.`;
}

function openWords(contrast: ReportContrast, unit: string): string {
  const { low, high, detectable } = contrast;
  const correctedAway = low !== null && high !== null && (low > 0 || high < 0);
  const first = correctedAway ? 'Not shown once corrected for the number of contrasts' : 'No difference shown';
  if (detectable === null) return `${first}.`;
  return `${first}; a true one of ${formatSize(detectable, unit)} would be found in 80 of 100 such runs.`;
}
