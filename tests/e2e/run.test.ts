import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Answer, type ChatServer, echoOf, type SeenRequest, startChatServer } from '../support/chat-server.js';
import { type CliResult, type JsonRecord, jsonLines, runCli } from '../support/cli.js';
import { demoConfig, judgeGrader, mockProvider, scratch, writeDocument } from '../support/demo-eval.js';
import { readReport, settledReport } from '../support/run-folder.js';

const space = scratch();
let server: ChatServer;
let answer: (request: SeenRequest) => Answer = (request) => ({ text: echoOf(request) });
let seen = 0;
const cli = (...args: string[]): Promise<CliResult> =>
  runCli(args, { cwd: space.root, env: { EVALRUN_TEST_URL: server.baseUrl } });
/** Requests since the last time this was asked. */
function asked(): SeenRequest[] {
  const from = seen;
  seen = server.requests.length;
  return server.requests.slice(from);
}
const done = (result: CliResult): JsonRecord => jsonLines(result).find(({ type }) => type === 'done')!;

beforeAll(async () => {
  server = await startChatServer((request) => answer(request));
  // The reports are those of a config that asks for none.
  writeDocument(space.file('demo.yaml'), demoConfig({ config: { reports: undefined } }));
});
afterEach(() => {
  answer = (request) => ({ text: echoOf(request) });
  asked();
});
afterAll(async () => {
  await server.close();
  space.remove();
});

describe('a run from YAML to report', () => {
  let first: CliResult;
  beforeAll(async () => {
    first = await cli('demo.yaml', '--out', 'a');
  });

  test('ends with 0, shows tables on stdout, and says where the report is', () => {
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('echo_rate');
    expect(first.stderr).toContain('a/report.html');
    expect(first.stderr).not.toMatch(/^\s+at /m);
    expect(asked()).toHaveLength(6);
  });

  test('leaves report.json after its schema, with every cell answered', () => {
    const schema = readFileSync(fileURLToPath(new URL('../../schemas/report.schema.json', import.meta.url)), 'utf8');
    const validate = new Ajv2020({ strict: false }).compile(JSON.parse(schema));
    const report = readReport(space.file('a'));
    expect([validate(report), validate.errors]).toEqual([true, null]);
    expect(report.counts).toMatchObject({
      cells: { planned: 6, answered: 6, refused: 0, failed: 0, skipped: 0 },
      calls: { askedByCells: 6, unique: 6, recorded: 6 },
      tokens: { input: 60, output: 30 },
    });
    expect(report.run).toMatchObject({ eval: 'demo', simulated: false, complete: true });
    expect(report.effort).toMatchObject({ callsMade: 6, recorded: 6, reused: 0, retried: 0, interruptions: 0 });
    const whole = report.estimates.filter(({ by }) => by.group === undefined);
    expect(whole.map(({ by, value, n }) => [by.arm, value, n])).toEqual([
      ['plain', 1, 3],
      ['terse', 1, 3],
    ]);
    expect(readdirSync(space.file('a')).sort()).toEqual([
      'plan.json',
      'record.ndjson.zst',
      'report.html',
      'report.json',
    ]);
  });

  test('again: nothing is called', async () => {
    const before = readFileSync(space.file('a', 'report.json'), 'utf8');
    const { code, stderr } = await cli('demo.yaml', '--out', 'a');
    expect(code).toBe(0);
    expect(stderr).toContain('already complete');
    expect(asked()).toEqual([]);
    expect(readFileSync(space.file('a', 'report.json'), 'utf8')).toBe(before);
  });

  test('report, measure and grade write the same numbers again from the record', async () => {
    const before = settledReport(space.file('a'));
    for (const verb of ['measure', 'report', 'grade']) {
      const { code } = await cli(verb, 'a', '--quiet');
      expect([verb, code]).toEqual([verb, 0]);
      expect(settledReport(space.file('a'))).toBe(before);
    }
    expect(asked()).toEqual([]);
  });

  test('export writes a row per cell, with the reply and its scores', async () => {
    const { code, stdout } = await cli('export', 'a', '--format', 'rows');
    expect(code).toBe(0);
    const rows = jsonLines({ stdout });
    expect(rows.map(({ cell, outcome }) => [cell, outcome])).toEqual([0, 1, 2, 3, 4, 5].map((at) => [at, 'answered']));
    for (const row of rows)
      expect(row).toMatchObject({ provider: 'mock', scores: { echoed: 1 }, reply: expect.stringMatching(/^ECHO: S/) });
    expect((await cli('export', 'a', '--format', 'xml')).code).toBe(2);
  });

  test('--json: a launch and a done record, nothing else; --quiet: nothing at all', async () => {
    const result = await cli('demo.yaml', '--out', 'json', '--json');
    const [launch, end, ...more] = jsonLines(result);
    expect(launch).toMatchObject({ type: 'launch', eval: 'demo', cells: 6 });
    expect(path.resolve(space.root, String(launch!.folder))).toBe(space.file('json'));
    expect(end).toMatchObject({
      type: 'done',
      run: launch!.run,
      complete: true,
      exitCode: 0,
      calls: { sent: 6, recorded: 6, reused: 0 },
      cells: { planned: 6, answered: 6 },
    });
    expect({ more, stderr: result.stderr }).toEqual({ more: [], stderr: '' });
    const quiet = await cli('report', 'a', '--quiet');
    expect(quiet).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });
});

describe('flags', () => {
  test('--set, --limit, --seed and --concurrency reach the run', async () => {
    let [inFlight, most] = [0, 0];
    answer = (request) => {
      most = Math.max(most, ++inFlight);
      setTimeout(() => inFlight--, 30);
      return { text: echoOf(request), delayMs: 30 };
    };
    const flags = [
      '--set',
      'repeats=2',
      '--set',
      'sample.items=5',
      '--limit',
      '8',
      '--seed',
      '5',
      '--concurrency',
      '3',
    ];
    writeDocument(space.file('ten.yaml'), demoConfig({ items: 10, eval: { eval: 'ten' } }));
    const result = await cli('ten.yaml', '--out', 'flags', '--json', ...flags);
    expect(done(result)).toMatchObject({ cells: { planned: 8, answered: 8 } });
    expect(most).toBe(3);
    const { run, provenance } = readReport(space.file('flags'));
    expect(run).toMatchObject({ seed: 5, repeats: 2 });
    expect(provenance.command).toBe('npx evalrun ten.yaml --set repeats=2 --set sample.items=5 --seed 5 --limit 8');
    const other = await cli(
      'ten.yaml',
      '--out',
      'flags-6',
      '--limit',
      '8',
      '--set',
      'repeats=2',
      '--seed',
      '6',
      '--json',
    );
    expect(done(other).run).not.toBe(run.id);
  });

  test('--provider and --role put others in place', async () => {
    answer = ({ body }) => ({ text: body.model === 'critic' ? '{"verdict": "yes"}' : 'ECHO' });
    const graders = [judgeGrader];
    const metrics = [{ id: 'fit_rate', kind: 'rate', of: 'fits', better: 'higher' }];
    writeDocument(
      space.file('judged.yaml'),
      demoConfig({
        eval: { eval: 'judged', graders, metrics, contrasts: [] },
        config: { roles: { judge: 'simulated-judge' } },
      }),
    );
    for (const id of ['other', 'critic']) writeDocument(space.file('providers', `${id}.yaml`), mockProvider(id));
    const result = await cli(
      ...['judged.yaml', '--out', 'judged', '--json', '--provider', 'other', '--role', 'judge=critic'],
    );
    expect(done(result)).toMatchObject({ exitCode: 0, cells: { answered: 6 } });
    const models = asked().map(({ body }) => body.model);
    expect([...new Set(models)].sort()).toEqual(['critic', 'other']);
    expect(readReport(space.file('judged')).judges).toEqual([
      expect.objectContaining({ grader: 'fits', provider: 'other', n: 6, coverage: 1 }),
    ]);
  });
});
