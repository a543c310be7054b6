import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChatServer, startChatServer } from '../support/chat-server.js';
import { type CliResult, jsonLines, runCli } from '../support/cli.js';
import { demoConfig, judgeGrader, mockProvider, question, scratch, writeDocument } from '../support/demo-eval.js';
import { readReport } from '../support/run-folder.js';

const [people, prompts] = [50, 4];
const space = scratch();
let server: ChatServer;
const cli = (...args: string[]): Promise<CliResult> =>
  runCli(args, { cwd: space.root, env: { EVALRUN_TEST_URL: server.baseUrl } });

beforeAll(async () => {
  server = await startChatServer(({ body }) => ({
    // The answers differ as far as the questions do, so that each is judged by itself.
    text: body.model === 'critic' ? '{"verdict": "yes"}' : `ECHO ${JSON.stringify(body.messages)}`,
  }));
  const persona = { system: '<persona>\n{{ persona.profile }}\n</persona>', when: 'arm.shows_persona' };
  const rubric = [{ user: 'For {{ persona.name }}: {{ item.text }}\nAnswer: {{ submission }}' }];
  writeDocument(
    space.file('shared.yaml'),
    demoConfig({
      items: prompts,
      eval: {
        personas: Array.from({ length: people }, (_unused, at) => ({
          id: `p${at}`,
          attributes: { name: `Person ${at}`, age: 20 + at },
        })),
        arms: { without: {}, with: { shows_persona: true } },
        steps: [{ id: 'reply', messages: [persona, { user: '{{ item.text }}' }] }],
        graders: [{ ...judgeGrader, messages: rubric }],
        metrics: [{ id: 'fit_rate', kind: 'rate', of: 'fits', better: 'higher', clusters: ['persona.id', 'item.id'] }],
        contrasts: [],
      },
      config: { roles: { judge: mockProvider('critic') } },
    }),
  );
});
afterAll(async () => {
  await server.close();
  space.remove();
});

test('personas share one no-persona answer per prompt: plan and server agree on the calls, to one', async () => {
  const [plan] = jsonLines(await cli('plan', 'shared.yaml', '--json'));
  expect(plan!.cells).toBe(people * prompts * 2);
  const rows = plan!.calls as { step: string; provider: string; asked: number; unique: number; known: number }[];
  expect(rows.map(({ step, provider, asked, unique, known }) => [step, provider, asked, unique, known])).toEqual([
    ['reply', 'mock', 400, prompts + people * prompts, 0],
    // Each persona judges the shared answer for itself.
    ['fits', 'critic', 400, 400, 0],
  ]);
  expect(server.requests).toEqual([]);

  expect((await cli('shared.yaml', '--out', 'out', '--quiet')).code).toBe(0);
  const askedOf = (model: string) => server.requests.filter(({ body }) => body.model === model);
  expect(rows.map(({ provider, unique }) => [provider, unique])).toEqual([
    ['mock', askedOf('mock').length],
    ['critic', askedOf('critic').length],
  ]);
  const withoutPersona = askedOf('mock').filter(({ body }) => body.messages?.length === 1);
  expect(withoutPersona.map(({ body }) => body.messages![0]!.content).sort()).toEqual(
    Array.from({ length: prompts }, (_unused, at) => question(at)),
  );
  expect(readReport(space.file('out')).counts.calls).toEqual({ askedByCells: 800, unique: 604, recorded: 604 });

  const [again] = jsonLines(await cli('plan', 'shared.yaml', '--out', 'out', '--json'));
  for (const row of again!.calls as typeof rows) expect(row.known).toBe(row.unique);
});
