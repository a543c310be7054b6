import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ChatServer, startChatServer } from '../support/chat-server.js';
import { jsonLines, runCli } from '../support/cli.js';
import { demoConfig, scratch, writeDocument } from '../support/demo-eval.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = 'tests/fixtures/broken';
const files = readdirSync(path.join(root, folder))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => `${folder}/${name}`);

/** `FILE:LINE:COL CODE` from the lines `# expect [FILE:]LINE:COL CODE` at the head of a fixture. */
function expected(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'latin1');
  return [...text.matchAll(/^# expect (?:(\S+?):)?(\d+):(\d+) (\S+)$/gm)].map(
    ([, other, line, column, code]) => `${other === undefined ? file : `${folder}/${other}`}:${line}:${column} ${code}`,
  );
}

const stackTrace = /^\s+at .+:\d+:\d+\)?$/m;
/** The first line of a problem's block: `FILE:LINE:COL  CODE  message`. */
const blockHead = /^(\S+:\d+:\d+) {2}([A-Z][A-Z0-9_]+) {2}\S/gm;

const space = scratch();
let server: ChatServer;
let env: { [name: string]: string };
beforeAll(async () => {
  server = await startChatServer();
  env = { EVALRUN_TEST_URL: server.baseUrl };
});
afterAll(async () => {
  await server.close();
  space.remove();
});

describe('broken files', () => {
  test('there are at least 40, and each says what is expected', () => {
    expect(files.length).toBeGreaterThanOrEqual(40);
    for (const file of files) expect(expected(file)).not.toEqual([]);
  });

  test('run --json prints them as records, and nothing else', async () => {
    const result = await runCli(['run', ...files, '--json'], { cwd: root, env });
    const problems = jsonLines(result);
    const found = problems.map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`);
    expect(found.sort()).toEqual(files.flatMap(expected).sort());
    for (const problem of problems) {
      expect(Object.keys(problem)).toEqual(['type', 'code', 'file', 'line', 'column', 'path', 'message', 'hint']);
      expect(problem).toMatchObject({ type: 'problem', message: expect.any(String) });
    }
    expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 2, stderr: '' });
  });

  test('check finds the same, and prints each at its place with a pointer under it', async () => {
    const { code, stdout, stderr } = await runCli(['check', ...files], { cwd: root, env });
    const heads = [...stderr.matchAll(blockHead)].map(([, place, name]) => `${place} ${name}`);
    expect(heads.sort()).toEqual(files.flatMap(expected).sort());
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.match(/^ +\| +\^$/gm)).toHaveLength(heads.length);
    expect(stderr).not.toMatch(stackTrace);
  });

  // One of each sort alone: syntax, form, reference, template, environment.
  test.each(['yaml-tab', 'mistyped-key', 'unknown-provider', 'unknown-variable', 'env-missing'])(
    '%s alone is refused',
    async (name) => {
      const file = `${folder}/${name}.yaml`;
      const { code, stdout, stderr } = await runCli(['run', file, '--out', space.file('never')], { cwd: root, env });
      const heads = [...stderr.matchAll(blockHead)].map(([, place, problem]) => `${place} ${problem}`);
      expect(heads.sort()).toEqual(expected(file).sort());
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    },
  );

  test('nothing was called and nothing was written', () => {
    expect(server.requests).toEqual([]);
    expect(readdirSync(space.root)).toEqual([]);
  });
});

describe('wrong use', () => {
  const good = (): string => writeDocument(space.file('good.yaml'), demoConfig());

  test('a good config beside a broken one is not run', async () => {
    const { code, stderr } = await runCli(['run', good(), `${folder}/unknown-variable.yaml`], { cwd: root, env });
    expect(code).toBe(2);
    expect(stderr).toContain('UNKNOWN_VARIABLE');
    expect(server.requests).toEqual([]);
  });

  test.each([
    ['a file that is not there', ['run', 'no-such.yaml'], 'FILE_NOT_FOUND'],
    ['--set without a value', ['run', 'good.yaml', '--set', 'seed'], 'BAD_FLAG'],
    ['--set of a wrong value', ['run', 'good.yaml', '--set', 'repeats=none'], 'WRONG_TYPE'],
    ['--provider that nobody knows', ['run', 'good.yaml', '--provider', 'opnai'], 'UNKNOWN_PROVIDER'],
    ['a budget without prices', ['run', 'good.yaml', '--budget-usd', '1'], 'UNKNOWN_PRICE'],
    ['--out for two configs', ['run', 'good.yaml', 'good.yaml', '--out', 'x'], 'BAD_FLAG'],
    ['a folder that is no run', ['report', '.'], 'NOT_A_RUN'],
  ])('%s', async (_name, args, code) => {
    good();
    const result = await runCli([...args, '--json'], { cwd: space.root, env });
    expect(jsonLines(result)).toEqual(
      expect.arrayContaining([expect.objectContaining({ type: 'problem', code, message: expect.any(String) })]),
    );
    expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 2, stderr: '' });
    expect(server.requests).toEqual([]);
  });

  test.each([[['--no-such-flag']], [['run', 'good.yaml', '--limit', 'many']]])('the command line %j', async (args) => {
    const { code, stderr } = await runCli(args, { cwd: space.root, env });
    expect(code).toBe(2);
    expect(stderr).toContain('error:');
    expect(stderr).not.toMatch(stackTrace);
  });
});
