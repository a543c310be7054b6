import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChatServer, echoOf, type SeenRequest, startChatServer } from '../support/chat-server.js';
import { runCli, startCli } from '../support/cli.js';
import { demoConfig, judgeGrader, mockProvider, scratch, writeDocument } from '../support/demo-eval.js';
import { drawn, withFaults } from '../support/faults.js';
import { readReport, recordedTexts, settledReport } from '../support/run-folder.js';

const seed = 20_260;
const items = 100;
/** Items × two arms, each with a reply and a judgement. */
const calls = 4 * items;

const space = scratch();
let server: ChatServer;
let config: string;

/** Unique to each request, so that a recorded reply says which request it answers. */
function replyTo(request: SeenRequest): string {
  if (request.body.model !== 'critic') return `${echoOf(request)} (${request.body.messages!.length})`;
  const rationale = request.body.messages!.at(-1)!.content.split('\nReply with')[0];
  return JSON.stringify({ verdict: rationale!.includes('town 3') ? 'no' : 'yes', rationale });
}

beforeAll(async () => {
  const shares = { '429': 0.05, '500': 0.02, drop: 0.01, truncate: 0.01, malformed: 0.01 };
  server = await startChatServer(
    withFaults(shares, seed, (request) => ({
      text: replyTo(request),
      delayMs: Math.floor(drawn(seed, request.raw) * 30),
    })),
  );
  // A call must never run out of attempts by chance.
  const limits = { concurrency: 24, retries: 20 };
  config = writeDocument(
    space.file('crash.yaml'),
    demoConfig({
      items,
      eval: {
        graders: [{ id: 'echoed', kind: 'matches', of: 'reply', contains: 'ECHO' }, judgeGrader],
        metrics: [
          { id: 'echo_rate', kind: 'rate', of: 'echoed', better: 'higher', clusters: ['item.id'] },
          { id: 'fit_rate', kind: 'rate', of: 'fits', better: 'higher', clusters: ['item.id'], by: ['item.topic'] },
        ],
      },
      config: {
        providers: [mockProvider('mock', { limits })],
        roles: { judge: mockProvider('critic', { limits }) },
        reports: ['json', 'html'],
      },
    }),
  );
});
afterAll(async () => {
  await server.close();
  space.remove();
});

/** The command, in a folder of its own, under the same names, so that the reports can be the same. */
const inFolder = (name: string) => {
  mkdirSync(space.file(name), { recursive: true });
  const options = { cwd: space.file(name), env: { EVALRUN_TEST_URL: server.baseUrl } };
  const args = [config, '--out', 'out', '--quiet'];
  const out = space.file(name, 'out');
  return { out, run: () => runCli(args, options), start: () => startCli(args, options) };
};

test('kill -9 again and again: it resumes, asks for nothing that is recorded, and reports the same', async () => {
  const calm = inFolder('calm');
  expect((await calm.run()).code).toBe(0);
  expect(readReport(calm.out).counts.cells.answered).toBe(2 * items);
  expect(readReport(calm.out).effort.retried).toBeGreaterThan(calls / 40);
  server.forget();

  const shaken = inFolder('shaken');
  /** Reply text → requests for it when it was first seen in the record. */
  const recorded = new Map<string, number>();
  const askedFor = (text: string): number => server.requests.filter((request) => replyTo(request) === text).length;
  /** Takes stock once all that the killed process had sent is counted. */
  const look = async (): Promise<void> => {
    await server.quiet();
    const texts = new Set(recordedTexts(shaken.out));
    for (const text of recorded.keys()) expect(texts.has(text)).toBe(true);
    for (const text of texts) if (!recorded.has(text)) recorded.set(text, askedFor(text));
  };
  let kills = 0;
  for (let round = 0; round < 8; round++) {
    const { process: child, ended } = shaken.start();
    // A number of further requests, so that a slow machine does not shift the moment to the start-up; then some time.
    const further = Math.ceil(drawn(seed, `requests ${round}`) * 75);
    const gone = new AbortController();
    void ended.then(() => gone.abort());
    await Promise.race([server.received(server.requests.length + further), ended]);
    await sleep(drawn(seed, `time ${round}`) * 25, undefined, { signal: gone.signal }).catch(() => {});
    child.kill('SIGKILL');
    const { code, signal } = await ended;
    if (signal !== 'SIGKILL') {
      expect(code).toBe(0);
      break;
    }
    kills++;
    await look();
  }
  expect(kills).toBeGreaterThanOrEqual(5);
  expect(recorded.size).toBeGreaterThan(20);
  expect(recorded.size).toBeLessThan(calls);

  expect((await shaken.run()).code).toBe(0);
  await look();
  expect(recorded.size).toBe(calls);
  for (const [text, before] of recorded) expect([text, askedFor(text)]).toEqual([text, before]);
  expect(settledReport(shaken.out)).toBe(settledReport(calm.out));
  const { effort } = readReport(shaken.out);
  expect(effort.interruptions).toBe(kills);
  expect(effort.recorded).toBeLessThanOrEqual(calls);
});

test('killed while it starts, measures or writes: the same again, without a call', async () => {
  const calm = inFolder('calm');
  const edge = inFolder('edge');
  expect((await edge.run()).code).toBe(0);
  server.forget();
  /** With the reports gone, everything is read, measured and written again. */
  const forgetReports = (): void => {
    for (const file of ['report.json', 'report.html']) rmSync(path.join(edge.out, file), { force: true });
  };
  forgetReports();
  const startedMs = performance.now();
  expect((await edge.run()).code).toBe(0);
  const wholeMs = performance.now() - startedMs;
  for (const share of [0.35, 0.65, 0.85]) {
    forgetReports();
    const { process: child, ended } = edge.start();
    await sleep(share * wholeMs);
    child.kill('SIGKILL');
    await ended;
  }
  expect((await edge.run()).code).toBe(0);
  expect(server.requests).toEqual([]);
  expect(settledReport(edge.out)).toBe(settledReport(calm.out));
});
