import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, type ChatServer, type SeenRequest, startChatServer } from '../support/chat-server.js';
import { type CliResult, runCli } from '../support/cli.js';
import { demoConfig, judgeGrader, mockProvider, scratch, writeDocument } from '../support/demo-eval.js';
import { readReport, recordedCells } from '../support/run-folder.js';

const key = 'sk-test-Zq7+/=9_kLm4TnB8vC2';
/** How a key may travel: as it is, in a URL, in base64. */
const forms = [
  key,
  encodeURIComponent(key),
  Buffer.from(key).toString('base64'),
  Buffer.from(key).toString('base64url'),
];
/** Its longest part without a sign that any encoding changes; a part of a key is too much, too. */
const middle = 'kLm4TnB8vC2';

const space = scratch();
let server: ChatServer;
let answer: (request: SeenRequest) => Answer;
beforeAll(async () => {
  server = await startChatServer((request) => answer(request));
});
afterAll(async () => {
  await server.close();
  space.remove();
});

const cli = (...args: string[]): Promise<CliResult> =>
  runCli(args, { cwd: space.root, env: { EVALRUN_TEST_URL: server.baseUrl, TEST_KEY: key } });

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(file);
    else yield file;
  }
}

/** All that a file says: frames of a record and packed parts of a page are unpacked. */
function contentOf(file: string): string {
  const bytes = readFileSync(file);
  if (file.endsWith('.zst')) {
    const lines: string[] = [bytes.toString('latin1')];
    for (let offset = 0; offset < bytes.length; ) {
      const payload = offset + 8 + bytes.readUInt32LE(offset + 4);
      const end = payload + bytes.readUInt32LE(offset + 12);
      lines.push(zstdDecompressSync(bytes.subarray(payload, end)).toString('utf8'));
      offset = end;
    }
    return lines.join('\n');
  }
  const text = bytes.toString('utf8');
  const packed = [...text.matchAll(/[A-Za-z0-9+/]{60,}={0,2}/g)].flatMap(([base64]) => {
    const inner = Buffer.from(base64, 'base64');
    return inner[0] === 0x1f && inner[1] === 0x8b ? [gunzipSync(inner).toString('utf8')] : [];
  });
  return [text, ...packed].join('\n');
}

function expectNoKey(texts: { [what: string]: string }): void {
  for (const [what, text] of Object.entries(texts)) {
    for (const form of [...forms, middle]) expect([what, form, text.includes(form)]).toEqual([what, form, false]);
  }
}

/** Nothing of the key in the folder nor in what was printed. */
function expectClean(out: string, ...results: CliResult[]): void {
  const files = [...filesBelow(space.file(out))];
  expect(files.map((file) => path.basename(file))).toEqual(
    expect.arrayContaining(['plan.json', 'record.ndjson.zst', 'report.json', 'report.html', 'junit.xml']),
  );
  expectNoKey(Object.fromEntries(files.map((file) => [file, contentOf(file)])));
  for (const { stdout, stderr } of results) expectNoKey({ stdout, stderr });
}

const provider = (id = 'mock'): object => mockProvider(id, { apiKeyEnv: 'TEST_KEY', limits: { retries: 1 } });
const reports = ['terminal', 'json', { kind: 'html', transcripts: 100 }, 'junit'];
const write = (name: string, shape: { eval?: object; config?: object; items?: number }): void => {
  const config = { providers: [provider()], reports, ...shape.config };
  writeDocument(space.file(`${name}.yaml`), demoConfig({ ...shape, eval: { eval: name, ...shape.eval }, config }));
};

const echoes = forms.map((form) => `Incorrect API key provided: ${form}.`);

describe('a provider that says the key aloud', () => {
  test('in the message of a failure, however it is encoded', async () => {
    write('failing', { items: forms.length });
    answer = ({ body }) => {
      const at = Number(/town (\d+)/.exec(body.messages!.at(-1)!.content)![1]);
      // Not 401: the endpoint would not be asked for all of them.
      return { status: [400, 500, 429][at % 3]!, json: { error: { message: echoes[at] } } };
    };
    const plain = await cli('failing.yaml', '--out', 'failing');
    expect(plain.code).toBe(3);
    expect(readReport(space.file('failing')).counts.cells.failed).toBe(2 * forms.length);
    const shown = await cli('export', 'failing', '--format', 'transcripts');
    const json = await cli('failing.yaml', '--out', 'failing', '--json');
    expect(shown.stdout).toContain('Incorrect API key provided');
    expectClean('failing', plain, shown, json);
  });

  test('as the end of a long message that is cut', async () => {
    write('cut', { items: 12 });
    answer = ({ body }) => {
      const at = Number(/town (\d+)/.exec(body.messages!.at(-1)!.content)![1]);
      const message = `${'x'.repeat(500 - 3 * at)}${key}`;
      return at % 2 === 0
        ? { status: 400, json: { error: { message } } }
        : { status: 400, json: `<html>${message.slice(300)}</html>` };
    };
    const result = await cli('cut.yaml', '--out', 'cut');
    expect(result.code).toBe(3);
    expectClean('cut', result);
    const messages = recordedCells(space.file('cut')).map(({ outcome }) => (outcome as { message: string }).message);
    for (const message of messages) {
      expect(message).toContain('xxxxxxxx');
      expect(message).not.toContain(key.slice(0, 6));
    }
  });

  test('in an answer, in a refusal and as a verdict', async () => {
    write('answering', {
      items: forms.length,
      eval: {
        graders: [{ id: 'echoed', kind: 'matches', of: 'reply', contains: 'key' }, judgeGrader],
        contrasts: [],
      },
      config: { roles: { judge: provider('critic') } },
    });
    answer = ({ body, headers }) => {
      const text = `You sent the key ${headers.authorization} — ${echoes.join(' ')}`;
      if (body.model === 'critic') return { text: JSON.stringify({ verdict: 'yes', rationale: text }) };
      return body.messages!.length === 2 ? { text: '', refusal: text } : { text };
    };
    const plain = await cli('answering.yaml', '--out', 'answering');
    expect(plain.code).toBe(0);
    expect(server.requests.at(-1)!.headers.authorization).toBe(`Bearer ${key}`);
    const shown = await cli('export', 'answering', '--format', 'transcripts');
    expect(shown.stdout).toContain('You sent the key');
    const again = await cli('report', 'answering');
    expectClean('answering', plain, shown, again);
  });

  test('to grade, where the judge fails or answers', async () => {
    write('graded', {
      eval: {
        graders: [judgeGrader],
        metrics: [{ id: 'fit', kind: 'rate', of: 'fits', better: 'higher' }],
        contrasts: [],
      },
      config: { roles: { judge: provider('critic') } },
    });
    answer = ({ body }) => (body.model === 'critic' ? { status: 500 } : { text: 'A fine answer.' });
    expect((await cli('graded.yaml', '--out', 'graded', '--quiet')).code).toBe(3);
    answer = () => ({ status: 400, json: { error: { message: echoes[0] } } });
    const failed = await cli('grade', 'graded');
    expect(failed.code).toBe(3);
    answer = () => ({ text: JSON.stringify({ verdict: 'yes', rationale: echoes[0] }) });
    const graded = await cli('grade', 'graded');
    expect(graded.code).toBe(0);
    expectClean('graded', failed, graded);
  });
});

test('a key from --env-file, and one that a problem quotes', async () => {
  writeFileSync(space.file('keys.env'), `FILE_KEY='${key}'\n`);
  const named = mockProvider('mock', { apiKeyEnv: 'FILE_KEY' });
  write('file', { config: { providers: [named] } });
  answer = ({ headers }) => ({ text: `The key is ${headers.authorization}` });
  const result = await cli('file.yaml', '--out', 'file', '--env-file', 'keys.env');
  expect(result.code).toBe(0);
  expect(server.requests.at(-1)!.headers.authorization).toBe(`Bearer ${key}`);
  expectClean('file', result);
});
