import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Evaluates a module over the TypeScript of this working tree, before anything is built.
 * @param contents source of the module; its imports start at the project's folder
 * @returns what it exports
 */
export async function importSources(contents) {
  const cache = path.join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(path.join(cache, 'sources-'));
  try {
    const outfile = path.join(folder, 'module.mjs');
    await build({
      absWorkingDir: root,
      stdin: { resolveDir: root, contents },
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      logLevel: 'warning',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
