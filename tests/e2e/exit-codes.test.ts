import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, type ChatServer, echoOf, type SeenRequest, startChatServer } from '../support/chat-server.js';
import { type CliResult, type JsonRecord, jsonLines, runCli } from '../support/cli.js';
import { demoConfig, mockProvider, scratch, writeDocument } from '../support/demo-eval.js';
import { readReport } from '../support/run-folder.js';

const space = scratch();
let server: ChatServer;
let answer: (request: SeenRequest) => Answer;
const cli = (...args: string[]): Promise<CliResult> =>
  runCli(args, { cwd: space.root, env: { EVALRUN_TEST_URL: server.baseUrl } });
const done = (result: CliResult): JsonRecord => jsonLines(result).find(({ type }) => type === 'done')!;
/** Requests since the last time this was asked. */
function asked(): SeenRequest[] {
  const requests = [...server.requests];
  server.forget();
  return requests;
}

beforeAll(async () => {
  server = await startChatServer((request) => answer(request));
});
beforeEach(() => {
  answer = (request) => ({ text: echoOf(request) });
  server.forget();
});
afterAll(async () => {
  await server.close();
  space.remove();
});

describe('the exit code', () => {
  test('4 for a missed gate, with the report written; policy may change without a new run', async () => {
    const gates = [{ metric: 'echo_rate', low: { above: 0.99 } }];
    writeDocument(space.file('gate.yaml'), demoConfig({ eval: { eval: 'gated' }, config: { gates } }));
    const result = await cli('gate.yaml', '--out', 'gate', '--json');
    expect(result.code).toBe(4);
    expect(done(result)).toMatchObject({ complete: true, exitCode: 4 });
    expect(readReport(space.file('gate')).gates).toEqual(
      ['plain', 'terse'].map((arm) => expect.objectContaining({ by: { provider: 'mock', arm }, passed: false })),
    );
    expect((await cli('report', 'gate', '--quiet')).code).toBe(4);
    asked();
    writeDocument(
      space.file('gate.yaml'),
      demoConfig({ eval: { eval: 'gated' }, config: { gates: [{ metric: 'echo_rate', value: { above: 0.99 } }] } }),
    );
    expect((await cli('gate.yaml', '--out', 'gate', '--quiet')).code).toBe(0);
    expect(asked()).toEqual([]);
  });

  test('of two configs in one call is the gravest', async () => {
    const gates = [{ metric: 'echo_rate', value: { above: 2 } }];
    writeDocument(space.file('second.yaml'), demoConfig({ eval: { eval: 'second' }, config: { gates } }));
    writeDocument(space.file('demo.yaml'), demoConfig());
    const result = await cli('second.yaml', 'demo.yaml', '--json');
    expect(jsonLines(result).map(({ type, eval: id, exitCode }) => [type, id ?? exitCode])).toEqual([
      ['launch', 'second'],
      ['done', 4],
      ['launch', 'demo'],
      ['done', 0],
    ]);
    expect(result.code).toBe(4);
    expect(readdirSync(space.file('reports')).sort()).toEqual(['demo', 'second']);
  });

  /** Each reply has 5 tokens, so it costs 1 USD. */
  const prices = { inputPerMillion: 0, outputPerMillion: 1_000_000 / 5 };
  const priced = (name: string, items: number): string =>
    writeDocument(
      space.file(`${name}.yaml`),
      demoConfig({ items, eval: { eval: name }, config: { providers: [mockProvider('mock', { prices })] } }),
    );

  test('3 when the budget is reached, however many could be in flight; without it, the same command resumes', async () => {
    priced('budget', 10);
    answer = (request) => ({ text: echoOf(request), delayMs: 50 });
    const stopped = await cli('budget.yaml', '--out', 'budget', '--budget-usd', '7', '--json');
    expect(stopped.code).toBe(3);
    expect(done(stopped)).toMatchObject({ complete: false, exitCode: 3, cells: { failed: 0 } });
    expect(asked()).toHaveLength(7);
    expect(readReport(space.file('budget')).counts).toMatchObject({ costUsd: 7, cells: { answered: 7, skipped: 13 } });
    expect((await cli('budget.yaml', '--out', 'budget', '--budget-usd', '7', '--quiet')).code).toBe(3);
    expect(asked()).toHaveLength(0);
    expect((await cli('budget.yaml', '--out', 'budget', '--quiet')).code).toBe(0);
    expect(asked()).toHaveLength(13);
    expect(readReport(space.file('budget')).counts).toMatchObject({ costUsd: 20, cells: { answered: 20 } });
  });

  test('a budget pays for calls, not for replies of an earlier run', async () => {
    priced('paid', 4);
    expect((await cli('paid.yaml', '--quiet')).code).toBe(0);
    priced('paid', 10);
    asked();
    expect((await cli('paid.yaml', '--out', 'paid', '--budget-usd', '3', '--quiet')).code).toBe(3);
    expect(asked()).toHaveLength(3);
    expect((await cli('paid.yaml', '--out', 'paid', '--budget-usd', '5', '--quiet')).code).toBe(3);
    expect(asked()).toHaveLength(2);
    expect(readReport(space.file('paid')).counts.cells).toMatchObject({ answered: 13, skipped: 7 });
  });
});
