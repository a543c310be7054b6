import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { takeLock } from '../../src/store/lock.js';

const lockFile = (): string => path.join(mkdtempSync(path.join(tmpdir(), 'evalrun-lock-')), 'writer.lock');

test('a live holder keeps others out; a release lets them in', () => {
  const file = lockFile();
  const release = takeLock(file);
  expect(() => takeLock(file)).toThrow(expect.objectContaining({ code: 'RUN_LOCKED' }));
  release();
  expect(existsSync(file)).toBe(false);
  takeLock(file)();
});

test('the lock of a dead process is taken over', () => {
  const file = lockFile();
  const { pid } = spawnSync(process.execPath, ['-e', '0']);
  writeFileSync(file, `${pid} 12345\n`);
  const release = takeLock(file);
  release();
  expect(existsSync(file)).toBe(false);
});

test('a reused process id is not taken for the holder', () => {
  const file = lockFile();
  writeFileSync(file, `${process.pid} 1\n`);
  if (process.platform === 'linux') takeLock(file)();
  else expect(() => takeLock(file)).toThrow();
});
