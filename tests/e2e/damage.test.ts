import { copyFileSync, cpSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FrameInfo, scanFrames } from '../../src/store/frame-file.js';
import { RecordReader } from '../../src/store/record-reader.js';
import { type ChatServer, echoOf, startChatServer } from '../support/chat-server.js';
import { type CliResult, jsonLines, runCli } from '../support/cli.js';
import { demoConfig, mockProvider, scratch, writeDocument } from '../support/demo-eval.js';
import { drawn } from '../support/faults.js';
import { readReport, recordedTexts, recordFile } from '../support/run-folder.js';

const space = scratch();
let server: ChatServer;
let frames: FrameInfo[];
const cli = (...args: string[]): Promise<CliResult> =>
  runCli(args, { cwd: space.root, env: { EVALRUN_TEST_URL: server.baseUrl } });

/** A copy of the unfinished run, to be damaged. */
function copyOfRun(name: string): string {
  cpSync(space.file('part'), space.file(name), { recursive: true });
  return recordFile(space.file(name));
}

function flip(file: string, offset: number, bit = 0): void {
  const bytes = readFileSync(file);
  bytes[offset]! ^= 1 << bit;
  writeFileSync(file, bytes);
}

beforeAll(async () => {
  server = await startChatServer((request) => ({ text: echoOf(request), delayMs: 15 }));
  const providers = [mockProvider('mock', { limits: { concurrency: 2 } })];
  writeDocument(space.file('demo.yaml'), demoConfig({ items: 20, config: { providers } }));
  // Stops after 30 of 40 calls, so that there is something left to be resumed.
  const { code } = await cli('demo.yaml', '--out', 'part', '--set', 'limits.maxCalls=30', '--quiet');
  expect(code).toBe(3);
  frames = [];
  scanFrames(recordFile(space.file('part')), (frame) => frames.push({ ...frame, keys: Buffer.from(frame.keys) }));
  expect(frames.length).toBeGreaterThan(8);
  server.forget();
});
afterAll(async () => {
  await server.close();
  space.remove();
});

describe('a flipped bit in the middle of the record', () => {
  test.each([
    ['where a frame starts', (frame: FrameInfo) => frame.offset],
    ['in the length of a frame', (frame: FrameInfo) => frame.offset + 14],
    ['in a key', (frame: FrameInfo) => frame.offset + 24],
    ['in the replies', (frame: FrameInfo) => frame.payloadOffset + frame.payloadBytes - 5],
  ])('%s: exit 2, with the place, and no call', async (name, placeIn) => {
    const middle = frames.findIndex(({ kind }, at) => kind === 'calls' && at >= frames.length / 2);
    const { offset } = frames[middle]!;
    const folder = name.replaceAll(' ', '-');
    flip(copyOfRun(folder), placeIn(frames[middle]!));
    const result = await cli('demo.yaml', '--out', folder, '--json');
    const problems = jsonLines(result).filter(({ type }) => type === 'problem');
    expect({ code: result.code, codes: problems.map(({ code }) => code) }).toEqual({
      code: 2,
      codes: ['DAMAGED_RECORD'],
    });
    expect(problems[0]!.message).toContain(`byte ${offset}, frame ${middle + 1}:`);
    expect(server.requests).toEqual([]);
  });

  test('report, export and grade say so, too', async () => {
    const middle = frames[frames.length >> 1]!;
    flip(copyOfRun('read'), middle.payloadOffset + 3);
    const before = readFileSync(space.file('read', 'report.json'));
    for (const verb of ['report', 'export', 'grade']) {
      const { code, stdout, stderr } = await cli(verb, 'read');
      expect([verb, code, stdout]).toEqual([verb, 2, '']);
      expect(stderr).toContain('DAMAGED_RECORD');
      expect(stderr).toContain(`byte ${middle.offset}`);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
    expect(readFileSync(space.file('read', 'report.json'))).toEqual(before);
    expect(server.requests).toEqual([]);
  });

  test('anywhere is found, or changes nothing that is read', () => {
    const file = copyOfRun('each');
    const whole = readFileSync(file);
    const content = (): string => {
      const record = new RecordReader(file);
      try {
        return JSON.stringify([[...record.replies()], [...record.cells()], [...record.sessions()], record.calls]);
      } finally {
        record.close();
      }
    };
    const [expected, last] = [content(), frames.at(-1)!.offset];
    const silent: string[] = [];
    // One bit of every byte before the last frame; in that one, damage and a torn tail can be the same thing.
    for (let offset = 0; offset < last; offset++) {
      const bit = Math.floor(drawn(1, String(offset)) * 8);
      const damaged = Buffer.from(whole);
      damaged[offset]! ^= 1 << bit;
      writeFileSync(file, damaged);
      try {
        if (content() !== expected) silent.push(`byte ${offset}, bit ${bit}`);
      } catch (error) {
        expect(error).toMatchObject({ code: 'DAMAGED_RECORD' });
      }
    }
    expect(silent).toEqual([]);
  });
});

test.each([
  ['half of the last frame', (last: FrameInfo) => (last.payloadBytes + 24) >> 1],
  ['all but two bytes of its header', (last: FrameInfo) => last.payloadBytes + last.keys.length + 22],
])('a tail without %s resumes', async (name, bytesLost) => {
  const folder = name.replaceAll(' ', '-');
  const file = copyOfRun(folder);
  // Cut into the last replies, not only into the closing note.
  const at = frames.findLastIndex(({ kind }) => kind === 'calls');
  const last = frames[at]!;
  truncateSync(file, last.payloadOffset + last.payloadBytes - bytesLost(last));
  const kept = recordedTexts(space.file(folder));
  expect(kept).toHaveLength(30 - last.entries);
  server.forget();
  expect((await cli('demo.yaml', '--out', folder, '--quiet')).code).toBe(0);
  expect(server.requests).toHaveLength(40 - kept.length);
  expect(server.requests.filter((request) => kept.includes(echoOf(request)) && request.attempt > 1)).toEqual([]);
  expect(readReport(space.file(folder)).counts).toMatchObject({ cells: { answered: 40 }, calls: { recorded: 40 } });
});

test('a damaged plan is said to be one', async () => {
  copyOfRun('plan');
  copyFileSync(space.file('part', 'report.json'), space.file('plan', 'plan.json'));
  const result = await cli('demo.yaml', '--out', 'plan', '--json');
  expect(jsonLines(result).at(-1)).toMatchObject({ type: 'problem', code: 'DAMAGED_PLAN' });
  expect(result.code).toBe(2);
});
