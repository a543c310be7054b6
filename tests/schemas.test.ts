import { spawnSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

test('schemas/ and the tables of docs/config-reference.md follow from the code', () => {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
  const { status, stderr } = spawnSync(process.execPath, ['scripts/write-schemas.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});
