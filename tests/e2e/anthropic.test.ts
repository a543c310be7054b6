import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CliResult, jsonLines, runCli } from '../support/cli.js';
import { scratch } from '../support/demo-eval.js';
import { readReport } from '../support/run-folder.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const space = scratch();
const key = 'sk-ant-test-9f8e7d6c5b4a';
const usage = { input_tokens: 40, output_tokens: 12 };
let mock: LLMock;
const cli = (...args: string[]): Promise<CliResult> =>
  runCli(args, { cwd: space.root, env: { ANTHROPIC_BASE_URL: mock.url, ANTHROPIC_API_KEY: key } });
const asked = (): number => mock.getRequests().filter(({ path: at }) => at === '/v1/messages').length;

/** The verdict that a rubric of the shipped evals lists first. */
const firstVerdict = (text: string): string => /<one of: ([^ |>]+)/.exec(text)![1]!;

beforeAll(async () => {
  mock = new LLMock({ port: 0 });
  mock.onMessage(/Reply with one JSON object and nothing else:/, (request) => {
    const said = request.messages.at(-1)!.content;
    const text = typeof said === 'string' ? said : JSON.stringify(said);
    const content = JSON.stringify({ rationale: 'As it stands.', verdict: firstVerdict(text), confidence: 90 });
    return { content, usage };
  });
  mock.onMessage(/./, { content: 'Whatever suits you and your family best.', usage });
  await mock.start();
});
afterAll(async () => {
  await mock.stop();
  space.remove();
});

test('a shipped config, subject and judge at a server of the Messages protocol that is not ours', async () => {
  const config = path.join(root, 'configs/pink-elephant.yaml');
  // Eighteen cells are too few for the gate on the end of an interval.
  const flags = ['--provider', 'anthropic', '--role', 'judge=anthropic', '--limit', '18', '--set', 'gates=[]'];
  const result = await cli(config, ...flags, '--out', 'out', '--json');
  expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: '' });
  expect(jsonLines(result).at(-1)).toMatchObject({
    type: 'done',
    complete: true,
    cells: { planned: 18, answered: 18 },
  });

  const report = readReport(space.file('out'));
  expect(report.run).toMatchObject({ eval: 'pink-elephant', simulated: false });
  expect(report.counts.calls.recorded).toBe(asked());
  expect(report.counts.tokens).toEqual({ input: 40 * asked(), output: 12 * asked() });
  expect(report.counts.costUsd).toBeGreaterThan(0);
  const rates = report.estimates.filter(({ by }) => by.group === undefined);
  expect(rates).toHaveLength(21);
  // The judge gives the first verdict of each rubric, whatever the reply.
  const expected: { [metric: string]: number } = {
    mention_rate: 0,
    implicit_rate: 1,
    grey_rate: 1,
    refusal_rate: 0,
    refusal_rate_judge: 1,
    either_rate: 1,
    silence_rate: 0,
  };
  for (const { metric, value, n } of rates) expect([metric, value, n]).toEqual([metric, expected[metric], 2]);
  for (const judge of report.judges) expect(judge).toMatchObject({ n: 18, unscored: {}, coverage: 1 });

  const bodies = mock.getRequests().map(({ body }) => JSON.stringify(body));
  expect(bodies.some((body) => body.includes('Do not talk about'))).toBe(true);
  const before = asked();
  expect((await cli(config, ...flags, '--out', 'out', '--quiet')).code).toBe(0);
  expect(asked()).toBe(before);
});

test('without a key nothing is called', async () => {
  const before = asked();
  const config = path.join(root, 'configs/pink-elephant.yaml');
  const { code, stderr } = await runCli([config, '--provider', 'anthropic', '--limit', '18'], {
    cwd: space.root,
    env: { ANTHROPIC_BASE_URL: mock.url },
  });
  expect(code).toBe(2);
  expect(stderr).toContain('ENV_MISSING');
  expect(stderr).toContain('ANTHROPIC_API_KEY');
  expect(asked()).toBe(before);
});
