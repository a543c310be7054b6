import type { Plan } from '../../contract/plan.js';
import type { Report } from '../../contract/report.js';
import { type RecordSource, replyFacts, sessionFacts, totalCostUsd } from './record-facts.js';

/** What the measure stage gives. */
export interface Measured {
  cells: Report['counts']['cells'];
  failures: Report['counts']['failures'];
  /** Calls that the settled cells are built on, each cell counting its own. */
  askedByCells: number;
  estimates: Report['estimates'];
  contrasts: Report['contrasts'];
  relations?: NonNullable<Report['relations']>;
  groups: Report['groups'];
  gates: Report['gates'];
  judges: Report['judges'];
  controls: Report['controls'];
}

function sourceWords(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  const paper = (value as { paper?: unknown }).paper;
  return typeof paper === 'string' ? paper : JSON.stringify(value);
}

function provenance(plan: Plan): Report['provenance'] {
  const { eval: spec } = plan.matrix;
  const row = (what: string, from: { id: string; title?: string; source?: unknown; licence?: string }) => {
    const source = sourceWords(from.source);
    return {
      what,
      id: from.id,
      ...(from.title !== undefined && { title: from.title }),
      ...(source !== undefined && { source }),
      ...(from.licence !== undefined && { licence: from.licence }),
    };
  };
  const priceSources = new Set(
    Object.entries(plan.policy.prices).map(([id, price]) => price?.source ?? `unknown for ${id}`),
  );
  return {
    sources: [
      row('eval', { id: spec.id, title: spec.title, source: spec.source }),
      row('items', spec.items),
      ...(spec.personas === null ? [] : [row('personas', spec.personas)]),
    ],
    files: plan.sources,
    git: plan.git,
    command: plan.command,
    prices: [...priceSources].sort().join('; '),
  };
}

const isSimulated = (plan: Plan): boolean =>
  [...plan.matrix.providers, ...Object.values(plan.matrix.roles)].some((provider) => provider.simulated);

/** Complete: every planned cell was asked, and no more failed than the config tolerates. */
function isComplete(plan: Plan, cells: Report['counts']['cells']): boolean {
  return cells.skipped === 0 && cells.failed <= plan.policy.tolerateFailed * cells.planned;
}

/**
 * The report of a run: a pure function of plan and record. Everything but `timing`, `host` and `effort` is the same
 * for the same replies, however they came to be recorded.
 */
export function buildReport(plan: Plan, measured: Measured, record: RecordSource): Report {
  const { byProvider, latencies } = replyFacts(plan, record);
  const costUsd = totalCostUsd(byProvider);
  const sessions = sessionFacts(record, costUsd);
  return {
    schema: 'evalrun.report/1',
    run: {
      id: plan.id,
      eval: plan.matrix.eval.id,
      title: plan.matrix.eval.title,
      configDigest: plan.digest,
      seed: plan.matrix.seed,
      repeats: plan.matrix.repeats,
      evalrunVersion: plan.evalrunVersion,
      simulated: isSimulated(plan),
      complete: isComplete(plan, measured.cells),
    },
    counts: {
      cells: measured.cells,
      calls: { askedByCells: measured.askedByCells, unique: record.calls, recorded: record.calls },
      tokens: {
        input: byProvider.reduce((total, row) => total + row.tokens.input, 0),
        output: byProvider.reduce((total, row) => total + row.tokens.output, 0),
      },
      costUsd,
      byProvider,
      failures: measured.failures,
    },
    estimates: measured.estimates,
    contrasts: measured.contrasts,
    ...(measured.relations && { relations: measured.relations }),
    groups: measured.groups,
    gates: measured.gates,
    judges: measured.judges,
    controls: measured.controls,
    provenance: provenance(plan),
    timing: { ...sessions.timing, latencies },
    host: sessions.host,
    effort: sessions.effort,
  };
}
