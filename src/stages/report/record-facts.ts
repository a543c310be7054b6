import type { Plan, ResolvedPrice } from '../../contract/plan.js';
import type { CallEntry, SessionEntry } from '../../contract/record.js';
import type { Report } from '../../contract/report.js';
import { costUsd } from '../../lib/cost-usd.js';
import { LatencyHistogram } from '../../lib/latency-histogram.js';

/** What is read from a record beside the cells. */
export interface RecordSource {
  /** Unique recorded replies. */
  calls: number;
  replies(): Iterable<Omit<CallEntry, 'call'>>;
  sessions(): Iterable<SessionEntry>;
}

type ByProvider = Report['counts']['byProvider'];

/** Unknown as soon as a reply came without a count of tokens, unless tokens cost nothing. */
function knownCostUsd(
  price: ResolvedPrice | null,
  tokens: { input: number; output: number },
  unmetered: number,
): number | null {
  const free = price !== null && price.inputPerMillion === 0 && price.outputPerMillion === 0;
  return unmetered > 0 && !free ? null : costUsd(price, tokens);
}

/** Tokens, cost and latencies of the recorded replies, by provider, providers in the plan's order. */
export function replyFacts(
  plan: Plan,
  record: RecordSource,
): { byProvider: ByProvider; latencies: Report['timing']['latencies'] } {
  const ids = [
    ...new Set([...plan.matrix.providers, ...Object.values(plan.matrix.roles)].map((provider) => provider.id)),
  ];
  const sums = new Map(
    ids.map((id) => [id, { calls: 0, input: 0, output: 0, unmetered: 0, latency: new LatencyHistogram() }]),
  );
  for (const { provider, tokens, ms } of record.replies()) {
    const sum = sums.get(provider);
    if (sum === undefined) continue;
    sum.calls++;
    if (tokens === null) sum.unmetered++;
    sum.input += tokens?.input ?? 0;
    sum.output += tokens?.output ?? 0;
    sum.latency.add(ms);
  }
  const rows = [...sums];
  return {
    byProvider: rows.map(([provider, { calls, input, output, unmetered }]) => ({
      provider,
      calls,
      tokens: { input, output },
      costUsd: knownCostUsd(plan.policy.prices[provider] ?? null, { input, output }, unmetered),
    })),
    latencies: rows.map(([provider, { latency }]) => ({
      provider,
      n: latency.count,
      p50Ms: latency.quantile(0.5),
      p95Ms: latency.quantile(0.95),
    })),
  };
}

/** Sum of costs; null as soon as one provider that was asked has no known price. */
export function totalCostUsd(byProvider: ByProvider): number | null {
  let total = 0;
  for (const { calls, costUsd: cost } of byProvider) {
    if (calls === 0) continue;
    if (cost === null) return null;
    total += cost;
  }
  return total;
}

/**
 * Adds up what the invocations of a run did. Their last notes count: a killed one has no end.
 * @param totalUsd cost of the recorded calls, null if unknown
 */
export function sessionFacts(
  record: RecordSource,
  totalUsd: number | null,
): Pick<Report, 'effort' | 'timing' | 'host'> {
  const last = new Map<number, SessionEntry>();
  let started: string | null = null;
  let host: Report['host'] = { node: '', platform: '', cpus: 0 };
  for (const entry of record.sessions()) {
    started ??= entry.at;
    if (entry.host !== undefined) host = entry.host;
    last.set(entry.session, entry);
  }
  const effort: Report['effort'] = {
    callsMade: 0,
    recorded: 0,
    reused: 0,
    retried: 0,
    inFlightAtCrash: 0,
    interruptions: 0,
    spentTwiceUsd: 0,
    failures: {},
  };
  let finished: string | null = null;
  for (const entry of last.values()) {
    effort.callsMade += entry.sent;
    effort.recorded += entry.recorded;
    effort.reused += entry.reused;
    for (const [reason, times] of Object.entries(entry.failures)) {
      effort.retried += times;
      effort.failures[reason] = (effort.failures[reason] ?? 0) + times;
    }
    if (entry.event === 'end') finished = entry.at;
    else {
      effort.interruptions++;
      effort.inFlightAtCrash += entry.sent - entry.returned;
    }
  }
  const meanUsd = totalUsd === null ? null : totalUsd / Math.max(1, record.calls);
  effort.spentTwiceUsd = meanUsd === null ? null : meanUsd * effort.inFlightAtCrash;
  return { effort, timing: { started, finished, latencies: [] }, host };
}
