import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('..', import.meta.url));
// Below node_modules, so that the examples find the packages they import.
const cache = path.join(root, 'node_modules', '.cache');
mkdirSync(cache, { recursive: true });
const scratch = mkdtempSync(path.join(cache, 'evalrun-docs-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** TypeScript of a page, by the file that its first line names. */
function examplesIn(page: string): [file: string, code: string][] {
  const text = readFileSync(path.join(root, 'docs', page), 'utf8');
  return [...text.matchAll(/^```ts\n\/\/ (src\/\S+)\n([\s\S]*?)^```/gm)].map(([, file, code]) => [file!, code!]);
}

test('the examples of docs/adding-a-*.md compile against src/contract', () => {
  const pages = readdirSync(path.join(root, 'docs')).filter((name) => name.startsWith('adding-a-'));
  for (const page of pages) expect([page, examplesIn(page).length > 0]).toEqual([page, true]);
  const examples = pages.flatMap(examplesIn);
  for (const [file, code] of examples) {
    const target = path.join(scratch, path.basename(file));
    const folder = path.dirname(path.join(root, file));
    writeFileSync(
      target,
      code.replace(/(from |import\()'(\.[^']+)'/g, (_, how, to) => `${how}'${path.resolve(folder, to)}'`),
    );
  }
  const config = { extends: path.join(root, 'tsconfig.json'), include: ['*.ts'] };
  writeFileSync(path.join(scratch, 'tsconfig.json'), JSON.stringify(config));
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', scratch], { encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, '']);
});
