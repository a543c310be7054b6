import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { FailureReason } from '../../src/contract/call.js';
import { type Answer, type ChatServer, echoOf, type SeenRequest, startChatServer } from '../support/chat-server.js';
import { type CliResult, jsonLines, runCli } from '../support/cli.js';
import { demoConfig, judgeGrader, mockProvider, scratch, writeDocument } from '../support/demo-eval.js';
import { readReport, recordedCells, recordedTexts } from '../support/run-folder.js';

const space = scratch();
let server: ChatServer;
let answer: (request: SeenRequest) => Answer;
const cli = (...args: string[]): Promise<CliResult> =>
  runCli(args, { cwd: space.root, env: { EVALRUN_TEST_URL: server.baseUrl } });
beforeAll(async () => {
  server = await startChatServer((request) => answer(request));
});
beforeEach(() => {
  server.forget();
});
afterAll(async () => {
  await server.close();
  space.remove();
});

/** Runs a config of its own name; where `--out` is, too. */
async function run(name: string, shape: Parameters<typeof demoConfig>[0]): Promise<CliResult> {
  const config = demoConfig({ ...shape, eval: { eval: name, ...shape?.eval } });
  writeDocument(space.file(`${name}.yaml`), config);
  const result = await cli(`${name}.yaml`, '--out', name, '--json');
  expect(jsonLines(result).filter(({ type }) => type === 'problem')).toEqual([]);
  return result;
}

describe('one provider of three that fails throughout', () => {
  test.each<[number, FailureReason]>([
    [401, 'unauthorized'],
    [404, 'not_found'],
    [501, 'not_implemented'],
  ])(
    'HTTP %d: its cells fail with the reason, the others complete, exit 3; mended, it resumes',
    async (status, reason) => {
      answer = (request) => (request.body.model === 'b' ? { status } : { text: echoOf(request) });
      const name = `down-${status}`;
      const providers = ['a', 'b', 'c'].map((id) => mockProvider(id));
      const result = await run(name, {
        items: 12,
        config: { providers, limits: { concurrency: 4 } },
      });
      expect(result.code).toBe(3);
      const report = readReport(space.file(name));
      expect(report.counts.cells).toEqual({ planned: 72, answered: 48, refused: 0, failed: 24, skipped: 0 });
      expect(report.counts.failures).toEqual({ [reason]: 24 });
      const values = report.estimates.filter(({ by }) => by.group === undefined);
      expect(values.map(({ by, value, n, unscored }) => [by.provider, value, n, unscored])).toEqual(
        ['a', 'b', 'c'].flatMap((id) => {
          const row = id === 'b' ? [id, null, 0, 12] : [id, 1, 12, 0];
          return [row, row];
        }),
      );
      for (const { outcome, scores } of recordedCells(space.file(name))) {
        if (outcome.kind === 'answered') continue;
        expect(outcome).toMatchObject({ kind: 'failed', step: 'reply', reason });
        expect(outcome).toMatchObject({ message: expect.stringContaining(String(status)) });
        expect(scores).toEqual([{ unscored: 'failed' }]);
      }
      // It is not asked for every cell once it is known to be down, and never twice for the same.
      const toB = server.requests.filter(({ body }) => body.model === 'b');
      expect(toB.length).toBeLessThan(24);
      expect(toB.every(({ attempt }) => attempt === 1)).toBe(true);

      answer = (request) => ({ text: echoOf(request) });
      server.forget();
      expect((await cli(`${name}.yaml`, '--out', name, '--quiet')).code).toBe(0);
      expect(server.requests.map(({ body }) => body.model)).toEqual(Array(24).fill('b'));
      expect(readReport(space.file(name)).counts).toMatchObject({ cells: { answered: 72, failed: 0 }, failures: {} });
    },
  );

  test('within what the config tolerates, the run is complete', async () => {
    answer = (request) => (request.body.model === 'b' ? { status: 401 } : { text: echoOf(request) });
    const providers = ['a', 'b'].map((id) => mockProvider(id));
    const result = await run('tolerant', { config: { providers, tolerate: { failed: 0.5 } } });
    expect(result.code).toBe(0);
    expect(readReport(space.file('tolerant')).counts.cells).toMatchObject({ answered: 6, failed: 6 });
  });
});

const unusable: [string, Answer, FailureReason][] = [
  ['500', { status: 500 }, 'server_error'],
  ['503', { status: 503, headers: { 'retry-after': '0' } }, 'server_error'],
  ['429', { status: 429, headers: { 'retry-after': '0' } }, 'rate_limited'],
  ['a dropped connection', { fault: 'drop' }, 'network'],
  ['a truncated reply', { fault: 'truncate' }, 'network'],
  ['a malformed reply', { fault: 'malformed' }, 'malformed'],
  ['a reply that is no completion', { status: 200, json: { hello: 'ECHO' } }, 'malformed'],
  ['an empty reply', { text: '' }, 'empty'],
  ['a blank reply', { text: ' \n\t ' }, 'empty'],
];

describe('what is no answer', () => {
  /** Each item gets one of them. */
  const badAnswer = ({ body }: SeenRequest): Answer =>
    unusable[Number(/town (\d+)/.exec(body.messages!.at(-1)!.content)![1])]![1];
  const counted: { [reason: string]: number } = {};
  for (const [, , reason] of unusable) counted[reason] = (counted[reason] ?? 0) + 2;

  test('is asked again, and the good reply counts', async () => {
    answer = (request) => (request.attempt === 1 ? badAnswer(request) : { text: echoOf(request) });
    const result = await run('again', { items: unusable.length });
    expect(result.code).toBe(0);
    const cells = 2 * unusable.length;
    expect(server.requests).toHaveLength(2 * cells);
    const { effort, counts, estimates } = readReport(space.file('again'));
    expect(counts).toMatchObject({ cells: { answered: cells, failed: 0 }, calls: { recorded: cells }, failures: {} });
    expect(effort).toMatchObject({ callsMade: 2 * cells, retried: cells, failures: counted });
    for (const { value } of estimates) expect(value).toBe(1);
    for (const text of recordedTexts(space.file('again'))) expect(text).toMatch(/^ECHO: Should town/);
  });

  test('is never graded, nor recorded as a reply, when it is all there is', async () => {
    answer = badAnswer;
    const providers = [mockProvider('mock', { limits: { retries: 1 } })];
    const result = await run('never', { items: unusable.length, config: { providers } });
    expect(result.code).toBe(3);
    const report = readReport(space.file('never'));
    expect(report.counts.cells).toMatchObject({ answered: 0, failed: 2 * unusable.length });
    expect(recordedTexts(space.file('never'))).toEqual([]);
    for (const { outcome, scores } of recordedCells(space.file('never'))) {
      expect(outcome).toMatchObject({ kind: 'failed', attempts: 2 });
      expect(scores).toEqual([{ unscored: 'failed' }]);
    }
    for (const { value, n } of report.estimates) expect([value, n]).toEqual([null, 0]);
    expect(report.counts.failures).toEqual(counted);
  });
});

describe('replies that are answers of a special sort', () => {
  test('cut at the token limit: unscored; declined: refused; neither is asked again', async () => {
    answer = ({ body }) =>
      body.messages!.length === 2
        ? { text: 'ECHO, and then the tokens ended in the mid', finish: 'length' }
        : { text: '', refusal: 'I would rather not: ECHO' };
    const result = await run('special', {});
    expect(result.code).toBe(0);
    expect(server.requests).toHaveLength(6);
    const report = readReport(space.file('special'));
    expect(report.counts.cells).toMatchObject({ answered: 3, refused: 3, failed: 0 });
    const cells = recordedCells(space.file('special'));
    expect(cells.map(({ outcome, scores }) => [outcome.kind, scores[0]])).toEqual(
      [0, 1, 2].flatMap(() => [
        ['refused', { unscored: 'refused' }],
        ['answered', { unscored: 'truncated' }],
      ]),
    );
    for (const { value, n } of report.estimates) expect([value, n]).toEqual([null, 0]);
  });

  test('a judge that cannot be read, or is cut: unscored and counted, never a low score', async () => {
    const said: Answer[] = [
      { text: 'I think so.' },
      { text: '{"verdict": "maybe"}' },
      { text: '{"verdict": "yes"', finish: 'length' },
      { text: '{"verdict": "yes"}' },
      { text: '```json\n{"verdict": "no", "confidence": 90}\n```' },
    ];
    answer = (request) => {
      if (request.body.model !== 'critic') return { text: echoOf(request) };
      return said[Number(/town (\d+)/.exec(request.body.messages!.at(-1)!.content)![1])]!;
    };
    const result = await run('judged', {
      items: said.length,
      eval: {
        graders: [judgeGrader],
        metrics: [{ id: 'fit_rate', kind: 'rate', of: 'fits', better: 'higher' }],
        contrasts: [],
        arms: { plain: {} },
        steps: [{ id: 'reply', messages: [{ user: '{{ item.text }}' }] }],
      },
      config: { roles: { judge: mockProvider('critic') } },
    });
    expect(result.code).toBe(0);
    const { judges, estimates, counts } = readReport(space.file('judged'));
    expect(counts.cells).toMatchObject({ answered: 5 });
    expect(judges).toEqual([expect.objectContaining({ n: 5, unscored: { judge_unparseable: 3 }, coverage: 0.4 })]);
    expect(estimates).toEqual([expect.objectContaining({ value: 0.5, n: 2, unscored: 3 })]);
  });
});

test('a hung connection ends with its time, and does not hold the others', async () => {
  answer = (request) => (request.body.model === 'b' ? { fault: 'hang' } : { text: echoOf(request) });
  const limits = { timeoutMs: 300, retries: 1, concurrency: 6 };
  const providers = [mockProvider('a'), mockProvider('b', { limits })];
  const startedMs = performance.now();
  const result = await run('hung', { config: { providers } });
  expect(performance.now() - startedMs).toBeLessThan(15_000);
  expect(result.code).toBe(3);
  expect(jsonLines(result).at(-1)).toMatchObject({ cells: { answered: 6, failed: 6 } });
  expect(readReport(space.file('hung')).counts.failures).toEqual({ timeout: 6 });
  expect(server.requests.filter(({ body }) => body.model === 'b')).toHaveLength(12);
});
