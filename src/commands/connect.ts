import path from 'node:path';
import type { ProviderSpec } from '../contract/config-spec.js';
import type { FrozenProvider, Plan } from '../contract/plan.js';
import type { EarlierRun, ProviderKind } from '../contract/provider-kind.js';
import { defaultConcurrency, defaultRetries, defaultTimeoutMs } from '../lib/default-limits.js';
import { registry } from '../registry.js';
import type { Endpoint } from '../stages/run/endpoint.js';
import { Limiter } from '../stages/run/limiter.js';
import { RecordReader } from '../store/record-reader.js';
import { readPlan, runFiles } from '../store/run-folder.js';
import type { Invocation } from './invocation.js';

/** Everything that a run talks to. */
export interface Endpoints {
  subjects: Endpoint[];
  roles: { [role: string]: Endpoint };
  /** Each limiter once. */
  limiters: Limiter[];
  close(): Promise<void>;
}

const kindOf = (provider: FrozenProvider): ProviderKind =>
  registry.providers.find((kind) => kind.kind === provider.kind)!;

async function openRun(folder: string): Promise<EarlierRun> {
  const { matrix } = readPlan(folder);
  const record = new RecordReader(path.join(folder, runFiles.record));
  return {
    providers: [...matrix.providers, ...Object.values(matrix.roles)],
    reply: async (digest) => record.read(digest),
    close: async () => record.close(),
  };
}

/** Options of the provider document again, as `connect` wants them. */
function specOf(provider: FrozenProvider, plan: Plan): ProviderSpec {
  return {
    id: provider.id,
    kind: provider.kind,
    sampling: provider.sampling,
    limits: plan.policy.providerLimits[provider.id] ?? {},
    options: provider.options,
  };
}

/**
 * Connects the plan's providers. Those of one account share a limiter; a provider that is both under test and a
 * judge is one endpoint.
 * @throws EvalrunError when a provider cannot be set up (missing package, bad replay folder)
 */
export async function connect(
  plan: Plan,
  folders: { [id: string]: string },
  invocation: Invocation,
): Promise<Endpoints> {
  const limiters = new Map<string, Limiter>();
  const endpoints = new Map<string, Endpoint>();
  const open = async (provider: FrozenProvider): Promise<Endpoint> => {
    const known = endpoints.get(provider.id);
    if (known !== undefined) return known;
    const kind = kindOf(provider);
    const secrets = kind.envNeeds(provider.options).filter((need) => need.secret);
    invocation.addSecrets(secrets.map((need) => need.name));
    const spec = specOf(provider, plan);
    const { timeoutMs = defaultTimeoutMs, retries = defaultRetries } = spec.limits;
    const concurrency = Math.min(
      spec.limits.concurrency ?? plan.policy.limits.concurrency ?? defaultConcurrency,
      plan.policy.limits.concurrency ?? 1e9,
    );
    const key = `${provider.kind} ${kind.limiterKey(provider.options, invocation.env)}`;
    const limiter = limiters.get(key) ?? new Limiter({ ...spec.limits, concurrency });
    limiters.set(key, limiter);
    const folder = folders[provider.id] ?? invocation.cwd;
    const connected = await kind.connect(spec, {
      env: invocation.env,
      concurrency,
      timeoutMs,
      folder,
      openRun: (from) => openRun(path.resolve(folder, from)),
    });
    const endpoint: Endpoint = {
      frozen: provider,
      provider: connected,
      limiter,
      timeoutMs,
      retries,
      down: null,
      downCount: 0,
    };
    endpoints.set(provider.id, endpoint);
    return endpoint;
  };
  const close = async (): Promise<void> => {
    await Promise.all([...endpoints.values()].map((endpoint) => endpoint.provider.close()));
  };
  try {
    const subjects: Endpoint[] = [];
    for (const provider of plan.matrix.providers) subjects.push(await open(provider));
    const roles: { [role: string]: Endpoint } = {};
    for (const [role, provider] of Object.entries(plan.matrix.roles)) roles[role] = await open(provider);
    return { subjects, roles, limiters: [...limiters.values()], close };
  } catch (error) {
    await close();
    throw error;
  }
}
