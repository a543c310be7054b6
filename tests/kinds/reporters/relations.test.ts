import { describe, expect, test } from '@jest/globals';
import { html } from '../../../src/kinds/reporters/html.js';
import { json } from '../../../src/kinds/reporters/json.js';
import { relationInterval, relationValue } from '../../../src/kinds/reporters/shared/relation-words.js';
import { terminalReport } from '../../../src/kinds/reporters/terminal/terminal-report.js';
import { reportFixture } from '../../fixtures/report-fixture.js';

const fixture = (relations: boolean) => reportFixture({ eval: 'pink-elephant', relations, columns: 120 });
const page = async (relations: boolean): Promise<string> => {
  const [output] = await html.report(fixture(relations), { transcripts: 0 });
  return (output as { content: string }).content;
};

describe('relations in reports', () => {
  test('the page has a section, a link to it, each kind’s table and the items that rose', async () => {
    const text = await page(true);
    expect(text).toContain('<section id="relations"');
    expect(text).toContain('href="#relations"');
    for (const shown of [
      '60.0%',
      '[48.2, 71.0]',
      '[–, 71.0]',
      '19 of 20',
      'No value: every answer without the instruction counts.',
    ])
      expect(text).toContain(shown);
    expect(text).toContain('MOVER-R, Donner and Zou');
  });

  test('without relations there is none of it', async () => {
    const text = await page(false);
    expect(text).not.toContain('id="relations"');
    expect(text).not.toContain('href="#relations"');
    expect(terminalReport(fixture(false))).not.toContain('\nrelations  ');
  });

  test('the terminal has a table, and below it what belongs to each', () => {
    const text = terminalReport(fixture(true));
    expect(text).toContain('\nrelations  two arms by one metric');
    expect(text).toMatch(/rebound +prompted \/ base +mention_rate +openai +8\.3% +\[3\.6, 18\.3\] +72 items/);
    expect(text).toContain('items that rose, after Holm = 1');
    expect(text.replace(/\n/g, ' ')).toContain('No value: every answer without the instruction counts.');
  });

  test('report.json has them after the contrasts, in the order of the schema', async () => {
    const [output] = await json.report(fixture(true), {});
    const report = JSON.parse((output as { content: string }).content);
    const keys = Object.keys(report);
    expect(keys.indexOf('relations')).toBe(keys.indexOf('contrasts') + 1);
    expect(report.relations).toEqual(fixture(true).report.relations);
  });

  test('hostile names stay inert', async () => {
    const input = fixture(true);
    const evil = '</script><img src=x onerror=1>\u001b[31m';
    for (const relation of input.report.relations!) {
      relation.name = evil;
      relation.none = evil;
      relation.notes = [evil];
      if (relation.items) relation.items[0]!.item = evil;
    }
    const [output] = await html.report(input, { transcripts: 0 });
    expect((output as { content: string }).content).not.toContain('<img');
    expect(terminalReport(input)).not.toContain('\u001b');
  });

  test('numbers by unit', () => {
    expect([relationValue(3, 'items'), relationValue(0.5, 'share'), relationValue(null, 'logit')]).toEqual([
      '3',
      '50.0%',
      '–',
    ]);
    expect(relationInterval({ low: null, high: null }, 'share')).toBe('–');
  });
});
