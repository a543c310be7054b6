import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ChatServer, startChatServer } from '../support/chat-server.js';
import { type CliResult, jsonLines, runCli } from '../support/cli.js';
import { demoConfig, scratch, writeDocument } from '../support/demo-eval.js';
import { readReport, recordedTexts } from '../support/run-folder.js';

let space: ReturnType<typeof scratch>;
let server: ChatServer;
const cli = (...args: string[]): Promise<CliResult> =>
  runCli(args, { cwd: space.root, env: { EVALRUN_TEST_URL: server.baseUrl } });
beforeAll(async () => {
  server = await startChatServer();
});
beforeEach(() => {
  space = scratch();
  server.forget();
});
afterEach(() => space.remove());
afterAll(async () => {
  await server.close();
});

const items = (count: number): string => writeDocument(space.file('demo.yaml'), demoConfig({ items: count }));

describe('a changed YAML', () => {
  test('starts a new run beside the old one, reuses unchanged calls and says how many', async () => {
    items(4);
    expect((await cli('demo.yaml', '--quiet')).code).toBe(0);
    items(6);
    const plan = jsonLines(await cli('plan', 'demo.yaml', '--json'))[0]!;
    expect(plan.calls).toEqual([expect.objectContaining({ unique: 12, known: 8 })]);
    server.forget();
    const { code, stderr } = await cli('demo.yaml');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^8 unchanged replies taken over from \S+, 4 new$/m);
    expect(server.requests).toHaveLength(4);
    const runs = readdirSync(space.file('reports', 'demo'));
    expect(runs).toHaveLength(2);
    const planned = runs.map((run) => readReport(space.file('reports', 'demo', run)).counts.cells.planned);
    expect(planned.sort()).toEqual([12, 8]);
  });

  test('--no-reuse asks everything again', async () => {
    items(4);
    await cli('demo.yaml', '--quiet');
    items(5);
    server.forget();
    const result = await cli('demo.yaml', '--no-reuse', '--json');
    expect(jsonLines(result).at(-1)).toMatchObject({ exitCode: 0, calls: { reused: 0, sent: 10 } });
    expect(server.requests).toHaveLength(10);
  });

  test('a new grader needs no call at all', async () => {
    items(3);
    await cli('demo.yaml', '--quiet');
    const graders = [{ id: 'echoed', kind: 'matches', of: 'reply', contains: 'town 1' }];
    writeDocument(space.file('demo.yaml'), demoConfig({ eval: { graders } }));
    server.forget();
    expect((await cli('demo.yaml', '--out', 'b', '--quiet')).code).toBe(0);
    expect(server.requests).toEqual([]);
    const value = readReport(space.file('b')).estimates.find(({ by }) => by.group === undefined)!.value;
    expect(value).toBeCloseTo(1 / 3, 9);
  });
});

describe('--out that held another run', () => {
  const texts = (folder: string): string[] => recordedTexts(space.file(folder)).sort();

  test('keeps it, and draws on it', async () => {
    items(2);
    await cli('demo.yaml', '--out', 'o', '--quiet');
    const [old, report] = [texts('o'), readFileSync(space.file('o', 'report.json'), 'utf8')];
    items(3);
    server.forget();
    const { code, stderr } = await cli('demo.yaml', '--out', 'o');
    expect(code).toBe(0);
    expect(server.requests).toHaveLength(2);
    const [id] = readdirSync(space.file('o', 'earlier'));
    const kept = path.join('o', 'earlier', id!);
    expect(stderr).toContain(kept);
    expect(texts(kept)).toEqual(old);
    expect(readFileSync(space.file(kept, 'report.json'), 'utf8')).toBe(report);
    expect((await cli('report', kept, '--quiet')).code).toBe(0);
  });

  test('keeps all of them, whatever the order', async () => {
    for (const [round, count] of [2, 3, 2, 3].entries()) {
      items(count);
      expect((await cli('demo.yaml', '--out', 'o', '--no-reuse', '--quiet')).code).toBe(0);
      expect(server.requests).toHaveLength([4, 10, 14, 20][round]!);
    }
    const kept = readdirSync(space.file('o', 'earlier'));
    expect(kept).toHaveLength(3);
    for (const id of kept) expect(existsSync(space.file('o', 'earlier', id, 'record.ndjson.zst'))).toBe(true);
  });
});
