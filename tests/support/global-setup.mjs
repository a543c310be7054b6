/**
 * Before all tests: the report's client, and a build of the command for the tests that run it as a process of its own.
 * The build lies in a folder named after its sources, so that test runs beside each other never build over one another.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCode } from '../../scripts/build.mjs';
import { buildReportClient } from '../../scripts/build-report-client.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = path.join(root, 'node_modules/.cache/evalrun-test');
/** Builds of other sources are kept for so long: another test run may be using them. */
const keepMs = 60 * 60_000;

function* filesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(file);
    else yield file;
  }
}

function digestOfSources() {
  const hash = createHash('sha256');
  const others = ['scripts/build.mjs', 'package-lock.json'].map((file) => path.join(root, file));
  for (const file of [...filesIn(path.join(root, 'src')), ...others]) {
    hash.update(`${path.relative(root, file)}\n`).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

function forgetOldBuilds(except) {
  for (const name of readdirSync(cache)) {
    const folder = path.join(cache, name);
    if (folder !== except && Date.now() - statSync(folder).mtimeMs > keepMs)
      rmSync(folder, { recursive: true, force: true });
  }
}

export default async function setUp() {
  await buildReportClient();
  // Set by hand, it names another build to be tested, e.g. an installed one.
  if (process.env.EVALRUN_TEST_BIN !== undefined) return;
  const folder = path.join(cache, digestOfSources());
  mkdirSync(cache, { recursive: true });
  if (!existsSync(folder)) {
    const draft = `${folder}.${process.pid}`;
    await buildCode(draft);
    try {
      renameSync(draft, folder);
    } catch (error) {
      if (!existsSync(folder)) throw error;
      rmSync(draft, { recursive: true, force: true });
    }
  }
  forgetOldBuilds(folder);
  process.env.EVALRUN_TEST_BIN = path.join(folder, 'bin.js');
}
