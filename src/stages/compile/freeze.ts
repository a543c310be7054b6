import type { ConfigSpec, ProviderSpec } from '../../contract/config-spec.js';
import type { FrozenMatrix, FrozenProvider, Plan, Policy } from '../../contract/plan.js';
import type { Env, ProviderKind } from '../../contract/provider-kind.js';
import { digestOf } from '../../lib/canonical-json.js';
import { resolvePrice } from './prices.js';

/** Facts about the invocation that go into the plan but not into its digest. */
export interface Circumstances {
  evalrunVersion: string;
  command: string;
  git: Plan['git'];
  /** Source file → SHA-256, hex. */
  sources: Plan['sources'];
  /** Ids of providers that answer from a simulated run. */
  simulatedReplays: Set<string>;
}

function freezeProvider(
  spec: ProviderSpec,
  kinds: readonly ProviderKind[],
  env: Env,
  replays: Set<string>,
): FrozenProvider {
  const kind = kinds.find((one) => one.kind === spec.kind)!;
  return {
    id: spec.id,
    kind: spec.kind,
    identity: kind.identity(spec.options, env),
    sampling: spec.sampling,
    options: spec.options,
    simulated: kind.simulated === true || replays.has(spec.id),
  };
}

function policyOf(config: ConfigSpec, kinds: readonly ProviderKind[], env: Env): Policy {
  const all = [...config.providers, ...Object.values(config.roles)];
  return {
    limits: config.limits,
    providerLimits: Object.fromEntries(all.map((spec) => [spec.id, spec.limits])),
    prices: Object.fromEntries(all.map((spec) => [spec.id, resolvePrice(spec, kinds, env)])),
    tolerateFailed: config.tolerateFailed,
    gates: config.gates,
    reports: config.reports,
  };
}

/**
 * Freezes a loaded config: the same content gives the same id, whatever the machine, the limits and the gates.
 * @param env decides endpoints (`OPENAI_BASE_URL`), which are part of who answers.
 */
export function freeze(
  config: ConfigSpec,
  kinds: readonly ProviderKind[],
  env: Env,
  circumstances: Circumstances,
): Plan {
  const matrix: FrozenMatrix = {
    format: 'evalrun.matrix/1',
    eval: config.eval,
    providers: config.providers.map((spec) => freezeProvider(spec, kinds, env, circumstances.simulatedReplays)),
    roles: Object.fromEntries(
      Object.entries(config.roles).map(([role, spec]) => [
        role,
        freezeProvider(spec, kinds, env, circumstances.simulatedReplays),
      ]),
    ),
    sample: config.sample,
    repeats: config.repeats,
    seed: config.seed,
  };
  const digest = digestOf(matrix);
  return {
    schema: 'evalrun.plan/1',
    id: digest.slice(0, 12),
    digest,
    evalrunVersion: circumstances.evalrunVersion,
    config: config.file,
    command: circumstances.command,
    git: circumstances.git,
    sources: circumstances.sources,
    matrix,
    policy: policyOf(config, kinds, env),
  };
}
