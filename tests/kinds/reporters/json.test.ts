import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../../src/contract/report.js';
import { json } from '../../../src/kinds/reporters/json.js';
import { reportFixture } from '../../fixtures/report-fixture.js';

async function written(report: Report): Promise<string> {
  const [output] = await json.report({ ...reportFixture(), report }, {});
  return (output as { content: string }).content;
}

/** The same value with every object's keys the other way round. */
function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed) as T;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, child]) => [key, reversed(child)])) as T;
}

describe('json reporter', () => {
  test('writes the report whole, in two-space JSON with a newline at the end', async () => {
    const { report } = reportFixture();
    const text = await written(report);
    expect(JSON.parse(text)).toEqual(report);
    expect(text.startsWith('{\n  "schema": "evalrun.report/1",\n  "run": {\n    "id": ')).toBe(true);
    expect(text.endsWith('\n}\n')).toBe(true);
  });

  test('gives the same bytes whatever order the report was put together in', async () => {
    const { report } = reportFixture({ eval: 'pink-elephant' });
    expect(await written(reversed(report))).toBe(await written(report));
  });

  test('sorts the keys of free-form records', async () => {
    const { report } = reportFixture();
    report.provenance.files = { 'z.yaml': 'aa', 'a.yaml': 'bb' };
    const text = await written(report);
    expect(text.indexOf('"a.yaml"')).toBeLessThan(text.indexOf('"z.yaml"'));
  });
});
