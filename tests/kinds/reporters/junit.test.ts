import { describe, expect, test } from '@jest/globals';
import type { ReportInput } from '../../../src/contract/reporter-kind.js';
import { junit } from '../../../src/kinds/reporters/junit.js';
import { reportFixture } from '../../fixtures/report-fixture.js';

async function written(input: ReportInput, options = {}): Promise<string> {
  const [output] = await junit.report(input, options);
  expect(output).toMatchObject({ file: 'junit.xml' });
  return (output as { content: string }).content;
}

/** Element names in document order; throws where a tag is malformed, unbalanced, or text holds what XML forbids. */
function elementsOf(xml: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML 1.0 forbids
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(xml) || !xml.isWellFormed())
    throw new Error('character');
  const open: string[] = [];
  const names: string[] = [];
  const rest = xml
    .replace(/^<\?xml version="1.0" encoding="UTF-8"\?>/, '')
    .replace(
      /<(\/?)([a-z]+)((?: [a-z]+="[^"<&]*(?:&#\d+;[^"<&]*)*")*)(\/?)>/g,
      (_, closing, name, _attributes, empty) => {
        if (closing) {
          if (open.pop() !== name) throw new Error(`unbalanced ${name}`);
        } else {
          names.push(name);
          if (!empty) open.push(name);
        }
        return '';
      },
    );
  if (rest.trim() !== '' || open.length > 0) throw new Error(`left over: ${rest.trim().slice(0, 80)}`);
  return names;
}

describe('junit reporter', () => {
  test('makes a test case of each gate and an error of each failed cell', async () => {
    const xml = await written(reportFixture());
    const names = elementsOf(xml);
    expect(names.filter((name) => name === 'failure')).toHaveLength(2);
    expect(names.filter((name) => name === 'error')).toHaveLength(7);
    expect(xml).toContain('<testsuites name="persona" tests="12" failures="2" errors="7">');
    expect(xml).toContain('message="36.1%, wanted lower end above 45.0%"');
    expect(xml).toContain('type="server_error" message="step reply: no reply at all &#60;b&#62; (8 attempts)"');
  });

  test('counts the failed cells that it does not list', async () => {
    const xml = await written(reportFixture(), { failedCells: 2 });
    expect(elementsOf(xml).filter((name) => name === 'error')).toHaveLength(3);
    expect(xml).toContain('5 more failed cells');
    expect(await written(reportFixture(), { failedCells: 0 })).toContain('7 more failed cells');
  });

  test('reports an incomplete run as an error', async () => {
    const xml = await written(reportFixture({ complete: false }));
    expect(xml).toMatch(/name="run is complete" classname="cells">\s*<error type="incomplete"/);
  });

  test('stays valid with control characters, markup and lone surrogates in names', async () => {
    const input = reportFixture();
    const report = structuredClone(input.report);
    report.run.eval = 'a"<>&\u0000\u001b[31m\ud800]]>\ufffe\n';
    for (const gate of report.gates) gate.by.arm = report.run.eval;
    const xml = await written({ ...input, report });
    expect(elementsOf(xml)[0]).toBe('testsuites');
    expect(xml).toContain('name="a&#34;&#60;&#62;&#38;�]]&#62;&#10;"');
  });
});
