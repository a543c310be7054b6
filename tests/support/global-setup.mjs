/**
 * Before all tests: the report's client, and a build of the command for the tests that run it as a process of its own.
 * The build lies in a folder named after its sources, so that test runs beside each other never build over one another.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCode } from '../../scripts/build.mjs';
import { buildReportClient } from '../../scripts/build-report-client.mjs';
import { digestOfSources } from '../../scripts/source-digest.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = path.join(root, 'node_modules/.cache/evalrun-test');
/** Builds of other sources are kept for so long: another test run may be using them. */
const keepMs = 60 * 60_000;

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
  const folder = path.join(cache, digestOfSources().slice(0, 16));
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
