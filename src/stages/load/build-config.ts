import type { ConfigSpec, GateSpec, ReporterSpec, Sample } from '../../contract/config-spec.js';
import { type ConfigDocument, DEFAULT_REPORTS, type GateDocument } from '../../contract/documents/config-document.js';
import type { EvalSpec } from '../../contract/eval-spec.js';
import type { JsonObject } from '../../contract/json.js';
import { buildEval } from './build-eval.js';
import type { EvalParts } from './eval-parts.js';
import type { LoadedProvider } from './load-providers.js';

const DEFAULT_CELL_DEADLINE_MS = 900_000;

/** The config as the later stages read it, with defaults filled in. Its document must be without problems. */
export function buildConfig(
  file: string,
  value: unknown,
  named: { parts: EvalParts; tested: LoadedProvider[]; roles: Map<string, LoadedProvider> },
): ConfigSpec {
  const document = value as ConfigDocument;
  const providers = named.tested.map((one) => one.spec);
  const tested = new Set(providers.map((one) => one.id));
  const roles = [...named.roles].map(([role, one]) => [role, one.spec] as const);
  return {
    file,
    eval: withDesign(buildEval(named.parts), document),
    providers,
    roles: Object.fromEntries(roles.sort(([a], [b]) => (a < b ? -1 : 1))),
    sample: sampleOf(document),
    repeats: document.repeats ?? 1,
    seed: document.seed ?? 0,
    limits: { cellDeadlineMs: DEFAULT_CELL_DEADLINE_MS, ...document.limits },
    tolerateFailed: document.tolerate?.failed ?? 0,
    // A gate of a provider that a flag left out has nothing to say.
    gates: (document.gates ?? [])
      .map(gateOf)
      .filter((gate) => gate.provider === undefined || tested.has(gate.provider)),
    reports: (document.reports ?? DEFAULT_REPORTS).map(reporterOf),
  };
}

/** The sample decides how items and personas are paired where it says so. */
function withDesign(spec: EvalSpec, { sample = {} }: ConfigDocument): EvalSpec {
  const { perPersona, zip } = sample;
  if (zip !== undefined) return { ...spec, design: { kind: 'zip' } };
  return perPersona === undefined ? spec : { ...spec, design: { kind: 'balanced', promptsPerPersona: perPersona } };
}

function sampleOf({ sample = {} }: ConfigDocument): Sample {
  const { where = {}, perPersona: _inDesign, zip, ...counts } = sample;
  return { ...counts, ...(zip !== undefined && { items: zip, personas: zip }), where };
}

function gateOf(gate: GateDocument): GateSpec {
  const { metric, arm, provider } = gate;
  const end = gate.value !== undefined ? 'value' : gate.low !== undefined ? 'low' : 'high';
  return {
    metric,
    ...(arm === undefined ? {} : { arm }),
    ...(provider === undefined ? {} : { provider }),
    end,
    ...gate[end],
  };
}

function reporterOf(report: unknown): ReporterSpec {
  if (typeof report === 'string') return { kind: report, options: {} };
  const { kind, ...options } = report as { kind: string } & JsonObject;
  return { kind, options };
}
