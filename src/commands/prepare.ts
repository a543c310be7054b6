import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConfigSpec } from '../contract/config-spec.js';
import type { Matrix, Plan } from '../contract/plan.js';
import { EvalrunError } from '../contract/problem.js';
import { registry } from '../registry.js';
import { freeze } from '../stages/compile/freeze.js';
import { createMatrix } from '../stages/compile/matrix.js';
import { loadStage } from '../stages/load/load-chain.js';
import { type LoadDeps, loadConfig } from '../stages/load/load-config.js';
import { readPlan } from '../store/run-folder.js';
import { gitState } from './git-state.js';
import { evalrunVersion, type Flags, type Invocation, packageFolder } from './invocation.js';
import { sourceRuns } from './source-runs.js';

/** A config, loaded, checked and frozen: everything short of calling a model. */
export interface Prepared {
  config: ConfigSpec;
  plan: Plan;
  matrix: Matrix;
  /** Provider id → folder of the file that declares it. */
  providerFolders: { [id: string]: string };
  /** What a person should hear of what was read. */
  notes: string[];
}

/** Flags that stand for a place in the config. */
function flagSets({ seed, limit, concurrency, budgetUsd, set = [] }: Flags): { path: string; value: string }[] {
  const named: [string, unknown][] = [
    ['seed', seed],
    ['sample.cells', limit],
    ['limits.concurrency', concurrency],
    ['limits.budgetUsd', budgetUsd],
  ];
  return [
    ...set.map((text) => {
      const at = text.indexOf('=');
      if (at < 1)
        throw new EvalrunError('BAD_FLAG', `--set ${text}: it has no form path=value`, {
          hint: 'for example --set sample.items=20',
        });
      return { path: text.slice(0, at).trim(), value: text.slice(at + 1) };
    }),
    ...named.flatMap(([where, value]) => (value === undefined ? [] : [{ path: where, value: String(value) }])),
  ];
}

function roleIds(roles: string[] = []): { [role: string]: string } {
  return Object.fromEntries(
    roles.map((text) => {
      const [role, id] = text.split('=');
      if (role === undefined || id === undefined || role === '' || id === '') {
        throw new EvalrunError('BAD_FLAG', `--role ${text}: it has no form role=provider`, {
          hint: 'for example --role judge=openai',
        });
      }
      return [role, id];
    }),
  );
}

/**
 * What the load stage may see of the world.
 * @param known eval id → folder of its run from which items are to be made, before any other
 */
export function loadDeps(invocation: Invocation, known: ReadonlyMap<string, string> = new Map()): LoadDeps {
  const { flags, env, cwd } = invocation;
  return {
    read: (file) => readFile(file),
    list: (folder) => {
      try {
        return readdirSync(folder);
      } catch {
        return [];
      }
    },
    openSourceRun: sourceRuns(invocation, known),
    registry,
    env,
    cwd,
    shippedFolder: packageFolder,
    sets: flagSets(flags),
    ...(flags.provider !== undefined && { providerIds: flags.provider }),
    ...(flags.role !== undefined && { roleIds: roleIds(flags.role) }),
  };
}

/** The command that makes the same run again: only what decides the plan, not where it is written to. */
function reproduction(file: string, { flags }: Invocation, stage: string | undefined): string {
  const quote = (text: string): string => (/^[\w./=:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
  const options = [
    ...(stage === undefined ? [] : ['--stage', stage]),
    ...(flags.provider ?? []).flatMap((id) => ['--provider', id]),
    ...(flags.role ?? []).flatMap((pair) => ['--role', pair]),
    ...(flags.set ?? []).flatMap((pair) => ['--set', pair]),
    ...(flags.seed === undefined ? [] : ['--seed', String(flags.seed)]),
    ...(flags.limit === undefined ? [] : ['--limit', String(flags.limit)]),
  ];
  return ['npx evalrun', quote(file), ...options.map(quote)].join(' ');
}

function secretsOf(config: ConfigSpec): string[] {
  return [...config.providers, ...Object.values(config.roles)].flatMap((spec) => {
    const kind = registry.providers.find((one) => one.kind === spec.kind);
    return (kind?.envNeeds(spec.options) ?? []).filter((need) => need.secret).map((need) => need.name);
  });
}

/**
 * Providers that answer from a run with simulated answers.
 * @throws EvalrunError NOT_A_RUN, DAMAGED_PLAN for a folder that cannot be answered from
 */
function simulatedReplays(config: ConfigSpec, folders: { [id: string]: string }): Set<string> {
  const found = new Set<string>();
  for (const spec of [...config.providers, ...Object.values(config.roles)]) {
    const from = registry.providers.find((kind) => kind.kind === spec.kind)?.runFolder?.(spec.options);
    if (from === undefined) continue;
    const { matrix } = readPlan(path.resolve(folders[spec.id] ?? '.', from));
    if ([...matrix.providers, ...Object.values(matrix.roles)].some((one) => one.simulated)) found.add(spec.id);
  }
  return found;
}

/** A budget in USD cannot be kept where a price is unknown. */
function checkBudget({ policy }: Plan): void {
  const unknown = Object.entries(policy.prices).filter(([, price]) => price === null);
  if (policy.limits.budgetUsd === undefined || unknown.length === 0) return;
  throw new AggregateError(
    unknown.map(
      ([id]) =>
        new EvalrunError('UNKNOWN_PRICE', `there is a budget in USD, but the price of provider ${id} is unknown`, {
          hint: `add prices: {inputPerMillion: …, outputPerMillion: …} to its YAML (0 for a server of your own), or use limits.maxCalls`,
        }),
    ),
  );
}

/** A stage of a chain, with the runs that earlier stages have made: eval id → folder. */
export interface StageOfChain {
  name: string;
  known: ReadonlyMap<string, string>;
}

/**
 * Loads, checks and freezes a config, or a stage of a chain.
 * @throws AggregateError of all problems; nothing has been called then
 */
export async function prepare(file: string, invocation: Invocation, stage?: StageOfChain): Promise<Prepared> {
  const git = gitState(path.dirname(path.resolve(invocation.cwd, file)));
  const deps = loadDeps(invocation, stage?.known);
  const { config, sources, providerFolders, notes } = await (stage === undefined
    ? loadConfig(file, deps)
    : loadStage(file, stage.name, deps));
  invocation.addSecrets(secretsOf(config));
  const digests = [...sources].map(([name, digest]): [string, string] => [
    path.relative(invocation.cwd, path.resolve(invocation.cwd, name)),
    digest,
  ]);
  const plan = freeze(config, registry.providers, invocation.env, {
    evalrunVersion,
    command: reproduction(file, invocation, stage?.name),
    git: await git,
    simulatedReplays: simulatedReplays(config, providerFolders),
    sources: Object.fromEntries(digests.sort(([a], [b]) => (a < b ? -1 : 1))),
  });
  checkBudget(plan);
  return { config, plan, matrix: createMatrix(plan.matrix), providerFolders, notes };
}

/**
 * Prepares several configs.
 * @throws AggregateError of the problems of all of them
 */
export async function prepareAll(files: string[], invocation: Invocation): Promise<Prepared[]> {
  const results = await Promise.allSettled(files.map((file) => prepare(file, invocation)));
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1)
    throw new AggregateError(
      failures.flatMap((failure) => (failure instanceof AggregateError ? failure.errors : [failure])),
    );
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}
