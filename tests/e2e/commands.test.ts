import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type ChatServer, startChatServer } from '../support/chat-server.js';
import { type CliResult, jsonLines, runCli } from '../support/cli.js';
import { demoConfig, demoEval, mockProvider, scratch, writeDocument } from '../support/demo-eval.js';
import { readReport } from '../support/run-folder.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const space = scratch();
let server: ChatServer;
const cli = (...args: string[]): Promise<CliResult> =>
  runCli(args, { cwd: space.root, env: { EVALRUN_TEST_URL: server.baseUrl } });
beforeAll(async () => {
  server = await startChatServer();
});
afterAll(async () => {
  await server.close();
  space.remove();
});

describe('a starter project', () => {
  test('init writes one that runs offline as it is, and never over files', async () => {
    const made = await cli('init', 'mine');
    expect(made.code).toBe(0);
    const run = await cli('mine/configs/greeting.yaml', '--out', 'greeting', '--json');
    expect(jsonLines(run).at(-1)).toMatchObject({ type: 'done', complete: true, exitCode: 0 });
    expect(readReport(space.file('greeting')).run.simulated).toBe(true);
    const again = await cli('init', 'mine', '--json');
    expect(again.code).toBe(2);
    expect(jsonLines(again)).toEqual([expect.objectContaining({ type: 'problem', code: 'FILE_EXISTS' })]);
  });
});

describe('check', () => {
  test('documents of every type are in order, shipped ones too; nothing is called', async () => {
    writeDocument(space.file('demo.yaml'), demoConfig());
    writeDocument(space.file('eval.yaml'), demoEval());
    writeDocument(space.file('mock.yaml'), mockProvider());
    writeDocument(space.file('prompts.yaml'), { prompts: 'some', items: [{ id: 'a', text: 'b' }] });
    writeDocument(space.file('people.yaml'), { personas: 'some', people: [{ id: 'a', attributes: { age: 3 } }] });
    const own = ['demo.yaml', 'eval.yaml', 'mock.yaml', 'prompts.yaml', 'people.yaml'];
    const shipped = ['configs', 'providers'].flatMap((folder) =>
      readdirSync(path.join(root, folder)).map((file) => path.join(root, folder, file)),
    );
    const result = await cli('check', ...own, ...shipped, '--json');
    expect(jsonLines(result)).toEqual([{ type: 'done', files: [...own, ...shipped], problems: 0 }]);
    expect(result.code).toBe(0);
    expect(server.requests).toEqual([]);
  });
});

describe('plan', () => {
  const prices = { inputPerMillion: 2, outputPerMillion: 10 };
  const limits = { requestsPerMinute: 12 };

  test('says cells, calls, tokens, price, time and the detectable difference; calls and writes nothing', async () => {
    const providers = [mockProvider('mock', { prices, limits, sampling: { maxTokens: 100 } })];
    writeDocument(space.file('priced.yaml'), demoConfig({ items: 12, config: { providers } }));
    const result = await cli('plan', 'priced.yaml', '--json');
    expect(result.code).toBe(0);
    const [plan, ...more] = jsonLines(result);
    expect(plan).toMatchObject({ type: 'plan', cells: 24, pairs: 12 });
    const [row] = plan!.calls as { [key: string]: number }[];
    const characters = 12 * 'Be brief.'.length + 24 * 'Should town 0 pay for a second library?'.length + 2 * 2;
    expect(row).toMatchObject({ step: 'reply', provider: 'mock', asked: 24, unique: 24, known: 0, exact: true });
    expect(row!.inputTokens).toBe(Math.ceil(characters / 4));
    expect(row!.outputTokens).toEqual([24 * 50, 24 * 100]);
    const cost = (output: number): number => (row!.inputTokens! * 2 + output * 10) / 1e6;
    expect(row!.costUsd).toEqual([cost(1200), cost(2400)].map((usd) => expect.closeTo(usd, 9)));
    expect(row).toMatchObject({ minutes: 2, minutesFrom: 'rates' });
    expect(more).toEqual([]);
    const text = (await cli('plan', 'priced.yaml', '--limit', '6')).stdout;
    expect(text).toContain('6 cells = 3 items × 2 arms × 1 providers × 1 repeats');
    expect(server.requests).toEqual([]);
    expect(existsSync(space.file('reports'))).toBe(false);
  });

  test('a model of unknown price is said to be one', async () => {
    const { code, stdout } = await cli('plan', 'demo.yaml');
    expect(code).toBe(0);
    expect(stdout).toContain('price unknown');
  });
});

describe('what there is', () => {
  test('list kinds', async () => {
    const rows = jsonLines(await cli('list', 'kinds', '--json')) as unknown as { family: string; kinds: string[] }[];
    const kinds = Object.fromEntries(rows.map((row) => [row.family, row.kinds]));
    expect(kinds.providers).toEqual(expect.arrayContaining(['openai', 'anthropic', 'simulated', 'replay']));
    expect(kinds.graders).toEqual(expect.arrayContaining(['mentions', 'choice', 'matches', 'judge']));
    expect((await cli('list', 'dogs')).code).toBe(2);
  });

  test('schema prints one that our documents meet and others do not', async () => {
    const names = (await cli('schema')).stdout.trim().split('\n');
    expect(names.sort()).toEqual([
      'chain',
      'config',
      'eval',
      'grader',
      'personas',
      'prompts',
      'provider',
      'report',
      'tune',
    ]);
    const schema = JSON.parse((await cli('schema', 'provider')).stdout) as object;
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect(validate(mockProvider())).toBe(true);
    expect(validate({ ...mockProvider(), modle: 'x' })).toBe(false);
    expect((await cli('schema', 'dog')).code).toBe(2);
  });

  test('--help and --version', async () => {
    const help = await cli('--help');
    expect(help.code).toBe(0);
    for (const verb of ['run', 'check', 'plan', 'grade', 'measure', 'report', 'export', 'schema', 'list', 'init'])
      expect(help.stdout).toMatch(new RegExp(`^ {2}${verb}\\b`, 'm'));
    const version = await cli('--version');
    expect([version.code, version.stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
  });
});
