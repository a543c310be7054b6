import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, type ChatServer, echoOf, type SeenRequest, startChatServer } from '../support/chat-server.js';
import { jsonLines, type RunningCli, runCli, startCli } from '../support/cli.js';
import { demoConfig, mockProvider, scratch, writeDocument } from '../support/demo-eval.js';
import { readReport, recordedTexts } from '../support/run-folder.js';

let space: ReturnType<typeof scratch>;
let server: ChatServer;
let answer: (request: SeenRequest) => Answer;
let running: RunningCli[] = [];
const options = (): { cwd: string; env: { [name: string]: string } } => ({
  cwd: space.root,
  env: { EVALRUN_TEST_URL: server.baseUrl },
});
function start(...args: string[]): RunningCli {
  const cli = startCli(args, options());
  running.push(cli);
  return cli;
}
/** Answers so many requests at once, the others when it is released. */
function held(free: number): { answerWith: (request: SeenRequest) => Answer; release: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const answerWith = (request: SeenRequest): Answer =>
    server.requests.length <= free ? { text: echoOf(request) } : { text: echoOf(request), after: promise };
  return { answerWith, release: resolve };
}
const lockOf = (out: string): string => space.file(out, 'writer.lock');

beforeAll(async () => {
  server = await startChatServer((request) => answer(request));
});
beforeEach(() => {
  space = scratch();
  server.forget();
  const providers = [mockProvider('mock', { limits: { concurrency: 4 } })];
  writeDocument(space.file('demo.yaml'), demoConfig({ items: 8, config: { providers } }));
});
afterEach(async () => {
  for (const cli of running) cli.process.kill('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  running = [];
  space.remove();
});
afterAll(() => server.close());

describe('Ctrl-C', () => {
  test('waits for what is in flight, keeps it, sends nothing more, exits 130; the same command resumes', async () => {
    const { answerWith, release } = held(0);
    answer = answerWith;
    const cli = start('demo.yaml', '--out', 'o');
    await server.received(4);
    cli.process.kill('SIGINT');
    await cli.says('interrupted: waiting for what is in flight');
    release();
    const { code, stderr } = await cli.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('incomplete: 4 of 16 cells settled, 0 failed, 12 not asked');
    expect(server.requests).toHaveLength(4);
    expect(recordedTexts(space.file('o'))).toHaveLength(4);
    expect(readReport(space.file('o')).counts.cells).toMatchObject({ answered: 4, failed: 0, skipped: 12 });
    expect(existsSync(lockOf('o'))).toBe(false);
    const resumed = await runCli(['demo.yaml', '--out', 'o', '--json'], options());
    expect(resumed.code).toBe(0);
    expect(jsonLines(resumed).at(-1)).toMatchObject({ calls: { sent: 12 }, cells: { answered: 16 } });
    expect(server.requests).toHaveLength(16);
    expect(server.requests.every(({ attempt }) => attempt === 1)).toBe(true);
  });

  test('does not wait for an endpoint that wants to be left alone', async () => {
    answer = () => ({ status: 429, headers: { 'retry-after': '600' } });
    const cli = start('demo.yaml', '--out', 'o');
    await server.received(4);
    await sleep(100);
    const stoppedAtMs = performance.now();
    cli.process.kill('SIGINT');
    const { code, stderr } = await cli.ended;
    expect(code).toBe(130);
    expect(performance.now() - stoppedAtMs).toBeLessThan(8000);
    expect(stderr).toContain('interrupted');
    expect(readReport(space.file('o')).counts.cells).toMatchObject({ failed: 0, skipped: 16 });
  });

  test('twice stops at once, whatever hangs; SIGTERM counts as one', async () => {
    answer = (request) => (request.body.messages!.length === 1 ? { text: echoOf(request) } : { fault: 'hang' });
    const cli = start('demo.yaml', '--out', 'o', '--json');
    await server.received(8);
    await sleep(200);
    cli.process.kill('SIGTERM');
    const early = await Promise.race([cli.ended, sleep(700)]);
    expect(early).toBeUndefined();
    const stoppedAtMs = performance.now();
    cli.process.kill('SIGINT');
    expect((await cli.ended).code).toBe(130);
    expect(performance.now() - stoppedAtMs).toBeLessThan(5000);
    const kept = recordedTexts(space.file('o'));
    expect(kept.length).toBeGreaterThan(0);
    expect(readReport(space.file('o')).counts.cells).toMatchObject({ answered: kept.length, failed: 0 });
  });
});

describe('one writer', () => {
  test('a second one is refused and changes nothing; a reader is not', async () => {
    const { answerWith, release } = held(4);
    answer = answerWith;
    const first = start('demo.yaml', '--out', 'o', '--quiet');
    await server.received(8);
    const lock = readFileSync(lockOf('o'), 'utf8');
    for (const args of [
      ['run', 'demo.yaml', '--out', 'o'],
      ['grade', 'o'],
    ]) {
      const second = await runCli([...args, '--json'], options());
      expect(second.code).toBe(2);
      const [problem] = jsonLines(second);
      expect(problem).toMatchObject({ type: 'problem', code: 'RUN_LOCKED' });
      expect(problem!.message).toContain(String(first.process.pid));
    }
    const reader = await runCli(['export', 'o'], options());
    expect(reader.code).toBe(0);
    expect(jsonLines(reader)).toHaveLength(16);
    expect(readFileSync(lockOf('o'), 'utf8')).toBe(lock);
    expect(server.requests).toHaveLength(8);
    release();
    expect((await first.ended).code).toBe(0);
    expect(server.requests).toHaveLength(16);
    expect(existsSync(lockOf('o'))).toBe(false);
  });

  test('the lock of a killed process is taken over, and one of a process id that lives again', async () => {
    answer = held(4).answerWith;
    const killed = start('demo.yaml', '--out', 'o', '--quiet');
    await server.received(8);
    killed.process.kill('SIGKILL');
    expect((await killed.ended).signal).toBe('SIGKILL');
    const [pid] = readFileSync(lockOf('o'), 'utf8').split(' ');
    expect(Number(pid)).toBe(killed.process.pid);
    answer = (request) => ({ text: echoOf(request) });
    expect((await runCli(['demo.yaml', '--out', 'o', '--quiet'], options())).code).toBe(0);
    expect(existsSync(lockOf('o'))).toBe(false);
    // This very process, but as if it had started at another time.
    if (process.platform === 'linux') {
      writeFileSync(lockOf('o'), `${process.pid} 1\n`);
      expect((await runCli(['demo.yaml', '--out', 'o', '--quiet'], options())).code).toBe(0);
    }
    writeFileSync(lockOf('o'), `${process.pid} -\n`);
    expect((await runCli(['demo.yaml', '--out', 'o', '--quiet'], options())).code).toBe(2);
  });
});

// Linux has a device that is always full.
const onLinux = process.platform === 'linux' ? describe : describe.skip;
onLinux('a full disk', () => {
  test('ends with 3 and what to do, before anything is called', async () => {
    mkdirSync(space.file('o'));
    symlinkSync('/dev/full', space.file('o', 'record.ndjson.zst'));
    const result = await runCli(['demo.yaml', '--out', 'o', '--json'], options());
    expect(jsonLines(result).at(-1)).toMatchObject({
      type: 'problem',
      code: 'DISK',
      message: expect.stringContaining('ENOSPC'),
      hint: expect.stringContaining('resume'),
    });
    expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 3, stderr: '' });
    expect(server.requests).toEqual([]);
    expect(existsSync(lockOf('o'))).toBe(false);
  });
});
