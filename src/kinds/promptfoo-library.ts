import { tmpdir } from 'node:os';
import path from 'node:path';
// promptfoo takes its settings from the environment alone. They are written here, nothing is read.
import { env, pid } from 'node:process';
import { EvalrunError } from '../contract/problem.js';

/** What `import('promptfoo')` gives. */
export type Promptfoo = typeof import('promptfoo');

const settings: { [name: string]: string } = {
  PROMPTFOO_CACHE_ENABLED: 'false',
  PROMPTFOO_DISABLE_DEBUG_LOG: '1',
  PROMPTFOO_DISABLE_ERROR_LOG: '1',
  PROMPTFOO_DISABLE_REMOTE_GENERATION: '1',
  PROMPTFOO_DISABLE_SHARING: '1',
  PROMPTFOO_DISABLE_TELEMETRY: '1',
  PROMPTFOO_DISABLE_TEMPLATE_ENV_VARS: '1',
  PROMPTFOO_DISABLE_UPDATE: '1',
  LOG_LEVEL: 'error',
  // Else it asks a cloud's metadata address who it is.
  METADATA_SERVER_DETECTION: 'none',
};

let loading: Promise<Promptfoo> | undefined;
let mostConnections = 0;

const missing = (cause: unknown): EvalrunError =>
  new EvalrunError('PROMPTFOO_MISSING', 'a "kind: promptfoo" is used, but the package promptfoo is not installed', {
    hint: 'Run: npm install promptfoo',
    cause,
  });

/** Its telemetry sends one event even when it is switched off. */
const silenceTelemetry = (): void => {
  const holder = process as unknown as { [key: symbol]: { record?: unknown } | undefined };
  const telemetry = holder[Symbol.for('promptfoo.telemetry.instance')];
  if (telemetry !== undefined) telemetry.record = () => undefined;
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  (error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND' &&
  /'promptfoo'/.test(error.message);

const load = async (importer: () => Promise<Promptfoo>): Promise<Promptfoo> => {
  Object.assign(env, settings, { PROMPTFOO_CONFIG_DIR: path.join(tmpdir(), `evalrun-promptfoo-${pid}`) });
  try {
    const library = await importer();
    silenceTelemetry();
    return library;
  } catch (error) {
    throw isMissing(error) ? missing(error) : error;
  }
};

/**
 * promptfoo as a library: cache, telemetry, updates, sharing and remote generation off, its files in a temporary folder.
 * Imported on the first call (about 3 s, 150 MB), the same ever after.
 * @param concurrency most requests that its providers may have in flight; the largest of all calls before the first
 *   request counts
 * @throws EvalrunError PROMPTFOO_MISSING when the package is not installed
 */
export const loadPromptfoo = (
  concurrency: number,
  importer: () => Promise<Promptfoo> = () => import('promptfoo'),
): Promise<Promptfoo> => {
  mostConnections = Math.max(mostConnections, concurrency);
  env.PROMPTFOO_FETCH_CONNECTIONS = String(mostConnections);
  loading ??= load(importer).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
};

let codeTrusted = false;

/** Lets configs of this process name assertions that run code from YAML. For a flag by which the user says so. */
export const trustPromptfooCode = (): void => {
  codeTrusted = true;
};

/** Whether the user trusts code in YAML. */
export const isPromptfooCodeTrusted = (): boolean => codeTrusted;
