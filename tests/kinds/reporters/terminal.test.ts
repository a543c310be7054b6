import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ReportInput } from '../../../src/contract/reporter-kind.js';
import { displayWidth } from '../../../src/kinds/reporters/terminal/display-width.js';
import { terminal } from '../../../src/kinds/reporters/terminal.js';
import { reportFixture } from '../../fixtures/report-fixture.js';

async function printed(input: ReportInput): Promise<string> {
  const [output] = await terminal.report(input, {});
  return (output as { terminal: string }).terminal;
}

describe('terminal reporter', () => {
  test('says first that the run was simulated, then the verdict', async () => {
    const lines = (await printed(reportFixture({ simulated: true, columns: 200 }))).split('\n');
    expect(lines[0]).toMatch(/^SIMULATED/);
    expect(lines[1]).toBe('complete, 2 gates passed, 2 missed');
    expect(lines[2]).toBe('2,880 cells: 2,868 answered, 5 refused, 7 failed');
    const real = await printed(reportFixture({ simulated: false, complete: false }));
    expect(real.split('\n')[0]).toMatch(/^incomplete, /);
  });

  test('prints value, interval, n, unscored and controls of each arm in one line', async () => {
    const text = await printed(reportFixture({ columns: 160 }));
    const line = text.split('\n').find((row) => /^openai +output_only /.test(row))!;
    expect(line).toMatch(/44\.8% +\[\d\d\.\d, \d\d\.\d\] +3\d\d +\d +baseline 31\.2%, accuracy_other 33\.1%$/);
  });

  test('prints what the numbers of a contrast allow to say', async () => {
    const text = await printed(reportFixture({ eval: 'pink-elephant', cells: 2160, columns: 160 }));
    const line = text.split('\n').find((row) => row.startsWith('reduction  '))!;
    expect(line).toMatch(/base − prompted +openai +\+54\.3 pp +\[50\.2, 58\.4\] +<0\.001 +353 +5\.8 pp$/);
  });

  test('fits every width from 40 columns, with and without colour', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 40, max: 220 }), fc.boolean(), async (columns, color) => {
        const text = await printed(reportFixture({ columns, color }));
        for (const line of text.split('\n'))
          expect(displayWidth(stripVTControlCharacters(line))).toBeLessThanOrEqual(columns);
      }),
      { numRuns: 25 },
    );
  });

  test('uses escape sequences only when colour is asked for', async () => {
    expect(await printed(reportFixture({ color: false }))).not.toContain('\u001b');
    expect(await printed(reportFixture({ color: true }))).toContain('\u001b[1m');
  });

  test('removes control characters from every name that comes from a file', async () => {
    const input = reportFixture({ columns: 140 });
    const evil = 'arm\u001b[2J\u001b]0;title\u0007\r\n\u202eX\u009b31m';
    const report = structuredClone(input.report);
    report.run.title = evil;
    report.provenance.prices = evil;
    for (const estimate of report.estimates) estimate.by.arm = evil;
    for (const gate of report.gates) gate.by.provider = evil;
    for (const contrast of report.contrasts) contrast.name = evil;
    const rule = { n: 9, agree: 1, kappa: null, low: null, high: null, method: 'm', ruleOnly: 0, judgeOnly: 0 };
    for (const judge of report.judges) Object.assign(judge, { rule: { grader: evil, ...rule } });
    for (const judge of report.judges) Object.assign(judge, { grader: evil, unscored: { [evil]: 3 } });
    report.counts.failures = { [evil]: 2 };
    const text = await printed({ ...input, report });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text).toContain('arm X');
    expect(text).not.toContain('title\u0007');
  });

  test('names worst groups and widest gaps, claims first, a dozen lines at most', async () => {
    const input = reportFixture({ columns: 160 });
    const lines = (await printed(input)).split('\n');
    const from = lines.findIndex((line) => line.startsWith('groups  '));
    const block = lines.slice(from, lines.indexOf('', from + 1));
    const rows = block.filter((line) => /^(openai|anthropic) /.test(line));
    expect(rows).toHaveLength(12);
    expect(block.at(-1)).toBe('20 more lines in the HTML report');
    const one = input.report.groups.find(({ field, by }) => field === 'item.domain' && by.provider === 'openai')!;
    const percent = (value: number) => (value * 100).toFixed(1);
    const line = rows.find((row) => /^openai +baseline +item\.domain /.test(row))!;
    expect(line).toContain(`${one.widest!.best} − ${one.widest!.worst}`);
    expect(line).toContain(`+${percent(one.widest!.difference)} pp*†`);
    expect(line).toMatch(
      new RegExp(`${percent(one.worst!.value!)}% +\\[${percent(one.worst!.low!)}, ${percent(one.worst!.high!)}\\]$`),
    );
    expect(await printed({ ...input, report: { ...input.report, groups: [] } })).not.toContain('groups  ');
  });

  test('lines with nothing to claim come after those with something', async () => {
    const input = reportFixture({ columns: 160 });
    const groups = structuredClone(input.report.groups);
    for (const comparison of groups) {
      for (const group of comparison.groups) group.pAdjusted = 1;
      Object.assign(comparison.widest!, { low: comparison === groups.at(-1) ? 0.01 : -0.1 });
    }
    const text = await printed({ ...input, report: { ...input.report, groups } });
    const first = text.split('\n').findIndex((line) => /^provider +arm +by /.test(line)) + 2;
    expect(text.split('\n')[first]).toMatch(/^anthropic +demographic_summary +persona\.education .* pp\*/);
    expect(text.match(/ pp\*/g)).toHaveLength(1);
  });

  test('puts the number without weights beside the weighted one', async () => {
    const text = await printed(reportFixture({ columns: 160, scorecard: true }));
    const line = text.split('\n').find((row) => /^openai +output_only /.test(row))!;
    expect(line).toMatch(/44\.8% +\[\d\d\.\d, \d\d\.\d\] +42\.8% +3\d\d /);
  });

  test('shows an empty slice as a dash, not as a number', async () => {
    const input = reportFixture({ columns: 160 });
    const report = structuredClone(input.report);
    Object.assign(report.estimates[0]!, { value: null, low: null, high: null, n: 0, unscored: 360 });
    const line = (await printed({ ...input, report })).split('\n').find((row) => /^openai +baseline /.test(row))!;
    expect(line).toMatch(/^openai +baseline +– +– +0 +360/);
  });
});
