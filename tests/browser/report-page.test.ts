import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hostileTexts } from '../fixtures/report/hostile-texts.js';
import { browserIsThere, ReportOpener } from './open-report.js';

const there = browserIsThere();
const opener = new ReportOpener();
const status = '#transcript-browser [role="status"]';

beforeAll(async () => {
  if (there) await opener.start();
});
afterAll(() => opener.stop());

(there ? describe : describe.skip)('report.html in a browser', () => {
  test('opens from disk without an error, a violation or a request', async () => {
    for (const choices of [
      { eval: 'persona' as const },
      { eval: 'pink-elephant' as const, simulated: false, complete: false },
    ]) {
      const { page, complaints } = await opener.open(choices);
      expect(await page.locator('h1').count()).toBe(1);
      expect(complaints).toEqual([]);
      await page.close();
    }
  });

  test('its policy holds: neither markup nor style nor script can be added', async () => {
    const { page, complaints } = await opener.open({ transcripts: 5 });
    const written = await page.evaluate(() => {
      try {
        document.body.insertAdjacentHTML('beforeend', '<img src="https://tracker.example/x.png">');
        return 'written';
      } catch {
        return 'refused';
      }
    });
    expect(written).toBe('refused');
    await page.evaluate(() => {
      const image = document.createElement('img');
      image.src = 'https://tracker.example/x.png';
      document.body.append(image);
    });
    await page.waitForTimeout(200);
    expect(complaints.some((complaint) => /Content Security Policy/.test(complaint))).toBe(true);
    await page.close();
  });

  test('hostile replies are shown as text and do nothing', async () => {
    for (const fixture of ['persona', 'pink-elephant'] as const) {
      const { page, complaints } = await opener.open({ eval: fixture });
      for (const [i, text] of hostileTexts.entries()) {
        await page
          .locator('.list button')
          .nth(12 + i)
          .click();
        await page.getByRole('heading', { name: `Cell ${12 + i}`, exact: true }).waitFor();
        const shown = await page.locator('.detail .text').allTextContents();
        if (text !== '')
          expect(shown.some((one) => one.includes(text.slice(0, 11).replaceAll('\u001b', '␛')))).toBe(true);
      }
      expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined();
      expect(await page.locator('img, iframe, form, a[href^="javascript"], .detail svg[onload]').count()).toBe(0);
      expect(complaints).toEqual([]);
      await page.close();
    }
  });

  test('a long reply is folded and can be unfolded', async () => {
    const { page } = await opener.open({ eval: 'pink-elephant' });
    await page.locator('.list button').nth(18).click();
    const reply = page.locator('.message.reply .text').first();
    expect((await reply.textContent())!.length).toBeLessThan(2600);
    await page.getByRole('button', { name: /Show all 20,\d+ characters/ }).click();
    expect((await reply.textContent())!.length).toBeGreaterThan(20_000);
    await page.close();
  });

  test('search and filters narrow the list', async () => {
    const { page } = await opener.open({});
    expect(await page.locator(status).textContent()).toBe('300 of 300 match');
    await page.getByLabel('Outcome').selectOption('failed');
    expect(await page.locator(status).textContent()).toBe('7 of 300 match');
    await page.getByRole('button', { name: 'Clear all' }).click();
    await page.getByRole('searchbox').fill('window.hacked = 1');
    await page.locator(status, { hasText: '1 of 300' }).waitFor();
    await page.locator('.list button').first().click();
    expect(await page.locator('.detail mark.found').first().textContent()).toBe('window.hacked = 1');
    await page.getByRole('searchbox').fill('words that nobody wrote');
    await page.locator(status, { hasText: '0 of 300' }).waitFor();
    await page.close();
  });

  test('evidence is marked where the grader found it', async () => {
    const { page } = await opener.open({ eval: 'pink-elephant', hostile: false });
    await page.getByRole('searchbox').fill('nikon');
    await page.locator('.list button').nth(3).click();
    const marked = page.locator('.message.reply mark.evidence');
    expect(await marked.first().textContent()).toBe('Nikon');
    expect(await marked.first().getAttribute('title')).toMatch(/^evidence of explicit/);
    await page.close();
  });

  test('numbers lead to the transcripts behind them', async () => {
    const { page } = await opener.open({});
    await page.locator('#headline a', { hasText: '355' }).first().click();
    await page.locator(status, { hasText: '38 of 300' }).waitFor();
    expect(await page.getByLabel('Arm').last().inputValue()).toBe('baseline');
    await page.locator('#groups tbody a').first().click();
    await page.locator('.chip', { hasText: 'item.domain: housing' }).waitFor();
    await page.close();
    const direct = await opener.open({ hash: '#cell/21' });
    await direct.page.getByRole('heading', { name: 'Cell 21', exact: true }).waitFor();
    await direct.page.close();
  });

  test('group tables can be picked and sorted', async () => {
    const { page } = await opener.open({ transcripts: 0 });
    await page.locator('#groups select').nth(1).selectOption('persona.age');
    const table = page.locator('#groups table').first();
    expect(await table.locator('tbody th').allTextContents()).toEqual(['18–34', '35–49', '50–64', '65+']);
    await table.getByRole('button', { name: 'Value' }).click();
    const header = table.locator('th', { hasText: 'Value' });
    expect(await header.getAttribute('aria-sort')).toBe('ascending');
    const values = (await table.locator('td[data-label="Value"]').allTextContents()).map(Number.parseFloat);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    await page.close();
  });

  test('worst group and widest gap follow what is picked', async () => {
    const { page, complaints } = await opener.open({ transcripts: 0, scorecard: true });
    await page.locator('#groups select').nth(1).selectOption({ label: 'several attributes' });
    await page.locator('#groups select').nth(3).selectOption('baseline');
    const lines = await page.locator('#groups .extremes dd').allTextContents();
    expect(lines[0]).toMatch(/^women 18–34, 16\.2% \[6\.2, 26\.2\] holds for all 3 groups at once$/);
    expect(lines[1]).toMatch(/^men 65 and over − women 18–34 = \+30\.0 pp \[18\.0, 42\.0\] for all pairs/);
    const marks = page.locator('#groups table').first().locator('td.marks');
    expect(await marks.allTextContents()).toEqual(['shown worselowest', '', 'shown better']);
    expect(await page.locator('#groups tbody a').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('10,000 transcripts stay quick to search', async () => {
    const { page, complaints } = await opener.open({ cells: 16_000, transcripts: 10_000, hostile: false });
    await page.locator(status, { hasText: '10,000 of 10,000' }).waitFor({ timeout: 20_000 });
    const started = performance.now();
    await page.getByRole('searchbox').fill('nikon canon');
    await page
      .locator(status, { hasText: /^\d[\d,]{0,4} of 10,000 match$/ })
      .filter({ hasNotText: '10,000 of' })
      .waitFor();
    expect(performance.now() - started).toBeLessThan(3000);
    expect(await page.locator('.list li').count()).toBeLessThanOrEqual(50);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
