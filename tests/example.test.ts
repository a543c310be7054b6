import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, jest, test } from '@jest/globals';
import { main } from '../src/cli.js';
import type { Plan } from '../src/contract/plan.js';
import type { Report } from '../src/contract/report.js';
import { registry } from '../src/registry.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), 'evalrun-example-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** To ten digits: sums in another order are the same result. */
const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(10)) : value;

/** What is the same whenever and wherever the config is run. */
function lasting({ timing: _t, host: _h, effort: _e, provenance, ...rest }: Report): object {
  const { git: _g, files: _f, command: _c, ...sources } = provenance;
  return JSON.parse(JSON.stringify({ ...rest, provenance: sources }, rounded));
}

const readReport = (folder: string): Report => JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8'));

const example = path.join(root, 'reports', 'example');

test('reports/example is what configs/smoke.yaml gives (if not: npx -c "node scripts/make-example.mjs")', async () => {
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation(() => true),
  );
  const argv = ['run', path.join(root, 'configs/smoke.yaml'), '--out', scratch, '--no-reuse', '--quiet'];
  const code = await main(argv).finally(() => {
    for (const spy of spies) spy.mockRestore();
  });
  expect(code).toBe(0);
  expect(lasting(readReport(scratch))).toEqual(lasting(readReport(example)));
  expect(readFileSync(path.join(scratch, 'junit.xml'), 'utf8')).toContain('<testsuites name="smoke"');
});

test('the page of the example is that of the same run', () => {
  const { run } = readReport(example);
  const page = readFileSync(path.join(example, 'report.html'), 'utf8');
  expect(page).toContain(run.id);
  expect(page.length).toBeLessThan(250_000);
});

const kindsIn = (list: { kind: string }[]): string[] => [...new Set(list.map(({ kind }) => kind))].sort();

test('configs/smoke.yaml names every kind of grader, metric, relation and reporter that needs no further package', () => {
  const { matrix, policy } = JSON.parse(readFileSync(path.join(scratch, 'plan.json'), 'utf8')) as Plan;
  expect(kindsIn(matrix.eval.graders)).toEqual(kindsIn(registry.graders.filter(({ kind }) => kind !== 'promptfoo')));
  expect(kindsIn(matrix.eval.metrics)).toEqual(kindsIn([...registry.metrics]));
  expect(kindsIn(matrix.eval.relations ?? [])).toEqual(kindsIn([...registry.relations]));
  expect(kindsIn(policy.reports)).toEqual(kindsIn([...registry.reporters]));
});
