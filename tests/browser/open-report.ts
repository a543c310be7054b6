import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { html } from '../../src/kinds/reporters/html.js';
import { type FixtureChoices, reportFixture } from '../fixtures/report-fixture.js';

/** Where a Chromium is looked for. */
export const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** True where these tests can run; says so once where they cannot. */
export function browserIsThere(): boolean {
  if (existsSync(chromiumPath)) return true;
  console.warn(`No Chromium at ${chromiumPath}: browser tests are skipped. Set CHROMIUM_PATH to run them.`);
  return false;
}

/** A page on a report, with everything that a report must not do noted down. */
export interface OpenReport {
  page: Page;
  /** Console messages of any level, uncaught errors, and requests that are not for the file itself. */
  complaints: string[];
}

/** Starts a browser and opens made-up reports from disk in it. */
export class ReportOpener {
  #browser: Browser | undefined;
  #folder = '';

  async start(): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), 'evalrun-browser-'));
    this.#browser = await chromium.launch({
      executablePath: chromiumPath,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  }

  async open(
    choices: FixtureChoices & { transcripts?: number; dark?: boolean; width?: number; hash?: string },
  ): Promise<OpenReport> {
    const [output] = await html.report(reportFixture(choices), { transcripts: choices.transcripts ?? 300 });
    const file = join(this.#folder, 'report.html');
    await writeFile(file, (output as { content: string }).content);
    const page = await this.#browser!.newPage({
      colorScheme: choices.dark ? 'dark' : 'light',
      viewport: { width: choices.width ?? 1280, height: 900 },
    });
    const address = pathToFileURL(file).href;
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== address) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(`${address}${choices.hash ?? ''}`);
    if ((choices.transcripts ?? 300) > 0) await page.locator('[role="status"]', { hasText: 'match' }).waitFor();
    return { page, complaints };
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
