import { type Invocation, wantsColor } from './invocation.js';

/** What the display shows; read from the run's counters, never written by it. */
export interface ProgressFacts {
  cells: number;
  settled: number;
  failed: number;
  inFlight: number;
  limit: number;
  rateLimited: number;
  retries: number;
  spentUsd: number | null;
}

const terminalEveryMs = 200;
const plainEveryMs = 10_000;

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

function line(facts: ProgressFacts, startedAt: number, before: number): string {
  const elapsed = performance.now() - startedAt;
  const fresh = facts.settled - before;
  const left = facts.cells - facts.settled;
  const parts = [
    `${facts.settled.toLocaleString('en-US')} of ${facts.cells.toLocaleString('en-US')} cells`,
    ...(facts.failed > 0 ? [`${facts.failed} failed`] : []),
    `${facts.inFlight} in flight (limit ${facts.limit})`,
    ...(facts.rateLimited > 0 ? [`${facts.rateLimited} × 429`] : []),
    ...(facts.retries > 0 ? [`${facts.retries} failed attempts`] : []),
    ...(facts.spentUsd !== null && facts.spentUsd > 0 ? [`$${facts.spentUsd.toFixed(4)}`] : []),
    ...(fresh > 0 && left > 0 ? [`${duration((elapsed / fresh) * left)} left`] : []),
  ];
  return parts.join(' · ');
}

/**
 * Shows a run on stderr: one line that is rewritten on a terminal, plain lines every ten seconds elsewhere.
 * It looks at the counters on a timer, so that no request ever waits for it.
 * @returns stops it and clears the line
 */
export function showProgress(invocation: Invocation, read: () => ProgressFacts): () => void {
  if (invocation.flags.quiet === true || invocation.flags.json === true) return () => {};
  const { stderr } = invocation;
  const startedAt = performance.now();
  const before = read().settled;
  const live = stderr.isTTY === true && invocation.env.TERM !== 'dumb';
  const dim = wantsColor(invocation, stderr)
    ? (text: string): string => `\u001b[2m${text}\u001b[22m`
    : (text: string): string => text;
  const draw = (): void => {
    const text = line(read(), startedAt, before);
    if (live) stderr.write(`\r\u001b[K${dim(text.slice(0, Math.max(20, (stderr.columns ?? 80) - 1)))}`);
    else stderr.write(`${text}\n`);
  };
  const timer = setInterval(draw, live ? terminalEveryMs : plainEveryMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    if (live) stderr.write('\r\u001b[K');
  };
}
