import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserIsThere, ReportOpener } from './open-report.js';

const there = browserIsThere();
const opener = new ReportOpener();

beforeAll(async () => {
  if (there) await opener.start();
});
afterAll(() => opener.stop());

/** Texts whose contrast with what is behind them is below WCAG AA, as `ratio selector text`. */
function lowContrasts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const parse = (color: string): number[] => {
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = ([r, g, b]: number[]) => {
      const [x, y, z] = [r!, g!, b!].map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * x! + 0.7152 * y! + 0.0722 * z!;
    };
    const behind = (element: Element): number[] => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const color = parse(getComputedStyle(at).backgroundColor);
        if (color[3] === 255) return color;
      }
      return [255, 255, 255, 255];
    };
    const low: string[] = [];
    for (const element of document.body.querySelectorAll('*')) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim() !== '');
      if (!own || element.closest('svg, script, option, :disabled') || !(element as HTMLElement).checkVisibility())
        continue;
      const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(behind(element))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < 4.5)
        low.push(`${ratio.toFixed(2)} ${element.tagName}.${element.className} ${element.textContent!.slice(0, 30)}`);
    }
    return low;
  });
}

(there ? describe : describe.skip)('report.html for everyone', () => {
  test('has landmarks, ordered headings, captions, scopes and labels', async () => {
    const { page } = await opener.open({ scorecard: true });
    await page.locator('.list button').nth(30).click();
    for (const landmark of ['header', 'main', 'nav', 'footer', 'search'])
      expect(await page.locator(landmark).count()).toBeGreaterThan(0);
    const problems = await page.evaluate(() => {
      const found: string[] = [];
      let level = 1;
      for (const heading of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
        const own = Number(heading.tagName[1]);
        if (own > level + 1) found.push(`heading jumps to ${heading.outerHTML.slice(0, 60)}`);
        level = own;
      }
      for (const table of document.querySelectorAll('table')) {
        if (!table.caption?.textContent?.trim()) found.push('table without a caption');
        if (table.querySelector('th:not([scope])')) found.push('heading cell without a scope');
      }
      for (const field of document.querySelectorAll('input, select'))
        if (!(field as HTMLInputElement).labels?.length) found.push('field without a label');
      for (const button of document.querySelectorAll('button, a'))
        if (!button.textContent?.trim()) found.push('nameless control');
      const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
      if (new Set(ids).size !== ids.length) found.push('an id twice');
      for (const element of document.querySelectorAll('[aria-labelledby]')) {
        if (!document.getElementById(element.getAttribute('aria-labelledby')!)) found.push('label that is not there');
      }
      for (const link of document.querySelectorAll('nav a'))
        if (!document.querySelector(link.getAttribute('href')!)) found.push('dead link');
      if (document.documentElement.lang === '') found.push('no language');
      return found;
    });
    expect(problems).toEqual([]);
    await page.close();
  });

  test.each([false, true])('text stands out from its background, dark: %s', async (dark) => {
    const { page } = await opener.open({ dark, scorecard: true });
    for (const folded of await page.locator('main details > summary').all()) await folded.click();
    await page.locator('.list button').nth(0).click();
    expect(await lowContrasts(page)).toEqual([]);
    await page.close();
  });

  test('follows the system’s theme, and the reader’s choice over it', async () => {
    const { page } = await opener.open({ dark: true, transcripts: 0 });
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await paper();
    await page.locator('#theme').click();
    const light = await paper();
    expect(light).not.toBe(dark);
    await page.locator('#theme').click();
    expect(await paper()).toBe(dark);
    await page.close();
  });

  test.each([390, 700, 1000, 1600])('never scrolls sideways at %d px', async (width) => {
    const { page } = await opener.open({ width, scorecard: true });
    for (const folded of await page.locator('main details > summary').all()) await folded.click();
    await page.locator('.list button').nth(17).click();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over).toBe(0);
    await page.close();
  });

  test.each([
    { width: 390, dark: true },
    { width: 1280, dark: false },
  ])('relations of arms stand out and fit: %j', async (look) => {
    const { page } = await opener.open({ ...look, eval: 'pink-elephant', relations: true, transcripts: 0 });
    expect(await page.locator('#relations table').count()).toBe(5);
    expect(await lowContrasts(page)).toEqual([]);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over).toBe(0);
    await page.close();
  });

  test('on a narrow screen each row names its numbers, and a pick leads to the text', async () => {
    const { page } = await opener.open({ width: 390 });
    const label = await page.evaluate(
      () => getComputedStyle(document.querySelector('td[data-label="Unscored"]')!, '::before').content,
    );
    expect(label).toContain('Unscored');
    await page.locator('.list button').nth(20).click();
    await page.waitForFunction(() => document.activeElement?.className === 'detail');
    await page.close();
  });

  test('works from the keyboard, with the focus in sight', async () => {
    const { page } = await opener.open({});
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the verdict');
    await page.locator('.list button').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('heading', { name: 'Cell 2', exact: true }).waitFor();
    expect(
      await page.locator('.list button[aria-current="true"]').evaluate((button) => button === document.activeElement),
    ).toBe(true);
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
    expect(outline).toBe('solid');
    await page.close();
  });

  test('plots say in words what they show, and the tests behind gaps open from the keyboard', async () => {
    const { page } = await opener.open({ transcripts: 0, scorecard: true });
    expect(await page.getByRole('img', { name: /^fits on replies of openai: all judgements score/ }).count()).toBe(1);
    expect(
      await page.getByRole('img', { name: /^baseline of openai: k 1 31\.2%.*control fits_other: k 1/ }).count(),
    ).toBe(1);
    const tests = page.locator('#groups .tests');
    expect(await tests.locator('table').isVisible()).toBe(false);
    await tests.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await tests.locator('table').isVisible()).toBe(true);
    expect(await tests.locator('thead th').allTextContents()).toEqual([
      'Group',
      'Gap',
      'p',
      'p adjusted',
      'q',
      'Claim',
    ]);
    await page.close();
  });

  test('prints light and without controls', async () => {
    const { page } = await opener.open({ dark: true });
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['nav.contents', '#theme', '.filters', '#copy'])
      expect(await page.locator(hidden).isVisible()).toBe(false);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light');
    await page.close();
  });

  test('moves nothing for readers who asked for less motion', async () => {
    const { page } = await opener.open({ transcripts: 0 });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)).toBe('auto');
    await page.close();
  });
});
