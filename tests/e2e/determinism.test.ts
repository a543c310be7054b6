import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChatServer, echoOf, startChatServer } from '../support/chat-server.js';
import { type CliResult, runCli } from '../support/cli.js';
import { demoConfig, mockProvider, scratch, writeDocument } from '../support/demo-eval.js';
import { drawn, withFaults } from '../support/faults.js';
import { readReport, settledReport } from '../support/run-folder.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const space = scratch();
let server: ChatServer;
beforeAll(async () => {
  const shares = { '429': 0.03, '500': 0.03, drop: 0, truncate: 0, malformed: 0 };
  server = await startChatServer(
    withFaults(shares, 3, (request) => ({
      text: drawn(3, request.raw) < 0.4 ? 'Nothing to say.' : echoOf(request),
      delayMs: Math.floor(drawn(5, request.raw) * 20),
    })),
  );
});
afterAll(async () => {
  await server.close();
  space.remove();
});

/** Runs in a folder of its own, with other order and other pace each time. */
async function run(folder: string, file: string, ...flags: string[]): Promise<string> {
  mkdirSync(space.file(folder), { recursive: true });
  const options = { cwd: space.file(folder), env: { EVALRUN_TEST_URL: server.baseUrl } };
  const result: CliResult = await runCli([file, '--out', 'out', '--quiet', ...flags], options);
  expect([result.code, result.stdout]).toEqual([0, '']);
  return settledReport(space.file(folder, 'out'));
}

test('a served model: another order, another pace, other faults, the same report', async () => {
  const providers = [mockProvider('a'), mockProvider('b')];
  const eval_ = {
    metrics: [{ id: 'echo_rate', kind: 'rate', of: 'echoed', better: 'higher', clusters: ['item.topic'] }],
  };
  const file = writeDocument(
    space.file('served.yaml'),
    demoConfig({ items: 30, eval: eval_, config: { providers, repeats: 2, seed: 4 } }),
  );
  const slow = await run('slow', file, '--concurrency', '3');
  expect(await run('fast', file, '--concurrency', '40')).toBe(slow);
  const { estimates, counts } = readReport(space.file('slow', 'out'));
  expect(counts.cells.answered).toBe(240);
  for (const { value } of estimates) {
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(1);
  }
});

test('the shipped smoke config: every grader and metric that needs no further package', async () => {
  const file = path.join(root, 'configs/smoke.yaml');
  const one = await run('one', file, '--concurrency', '1');
  expect(await run('two', file)).toBe(one);
  expect(readReport(space.file('one', 'out')).run.simulated).toBe(true);
  const junit = (folder: string): string => readFileSync(space.file(folder, 'out', 'junit.xml'), 'utf8');
  const withoutTimes = (xml: string): string => xml.replace(/ (time|timestamp)="[^"]*"/g, '');
  expect(withoutTimes(junit('two'))).toBe(withoutTimes(junit('one')));
});
