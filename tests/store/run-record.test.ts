import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CellEntry } from '../../src/contract/record.js';
import { RecordReader } from '../../src/store/record-reader.js';
import { RecordWriter } from '../../src/store/record-writer.js';

const digest = (n: number): string => n.toString(16).padStart(8, '0').repeat(4);
const call = (n: number, text = `reply ${n}`) => ({
  call: digest(n),
  text,
  finish: 'stop' as const,
  tokens: { input: n, output: 1 },
  ms: 5,
  provider: 'p',
});
const cell = (n: number, kind: 'answered' | 'failed' = 'answered'): CellEntry => ({
  cell: n,
  outcome: kind === 'answered' ? { kind } : { kind, step: 's', reason: 'timeout', message: 'm', attempts: 8 },
  scores: [{ value: n % 2 }],
  calls: 1,
});

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'evalrun-record-'));
  file = path.join(folder, 'record.ndjson.zst');
});
const open: RecordReader[] = [];
afterEach(() => {
  for (const reader of open.splice(0)) reader.close();
});
const reader = (): RecordReader => {
  const made = new RecordReader(file);
  open.push(made);
  return made;
};

async function write(from: number, to: number): Promise<void> {
  const writer = await RecordWriter.open(file, 1000);
  for (let n = from; n < to; n++) {
    await writer.putCall(call(n));
    writer.putCell(cell(n));
  }
  await writer.endWriting();
  writer.close();
}

describe('the record', () => {
  test('gives back what was put, across writers', async () => {
    await write(0, 5);
    await write(5, 9);
    const record = reader();
    expect(record.calls).toBe(9);
    expect(record.read(digest(7))).toEqual(call(7));
    expect(record.read(digest(99))).toBeNull();
    expect([...record.cells()].map((entry) => entry.cell)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  const zstdcat = spawnSync('zstdcat', ['--version']).status === 0;
  if (!zstdcat) console.warn('skipped: reading a record with zstdcat, which is not installed');
  (zstdcat ? test : test.skip)('is a zstd file whose lines anyone can read', async () => {
    await write(0, 3);
    const { stdout, status } = spawnSync('zstdcat', [file], { encoding: 'utf8' });
    expect(status).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines.length).toBe(6);
    expect(lines.map((line) => JSON.parse(line) as object)).toContainEqual(cell(2));
  });

  test('a failed cell is not settled, a later success settles it', async () => {
    const writer = await RecordWriter.open(file, 10);
    writer.putCell(cell(3, 'failed'));
    expect(writer.settled.has(3)).toBe(false);
    writer.putCell(cell(3));
    expect(writer.settled.has(3)).toBe(true);
    await writer.endWriting();
    writer.close();
    const again = await RecordWriter.open(file, 10);
    expect(again.settled.size).toBe(1);
    await again.endWriting();
    again.close();
  });

  test('a torn tail of any length is dropped; what was acknowledged before it stays', async () => {
    await write(0, 3);
    const whole = statSync(file).size;
    await write(3, 4);
    const grown = statSync(file).size;
    const bytes = readFileSync(file);
    for (let size = whole; size < grown; size++) {
      writeFileSync(file, bytes);
      truncateSync(file, size);
      const record = new RecordReader(file);
      expect(record.calls).toBeGreaterThanOrEqual(3);
      expect(record.read(digest(2))).toEqual(call(2));
      record.close();
    }
    truncateSync(file, whole + 7);
    await write(3, 6);
    expect(reader().calls).toBe(6);
  });

  test('zeros after a power cut are a torn tail', async () => {
    await write(0, 2);
    appendFileSync(file, Buffer.alloc(5000));
    expect(reader().calls).toBe(2);
  });

  test('any flipped byte is either harmless or reported with its place; never a wrong reply', async () => {
    await write(0, 4);
    const bytes = readFileSync(file);
    let reported = 0;
    for (let at = 0; at < bytes.length; at++) {
      const broken = Buffer.from(bytes);
      broken[at]! ^= 0x40;
      writeFileSync(file, broken);
      try {
        const record = new RecordReader(file);
        for (let n = 0; n < 4; n++) {
          const found = record.read(digest(n));
          if (found !== null) expect(found).toEqual(call(n));
        }
        record.close();
      } catch (error) {
        expect((error as { code?: string }).code).toBe('DAMAGED_RECORD');
        expect((error as Error).message).toMatch(/byte \d+, frame \d+/);
        reported++;
      }
    }
    expect(reported).toBeGreaterThan(bytes.length * 0.9);
  });

  test('readers see a consistent prefix while a writer appends', async () => {
    const writer = await RecordWriter.open(file, 1000);
    for (let n = 0; n < 50; n++) {
      await writer.putCall(call(n));
      const record = new RecordReader(file);
      expect(record.read(digest(n))).toEqual(call(n));
      record.close();
    }
    await writer.endWriting();
    writer.close();
  });

  test('costs less than the replies themselves for replies of ordinary length', async () => {
    const words =
      'the town council could plant trees along every street before it builds another road or parking place'.split(' ');
    let state = 1;
    const next = (): number => {
      state = (state * 1103515245 + 12345) % 2 ** 31;
      return state;
    };
    const text = (): string => Array.from({ length: 80 }, () => words[next() % words.length]).join(' ');
    const writer = await RecordWriter.open(file, 1000);
    let bytes = 0;
    await Promise.all(
      Array.from({ length: 1000 }, async (_, n) => {
        const reply = text();
        bytes += Buffer.byteLength(reply);
        await writer.putCall(call(n, reply));
        writer.putCell(cell(n));
      }),
    );
    await writer.endWriting();
    writer.close();
    expect(statSync(file).size).toBeLessThan(bytes);
  });

  test('incompressible single replies stay within one and a half times their size', async () => {
    const writer = await RecordWriter.open(file, 50);
    let bytes = 0;
    for (let n = 0; n < 50; n++) {
      const reply = randomBytes(300).toString('base64');
      bytes += reply.length;
      await writer.putCall(call(n, reply));
      writer.putCell(cell(n));
    }
    await writer.endWriting();
    writer.close();
    expect(statSync(file).size).toBeLessThan(1.5 * bytes);
  });
});

test('a record that is not there is damage, not a defect', () => {
  expect(() => reader()).toThrow(expect.objectContaining({ code: 'DAMAGED_RECORD', message: `${file} is not there` }));
});
