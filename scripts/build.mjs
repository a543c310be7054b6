/** Builds `dist/`: type declarations by tsc, code by esbuild in a few chunks, so that a verb loads only what it uses. */

import { execFile } from 'node:child_process';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { buildReportClient } from './build-report-client.mjs';
import { lazyPackages } from './lazy-packages.mjs';
import { prebuiltChecks } from './prebuilt-checks.mjs';
import { digestOfSources } from './source-digest.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Bundles the command and the library.
 * @param outdir below the project's folder, where the packages that stay outside of the bundle are found
 */
export async function buildCode(outdir) {
  await build({
    absWorkingDir: root,
    entryPoints: { bin: 'src/bin.ts', index: 'src/index.ts' },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.22',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // Small libraries go into the bundle: reading hundreds of module files would double the start-up time. The vendors'
    // SDKs, the HTTP client and the price table stay where npm put them; each is loaded only when it is used.
    external: ['openai', '@anthropic-ai/sdk', 'promptfoo', 'undici', '@pydantic/genai-prices'].flatMap((name) => [
      name,
      `${name}/*`,
    ]),
    plugins: [lazyPackages(outdir), prebuiltChecks],
    chunkNames: 'chunks/[name]-[hash]',
    sourcemap: true,
    sourcesContent: false,
    // The bundled CommonJS packages ask for built-in modules by `require`.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();

async function main() {
  // npm runs `prepare` again when `npx` links the project into its cache: nothing is built twice for the same sources.
  const digest = digestOfSources();
  const mark = `${root}dist/sources.sha256`;
  const present = await readFile(mark, 'utf8').catch(() => '');
  if (process.argv.includes('--if-needed') && present === digest) return;
  await rm(`${root}dist`, { recursive: true, force: true });
  await buildReportClient();
  await buildCode('dist');
  await chmod(`${root}dist/bin.js`, 0o755);
  if (process.argv.includes('--no-types')) return;
  const compiler = `${root}node_modules/typescript/bin/tsc`;
  await promisify(execFile)(process.execPath, [compiler, '-p', `${root}tsconfig.types.json`]);
  await writeFile(mark, digest);
}
