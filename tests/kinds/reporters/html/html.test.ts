import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { ReportInput } from '../../../../src/contract/reporter-kind.js';
import type { Chunk } from '../../../../src/kinds/reporters/html/transcripts/packed.js';
import { html } from '../../../../src/kinds/reporters/html.js';
import { hostileTexts } from '../../../fixtures/report/hostile-texts.js';
import { reportFixture } from '../../../fixtures/report-fixture.js';

async function written(input: ReportInput, options = {}): Promise<string> {
  const [output] = await html.report(input, options);
  expect(output).toMatchObject({ file: 'report.html' });
  return (output as { content: string }).content;
}

function chunksOf(page: string): Chunk[] {
  const packed = [...page.matchAll(/<script type="text\/plain" class="chunk">([A-Za-z0-9+/=]*)<\/script>/g)];
  return packed.map(([, base64]) => JSON.parse(gunzipSync(Buffer.from(base64!, 'base64')).toString()) as Chunk);
}

const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('html reporter', () => {
  test('allows its one style and one script by digest, and nothing else', async () => {
    const page = await written(reportFixture(), { transcripts: 30 });
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page)![1]!;
    const styles = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)];
    const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)];
    expect([styles.length, scripts.length]).toEqual([1, 1]);
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${digest(scripts[0]![1]!)}`,
      `style-src ${digest(styles[0]![1]!)}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
  });

  test('loads nothing, and has no inline style or handler', async () => {
    const page = await written(reportFixture(), { transcripts: 30 });
    const markup = page.replace(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '');
    expect(markup).not.toMatch(/<(link|img|iframe|object|embed|form|base)\b/);
    expect(markup).not.toMatch(/\s(src|style|on[a-z]+|srcset|action)=/);
    for (const [, target] of markup.matchAll(/href="([^"]*)"/g)) expect(target).toMatch(/^#/);
  });

  test('puts the notice of a simulated run before everything else', async () => {
    const page = await written(reportFixture({ simulated: true }), { transcripts: 0 });
    expect(page.indexOf('Simulated run.')).toBeLessThan(page.indexOf('<h1>'));
    expect(await written(reportFixture({ simulated: false }), { transcripts: 0 })).not.toContain('Simulated run.');
  });

  test('keeps hostile names of a report inert', async () => {
    const input = reportFixture();
    const report = structuredClone(input.report);
    const evil = '</script><script>window.hacked=1</script><img src=x onerror=1>';
    report.run.title = evil;
    for (const estimate of report.estimates) {
      estimate.by.arm = evil;
      if (estimate.by.group) estimate.by.group = { [evil]: evil };
    }
    report.provenance.command = evil;
    const page = await written({ ...input, report }, { transcripts: 5 });
    expect(page).not.toContain('<script>window.hacked');
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img src=x onerror=1>');
  });

  test('packs transcripts whole, each string once, and reads back as written', async () => {
    const input = reportFixture();
    const chunks = chunksOf(await written(input, { transcripts: 300 }));
    const strings = chunks.flatMap((chunk) => chunk.strings);
    const rows = chunks.flatMap((chunk) => chunk.rows);
    expect(new Set(strings).size).toBe(strings.length);
    expect(rows).toHaveLength(300);
    let at = 0;
    for await (const transcript of input.transcripts(300)) {
      const row = rows[at++]!;
      expect(row.cell).toBe(transcript.cell);
      expect(JSON.parse(strings[row.item[1]]!)).toEqual(transcript.item);
      expect(row.steps[0]!.messages.map(([, content]) => strings[content])).toEqual(
        transcript.steps[0]!.messages.map((message) => message.content),
      );
      expect(row.steps[0]!.reply < 0 ? null : strings[row.steps[0]!.reply]).toBe(transcript.steps[0]!.reply);
      expect(row.scores.map((score) => strings[score.graded])).toEqual(transcript.scores.map((score) => score.graded));
    }
    for (const text of hostileTexts) expect(strings).toContain(text);
  });

  test('says which cells are in the page', async () => {
    const { content } = { content: await written(reportFixture({ cells: 317_200 }), { transcripts: 40 }) };
    expect(content).toContain('40 of 317,200 cells: failed and refused ones first');
    expect(content).toContain('evalrun export');
    expect(await written(reportFixture({ cells: 40 }), { transcripts: 50 })).toContain('All of 40 cells.');
    expect(await written(reportFixture({ cells: 40 }), { transcripts: 0 })).toContain('None of the 40 cells');
  });

  test('reads no more transcripts than it embeds', async () => {
    const input = reportFixture();
    let read = 0;
    const counted: ReportInput = {
      ...input,
      async *transcripts() {
        for await (const transcript of input.transcripts(1000)) {
          read += 1;
          yield transcript;
        }
      },
    };
    await written(counted, { transcripts: 25 });
    expect(read).toBe(25);
  });

  test('is the same file for the same input', async () => {
    expect(await written(reportFixture(), { transcripts: 50 })).toBe(
      await written(reportFixture(), { transcripts: 50 }),
    );
  });

  test('holds 2,000 transcripts in less than 3 MB', async () => {
    const page = await written(reportFixture());
    expect(chunksOf(page).reduce((rows, chunk) => rows + chunk.rows.length, 0)).toBe(2000);
    expect(page.length).toBeLessThan(3_000_000);
  });

  test('renders a report in which nothing was measured', async () => {
    const input = reportFixture();
    const report = { ...input.report, estimates: [], contrasts: [], gates: [], judges: [], controls: [] };
    const page = await written({ ...input, report }, { transcripts: 0 });
    expect(page).toContain('Nothing has been measured yet.');
    expect(page).toContain('No gates');
  });
});
