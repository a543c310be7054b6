import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parseYaml } from '../../src/lib/yaml-source.js';
import { type CliResult, jsonLines, type RunningCli, runCli, startCli } from '../support/cli.js';
import { demoEval, scratch, writeDocument } from '../support/demo-eval.js';
import { type FineTuningServer, startFineTuningServer } from '../support/fine-tuning-server.js';
import { openaiPair, pairLines, writePairs } from '../support/preference-pairs.js';

const key = 'sk-test-Zq7+/=9_kLm4TnB8vC2';
let space: ReturnType<typeof scratch>;
let server: FineTuningServer;

beforeAll(async () => {
  server = await startFineTuningServer();
});
afterAll(() => server.close());
beforeEach(() => {
  space?.remove();
  space = scratch();
  server.reset();
  writePairs(space.file('pairs'), {
    'train.jsonl': pairLines(12, openaiPair),
    'validation.jsonl': pairLines(3, (index) => openaiPair(100 + index)),
  });
  write();
});
afterAll(() => space.remove());

const env = (): { [name: string]: string } => ({ OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: key });
const write = (more: object = {}, base: object = {}): void => {
  writeDocument(space.file('tune.yaml'), {
    tune: 'quieter',
    kind: 'openai',
    pairs: 'pairs',
    base: 'providers/small.yaml',
    provider: 'providers/quieter.yaml',
    hyperparameters: { beta: 0.2, epochs: 2, batchSize: 'auto' },
    suffix: 'quiet',
    seed: 7,
    pollSeconds: 0.02,
    ...more,
  });
  writeDocument(space.file('providers', 'small.yaml'), {
    provider: 'small',
    kind: 'openai',
    model: 'gpt-small',
    baseUrl: 'https://api.openai.com/v1',
    baseUrlEnv: 'OPENAI_BASE_URL',
    apiKeyEnv: 'OPENAI_API_KEY',
    sampling: { temperature: 0 },
    limits: { retries: 3, timeoutMs: 5000 },
    prices: { inputPerMillion: 1, outputPerMillion: 2 },
    ...base,
  });
};
const start = (...args: string[]): RunningCli =>
  startCli(['tune', 'tune.yaml', ...args], { cwd: space.root, env: env() });
const tune = (...args: string[]): Promise<CliResult> => start(...args).ended;
const state = (): { [key: string]: unknown } =>
  JSON.parse(readFileSync(space.file('reports', 'tune', 'quieter', 'tune.json'), 'utf8')) as never;
const provider = (): string => space.file('providers', 'quieter.yaml');

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(file);
    else yield file;
  }
}

/** No form and no part of the key in what was printed or written. */
function expectNoKey(...results: CliResult[]): void {
  const texts = results.flatMap(({ stdout, stderr }) => [stdout, stderr]);
  for (const file of filesBelow(space.root)) texts.push(readFileSync(file, 'utf8'));
  for (const text of texts) expect(text).not.toContain('kLm4TnB8vC2');
}

describe('a job that succeeds', () => {
  test('pairs go up, the job is a preference job with the options, and the provider serves in a config', async () => {
    const result = await tune();
    expect(result).toMatchObject({ code: 0, signal: null });
    expect(server.files.map(({ purpose }) => purpose)).toEqual(['fine-tune', 'fine-tune']);
    expect(server.files.map(({ content }) => content)).toEqual(
      ['train', 'validation'].map((split) => readFileSync(space.file('pairs', `${split}.jsonl`), 'utf8')),
    );
    expect(server.jobs).toHaveLength(1);
    expect(server.jobs[0]!.asked).toEqual({
      model: 'gpt-small',
      training_file: 'file-1',
      validation_file: 'file-2',
      method: { type: 'dpo', dpo: { hyperparameters: { beta: 0.2, n_epochs: 2, batch_size: 'auto' } } },
      suffix: 'quiet',
      seed: 7,
      metadata: { evalrun_tune: 'quieter', evalrun_key: state().key },
    });
    expect(result.stdout).toBe('ft:gpt-small:test:quiet:1; provider: providers/quieter.yaml\n');
    expect(result.stderr).toContain('train: file-1');
    expect(result.stderr).toContain('job ftjob-1: running');
    expect(result.stderr).toContain('step 1, loss 0.5: Step 1');

    const text = readFileSync(provider(), 'utf8');
    expect(text).toContain('# job: ftjob-1\n');
    expect(parseYaml('quieter.yaml', text).value).toEqual({
      provider: 'quieter',
      title: 'gpt-small, tuned as quieter',
      kind: 'openai',
      model: 'ft:gpt-small:test:quiet:1',
      baseUrl: 'https://api.openai.com/v1',
      baseUrlEnv: 'OPENAI_BASE_URL',
      apiKeyEnv: 'OPENAI_API_KEY',
      sampling: { temperature: 0 },
      limits: { retries: 3, timeoutMs: 5000 },
    });
    writeDocument(space.file('run.yaml'), { run: demoEval(), providers: ['small', 'quieter'] });
    const checked = await runCli(['check', 'run.yaml', 'providers/quieter.yaml'], { cwd: space.root, env: env() });
    expect([checked.code, checked.stderr]).toEqual([0, '']);
    expectNoKey(result);
  });

  test('asked again it makes nothing anew, and writes the provider that was lost', async () => {
    await tune('--quiet');
    const before = server.asked.length;
    const text = readFileSync(provider(), 'utf8');
    writeFileSync(provider(), text.slice(0, 40));
    expect((await tune('--quiet')).code).toBe(0);
    expect([server.asked.length, readFileSync(provider(), 'utf8')]).toEqual([before, text]);
  });

  test('--json: a launch, progress and a done record, each a line; nothing on stderr', async () => {
    const result = await tune('--json');
    const records = jsonLines(result);
    expect([result.code, result.stderr]).toEqual([0, '']);
    expect(records[0]).toMatchObject({ type: 'launch', kind: 'openai', files: [{ rows: 12 }, { rows: 3 }] });
    expect(records.at(-1)).toEqual({
      type: 'done',
      status: 'succeeded',
      job: 'ftjob-1',
      model: 'ft:gpt-small:test:quiet:1',
      error: null,
      provider: provider(),
      exitCode: 0,
    });
    const statuses = records.filter(({ what }) => what === 'status').map(({ status }) => status);
    expect(statuses).toEqual(['running', 'succeeded']);
    expect(records.filter(({ what }) => what === 'event')).toHaveLength(3);
  });

  test('one file without validation; files that are there already are not sent again', async () => {
    write({ pairs: 'pairs/train.jsonl' });
    expect((await tune()).code).toBe(0);
    expect(server.jobs[0]!.asked.validation_file).toBeUndefined();
    const second = await tune('--out', 'other');
    expect(second.code).toBe(0);
    expect(second.stderr).toContain('train: file-1 (was there already)');
    expect([server.files.length, server.jobs.length]).toEqual([1, 2]);
  });
});

describe('a job that does not succeed', () => {
  test('it failed: the endpoint’s words, at the line that it names; exit code 3, and no provider', async () => {
    const message = 'Line 5 of the file holds what is not allowed';
    const error = { code: 'invalid_training_file', message, param: 'training_file' };
    server.reset({ ending: { status: 'failed', error } });
    const result = await tune();
    expect(result.code).toBe(3);
    expect(result.stderr).toContain(
      `pairs/train.jsonl:5:1  TUNING_FAILED  job ftjob-1 failed: ${message} (invalid_training_file)`,
    );
    expect(existsSync(provider())).toBe(false);
    const again = await tune('--json');
    expect(again.code).toBe(3);
    expect(server.jobs).toHaveLength(1);
    expect(jsonLines(again).slice(-2)).toMatchObject([
      { type: 'problem', code: 'TUNING_FAILED', file: 'pairs/train.jsonl', line: 5 },
      { type: 'done', status: 'failed', provider: null, exitCode: 3 },
    ]);
  });

  test('mended pairs start another job in the same folder; the first is kept aside', async () => {
    server.reset({ ending: { status: 'failed', error: { code: 'x', message: 'no', param: null } } });
    expect((await tune()).code).toBe(3);
    const { key: first } = state();
    server.reset();
    writePairs(space.file('pairs'), { 'train.jsonl': pairLines(13, openaiPair) });
    expect((await tune()).code).toBe(0);
    expect(readdirSync(space.file('reports', 'tune', 'quieter', 'earlier'))).toEqual([`${first}.json`]);
  });

  test('cancelled elsewhere: it says so', async () => {
    server.reset({ ending: { status: 'cancelled' } });
    const result = await tune();
    expect([result.code, result.stdout]).toEqual([
      3,
      'job ftjob-1 was cancelled; name another folder with --out to start a new job\n',
    ]);
    expect(existsSync(provider())).toBe(false);
  });

  test('--cancel, beside a process that follows', async () => {
    server.reset({ looks: 1e9 });
    const following = start();
    await following.says('ftjob-1: running');
    const cancelled = await tune('--cancel');
    expect([cancelled.code, cancelled.stdout]).toEqual([0, 'job ftjob-1 is cancelled\n']);
    expect((await following.ended).code).toBe(3);
    const late = await tune('--cancel');
    expect([late.code, late.stdout]).toEqual([0, 'job ftjob-1 is cancelled\n']);
  });

  test('--cancel where nothing was started, and after the end', async () => {
    const nothing = await tune('--cancel', '--json');
    expect([nothing.code, jsonLines(nothing)[0]!.code]).toEqual([2, 'NO_TUNING_JOB']);
    await tune('--quiet');
    const late = await tune('--cancel');
    expect([late.code, late.stdout]).toEqual([3, 'job ftjob-1 had ended before: succeeded\n']);
  });
});

describe('what is lost on the way', () => {
  test.each([
    ['an upload', 'files.create'],
    ['the request for the job', 'jobs.create'],
  ] as const)('the answer to %s is lost: it is looked for and not made twice', async (_name, route) => {
    server.reset({ faults: { [route]: ['lose'] } });
    const result = await tune();
    expect(result.code).toBe(0);
    expect([server.files.length, server.jobs.length]).toEqual([2, 1]);
    expect(result.stderr).toContain(route === 'jobs.create' ? 'was started already' : 'was there already');
  });

  test('a server without metadata: the job is told by its files, model and age', async () => {
    server.reset({ keepsMetadata: false, faults: { 'jobs.create': ['lose'] } });
    expect((await tune()).code).toBe(0);
    expect(server.jobs).toHaveLength(1);
  });

  test.each(['files.create', 'jobs.create'] as const)('killed while %s waits for its answer', async (route) => {
    server.reset({ faults: { [route]: ['hang'] } });
    const first = start();
    await server.received(route);
    first.process.kill('SIGKILL');
    expect((await first.ended).signal).toBe('SIGKILL');
    const second = await tune();
    expect(second.code).toBe(0);
    expect([server.files.length, server.jobs.length]).toEqual([2, 1]);
  });

  test('killed while it follows, again and again: one job, no event twice', async () => {
    server.reset({ looks: 12 });
    for (const looks of [2, 5, 8]) {
      const one = start();
      await server.received('jobs.retrieve', looks);
      one.process.kill('SIGKILL');
      await one.ended;
    }
    const last = await tune('--json');
    expect(last.code).toBe(0);
    expect([server.files.length, server.jobs.length]).toEqual([2, 1]);
    const messages = jsonLines(last)
      .filter(({ what }) => what === 'event')
      .map(({ message }) => message);
    expect(new Set(messages).size).toBe(messages.length);
    expect(messages.at(-1)).toBe('The job has succeeded');
  });

  test('Ctrl-C: the job goes on, and is picked up again', async () => {
    server.reset({ looks: 1e9 });
    const one = start();
    await one.says('ftjob-1: running');
    one.process.kill('SIGINT');
    const result = await one.ended;
    expect(result.code).toBe(130);
    expect(result.stdout).toBe(
      'job ftjob-1 goes on; follow it: evalrun tune tune.yaml; cancel it: evalrun tune tune.yaml --cancel\n',
    );
    server.jobs[0]!.looks = 1e9;
    expect((await tune()).code).toBe(0);
    expect(server.jobs).toHaveLength(1);
  });

  test('every route fails for a while', async () => {
    const busy = { status: 429, headers: { 'retry-after-ms': '5' } };
    server.reset({
      faults: {
        'files.list': [{ status: 500 }, busy],
        'files.create': ['drop', busy],
        'jobs.create': [busy, { status: 500 }],
        'jobs.retrieve': [{ status: 502 }, 'drop'],
        'jobs.events': [busy, { status: 500 }],
      },
    });
    const result = await tune();
    expect(result.code).toBe(0);
    expect(result.stderr).toContain('HTTP 429: status 429 (test); trying again in 0.5 s');
    expect([server.files.length, server.jobs.length]).toEqual([2, 1]);
  });

  test('an endpoint that stays away: exit code 3, and how to go on', async () => {
    write({}, { limits: { retries: 0 } });
    server.reset({ faults: { 'jobs.retrieve': [{ status: 503 }] } });
    const result = await tune();
    expect([result.code, result.stdout]).toEqual([
      3,
      'stopped: HTTP 503: status 503 (test); job ftjob-1 goes on; go on: evalrun tune tune.yaml\n',
    ]);
    expect((await tune()).code).toBe(0);
    expect(server.jobs).toHaveLength(1);
  });

  test('a file that is not ready yet is waited for', async () => {
    server.reset({ faults: { 'jobs.create': [{ status: 400, message: 'File file-1 is not ready' }] } });
    expect((await tune()).code).toBe(0);
    expect(server.jobs).toHaveLength(1);
  });
});

describe('what is refused', () => {
  const codes = (result: CliResult): unknown[] =>
    jsonLines(result).flatMap(({ code }) => (code === undefined ? [] : [code]));

  test('bad pairs, all of them, by line; nothing is sent', async () => {
    const sound = pairLines(10, openaiPair);
    writePairs(space.file('pairs'), {
      'train.jsonl': `${sound}{"input": {"messages": []\n${JSON.stringify({ ...openaiPair(1), pair: 'x' })}\n\n`,
      'validation.jsonl': `${JSON.stringify({ ...openaiPair(1), preferred_output: [] })}\n`,
    });
    const result = await tune('--json');
    expect(result.code).toBe(2);
    expect(jsonLines(result).map(({ code, file, line }) => [code, file, line])).toEqual([
      ['BAD_PAIRS', 'pairs/train.jsonl', 11],
      ['BAD_PAIRS', 'pairs/train.jsonl', 12],
      ['BAD_PAIRS', 'pairs/train.jsonl', 13],
      ['BAD_PAIRS', 'pairs/validation.jsonl', 1],
    ]);
    expect(server.asked).toEqual([]);
    expect(existsSync(space.file('reports'))).toBe(false);
  });

  test('a file over the limit, and too few pairs', async () => {
    write({ limits: { fileMegabytes: 0.001 } });
    const big = await tune();
    expect(big.code).toBe(2);
    expect(big.stderr).toMatch(
      /train\.jsonl:1:1 {2}BAD_PAIRS {2}the file has 0\.00\d MB; the trainer takes at most 0\.001 MB/,
    );
    writePairs(space.file('pairs'), { 'train.jsonl': pairLines(9, openaiPair) });
    write();
    const few = await tune();
    expect([few.code, few.stderr]).toEqual([2, expect.stringContaining('has 9 pairs; the trainer takes at least 10')]);
    write({ limits: { pairs: 9 } });
    expect((await tune()).code).toBe(0);
  });

  test('no pairs at all, and a folder without train.jsonl', async () => {
    write({ pairs: 'nowhere' });
    expect(codes(await tune('--json'))).toEqual(['BAD_PAIRS']);
    writePairs(space.file('empty'), { 'test.jsonl': '' });
    write({ pairs: 'empty' });
    const result = await tune();
    expect([result.code, result.stderr]).toEqual([2, expect.stringContaining('empty has no train.jsonl')]);
  });

  test('no key', async () => {
    const result = await runCli(['tune', 'tune.yaml'], { cwd: space.root, env: { OPENAI_BASE_URL: server.baseUrl } });
    expect([result.code, result.stderr]).toEqual([2, expect.stringContaining('ENV_MISSING')]);
    expect(server.asked).toEqual([]);
  });

  test('a wrong key, which the endpoint says aloud: nowhere printed or written', async () => {
    server.reset({ key: 'another' });
    const results = [await tune(), await tune('--json')];
    for (const { code } of results) expect(code).toBe(2);
    expect(results[0]!.stderr).toContain('TUNING_REFUSED');
    expect(results[0]!.stderr).toContain('Incorrect API key provided: [OPENAI_API_KEY]');
    server.reset({ ending: { status: 'failed', error: { code: 'x', message: `The key ${key} is bad`, param: null } } });
    results.push(await tune(), await tune('--json'));
    expect(results[2]!.stderr).toContain('The key [OPENAI_API_KEY] is bad');
    expectNoKey(...results);
  });

  test('a model that cannot be tuned: said where the base is named; then the same command goes on', async () => {
    server.reset({ faults: { 'jobs.create': [{ status: 400, message: 'no such model' }] } });
    const result = await tune();
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(
      /tune\.yaml:5:\d+ {2}TUNING_REFUSED {2}the endpoint refused: HTTP 400: no such model/,
    );
    expect(state()).toMatchObject({ sent: null, job: null, files: { train: 'file-1' } });
    expect((await tune()).code).toBe(0);
    expect([server.files.length, server.jobs.length]).toEqual([2, 1]);
  });

  test('a key that is refused while the job is followed: it says that the job goes on', async () => {
    server.reset({ faults: { 'jobs.retrieve': [{ status: 401, message: 'the key has expired' }] } });
    const result = await tune();
    expect([result.code, result.stderr]).toEqual([
      2,
      expect.stringContaining('HTTP 401: the key has expired (test); job ftjob-1 goes on'),
    ]);
    expect((await tune()).code).toBe(0);
    expect(server.jobs).toHaveLength(1);
  });

  test('other options while the job goes on; a damaged state; somebody else’s provider file', async () => {
    server.reset({ looks: 1e9 });
    const one = start();
    await one.says('ftjob-1: running');
    expect(codes(await tune('--json'))).toEqual(['RUN_LOCKED']);
    one.process.kill('SIGKILL');
    await one.ended;
    write({ suffix: 'other' });
    expect(codes(await tune('--json'))).toEqual(['TUNING_CHANGED']);
    expect(server.jobs).toHaveLength(1);
    writeFileSync(space.file('reports', 'tune', 'quieter', 'tune.json'), '{"schema":');
    expect(codes(await tune('--json'))).toEqual(['DAMAGED_TUNING']);
    writeFileSync(provider(), '# mine\n');
    expect(codes(await tune('--json', '--out', 'fresh'))).toEqual(['FILE_EXISTS']);
    expect(readFileSync(provider(), 'utf8')).toBe('# mine\n');
  });
});
