/**
 * Makes `reports/example/` anew: `report.json` and `report.html` of `configs/smoke.yaml`. Needs a build.
 * With `--images` also the pictures of the README, `docs/images/`, from a run of `configs/persona.yaml`; needs Chromium.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), 'evalrun-example-'));

/** Runs a shipped config and returns its run folder. */
function run(config) {
  const folder = path.join(scratch, config);
  execFileSync(
    process.execPath,
    ['dist/bin.js', 'run', `configs/${config}.yaml`, '--out', folder, '--no-reuse', '--quiet'],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  return folder;
}

/** Top of the page as far as the first table of headline numbers. */
const view = { width: 1280, height: 1120 };

async function takeImages(report, folder) {
  const { chromium } = await import('playwright-core');
  const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (file) => file !== undefined && existsSync(file),
  );
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    for (const colorScheme of ['light', 'dark']) {
      const page = await browser.newPage({ viewport: view, colorScheme });
      await page.goto(pathToFileURL(report).href);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.screenshot({ path: path.join(folder, `report-${colorScheme}.png`) });
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

try {
  const example = path.join(root, 'reports', 'example');
  mkdirSync(example, { recursive: true });
  const made = run('smoke');
  for (const file of ['report.json', 'report.html']) copyFileSync(path.join(made, file), path.join(example, file));
  if (process.argv.includes('--images')) {
    const images = path.join(root, 'docs', 'images');
    mkdirSync(images, { recursive: true });
    await takeImages(path.join(run('persona'), 'report.html'), images);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
