import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';
import { fidelityPage } from '../../src/kinds/reporters/html/fidelity/fidelity-page.js';
import { fidelityOf } from '../../src/lib/fidelity.js';
import { draw, population } from '../fixtures/fidelity-fixture.js';
import { browserIsThere, chromiumPath } from './open-report.js';

(browserIsThere() ? describe : describe.skip)('the page of drawn personas', () => {
  const folder = mkdtempSync(join(tmpdir(), 'evalrun-fidelity-'));
  const file = join(folder, 'page.html');
  let browser: Browser;
  beforeAll(async () => {
    const about = { id: 'town', kind: 'census', evalrunVersion: '1.2.3' };
    writeFileSync(file, fidelityPage({ about, draw, fidelity: fidelityOf(draw.people, population) }));
    browser = await chromium.launch({
      executablePath: chromiumPath,
      args: ['--headless', '--no-sandbox', '--disable-gpu'],
    });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('%d pixels wide, %s: fits, says nothing in the console, asks for nothing', async (width, colorScheme) => {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    const complaints: string[] = [];
    const address = pathToFileURL(file).href;
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (request.url() !== address) complaints.push(request.url());
    });
    await page.goto(address);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await paper();
    const theme = page.locator('#theme');
    await theme.click();
    if (colorScheme === 'light') await theme.click();
    expect(await paper()).not.toBe(before);
    // A dot that is drawn beyond the noise stands to the right of the band that it left.
    const [band, dot] = await Promise.all([
      page.locator('#attributes .noise-band').first().boundingBox(),
      page.locator('#attributes .drawn.beyond').first().boundingBox(),
    ]);
    expect(dot!.x).toBeGreaterThan(band!.x + band!.width);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
