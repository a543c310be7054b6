import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { registry } from '../../../src/registry.js';
import { fakeRegistry } from './fake-registry.js';
import { brief, diskDeps, loadConfig, problemsOf, root } from './load-files.js';

const folder = 'tests/fixtures/broken';
const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.yaml'));

/** Lines `# expect [FILE:]LINE:COL CODE` at the top of a fixture. */
function expected(name: string): string[] {
  const text = readFileSync(join(root, folder, name), 'latin1');
  return [...text.matchAll(/^# expect (?:(\S+?):)?(\d+):(\d+) (\S+)$/gm)].map(
    ([, file = name, line, column, code]) => `${folder}/${file}:${line}:${column} ${code}`,
  );
}

describe.each([
  ['small kinds', fakeRegistry],
  ['registered kinds', registry],
])('broken documents, %s', (_, kinds) => {
  test('there are many', () => {
    expect(names.length).toBeGreaterThanOrEqual(40);
  });

  test.each(names)('%s', async (name) => {
    const problems = await problemsOf(loadConfig(`${folder}/${name}`, diskDeps({ registry: kinds })));
    expect(problems.map(brief).sort()).toEqual(expected(name).sort());
    expect(expected(name)).not.toEqual([]);
    for (const problem of problems) {
      expect(problem.where!.frame).toContain('^');
      expect(problem.message).not.toBe('');
    }
  });
});
