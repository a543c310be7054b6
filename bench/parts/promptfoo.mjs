import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mockModel, promptOf, questionText } from './eval-files.mjs';
import { inRoot, runNode } from './processes.mjs';

export const promptfooBin = inRoot('node_modules/promptfoo/dist/src/entrypoint.js');
export const hasPromptfoo = existsSync(promptfooBin);

/** Writes the same eval for promptfoo: one call and one `contains` a cell. */
export function writePromptfooEval(folder, { cells, baseUrl }) {
  mkdirSync(folder, { recursive: true });
  const tests = Array.from({ length: cells }, (_, at) => JSON.stringify({ vars: { q: questionText(at) } }));
  writeFileSync(path.join(folder, 'tests.jsonl'), `${tests.join('\n')}\n`);
  const config = {
    description: 'throughput',
    prompts: [promptOf('{{q}}')],
    providers: [
      { id: `openai:chat:${mockModel}`, config: { apiBaseUrl: baseUrl, apiKey: 'none-needed', temperature: 0 } },
    ],
    defaultTest: { assert: [{ type: 'contains', value: 'ECHO' }] },
    tests: 'file://tests.jsonl',
  };
  writeFileSync(path.join(folder, 'promptfooconfig.json'), JSON.stringify(config, null, 1));
}

/**
 * Runs promptfoo's command line, with a folder of its own for its database.
 * @param variant `as it comes` (results to its database and a JSON file) or `--no-write` (kept in memory, no debug log)
 */
export async function runPromptfoo(folder, { variant, concurrency }) {
  const own = path.join(folder, 'own');
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own, { recursive: true });
  const args = [
    'eval',
    '-c',
    'promptfooconfig.json',
    '--no-table',
    '--no-cache',
    '--no-progress-bar',
    '-j',
    String(concurrency),
  ];
  const isLean = variant === '--no-write';
  const env = {
    PROMPTFOO_CONFIG_DIR: own,
    PROMPTFOO_DISABLE_TELEMETRY: '1',
    PROMPTFOO_DISABLE_UPDATE: '1',
    PROMPTFOO_DISABLE_SHARING: '1',
    PROMPTFOO_DISABLE_REMOTE_GENERATION: '1',
    ...(isLean && { PROMPTFOO_DISABLE_DEBUG_LOG: '1' }),
  };
  const result = await runNode([promptfooBin, ...args, ...(isLean ? ['--no-write'] : ['-o', 'out.json'])], {
    cwd: folder,
    env,
  });
  if (result.code !== 0)
    throw new Error(`promptfoo ended with ${result.code}:\n${(result.stderr + result.stdout).slice(-2000)}`);
  return result;
}
