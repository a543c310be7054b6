import { describe, expect, test } from '@jest/globals';
import type { EvalSpec, GraderSpec, MessageSpec } from '../../../src/contract/eval-spec.js';
import type { Grader } from '../../../src/contract/grader-kind.js';
import type { Message } from '../../../src/contract/message.js';
import type { Cell } from '../../../src/contract/trial.js';
import { compileProgram } from '../../../src/stages/run/cell-program.js';
import { brief, depsOf, loadConfig, problemsOf } from '../load/load-files.js';
import { emptyEval } from './empty-eval.js';

const cell: Cell = {
  ordinal: 0,
  item: { id: 'i' },
  persona: null,
  other: null,
  arm: { id: 'plain', fields: {} },
  provider: 0,
  repeat: 0,
};
const lengthOf: Grader = { grade: ({ text }) => ({ kind: 'scored', value: text.length }) };

/** A step that writes a talk, and one that answers it. */
function program(graders: Pick<GraderSpec, 'id' | 'of' | 'whenUnparseable'>[] = []) {
  const step = (id: string, messages: MessageSpec[], parse: EvalSpec['steps'][number]['parse']) => ({
    id,
    role: 'subject',
    messages,
    parse,
  });
  const spec: EvalSpec = {
    ...emptyEval,
    steps: [
      step('talk', [{ user: 'Write a talk.' }], { kind: 'json', fields: { turns: { type: 'array' } } }),
      step('reply', [{ turns: 'steps.talk.turns' }], { kind: 'text' }),
    ],
    graders: graders.map((one) => ({ kind: 'k', options: {}, ...one })),
  };
  return compileProgram(spec, new Map(graders.map(({ id }) => [id, { grader: lengthOf, asks: false }])));
}

const run = async (talk: string, graders?: Parameters<typeof program>[0]) => {
  const asked: Message[][] = [];
  const trial = await program(graders).run(cell, async (_, messages) => {
    asked.push(messages);
    return { text: asked.length === 1 ? talk : 'An answer.', finish: 'stop', tokens: null };
  });
  return { trial, asked };
};

describe('turns that a step gives', () => {
  test('are the conversation of a later step', async () => {
    const { asked } = await run('{"turns": [{"user": "a"}, {"assistant": "b"}, {"user": "c"}]}');
    expect(asked[1]).toEqual([
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
      { role: 'user', content: 'c' },
    ]);
  });

  test('that cannot be read are asked of nobody', async () => {
    const { trial, asked } = await run('{"turns": 3}');
    expect(asked.length).toBe(1);
    expect(trial.outcome).toEqual({ kind: 'answered' });
  });

  test('are told apart where calls are only counted', async () => {
    const seen: Message[][] = [];
    await program().rehearse(cell, (_id, _role, messages) => {
      seen.push(messages);
      return { digest: 'ab'.repeat(16), reply: null };
    });
    expect(seen[1]).toEqual([{ role: 'user', content: `\u27e6${'ab'.repeat(16)}\u27e7` }]);
  });
});

test('a reply that cannot be parsed counts as what its grader says; a step after it is unscored', async () => {
  const graders = [
    { id: 'plain', of: 'talk' },
    { id: 'counted', of: 'talk.turns', whenUnparseable: 0 },
    { id: 'later', of: 'reply', whenUnparseable: 0 },
  ];
  const { trial } = await run('{"turns": 3}', graders);
  expect(trial.scores.plain).toMatchObject({ kind: 'unscored', reason: 'unparseable' });
  expect(trial.scores.counted).toMatchObject({ kind: 'scored', value: 0 });
  expect(trial.scores.later).toMatchObject({ kind: 'unscored', reason: 'unparseable' });
  const { trial: sound } = await run('{"turns": [{"user": "a"}]}', graders);
  expect(sound.scores.counted).toEqual({ kind: 'scored', value: '[{"user":"a"}]'.length });
});

describe('while an eval is loaded', () => {
  const load = (parse: string, whenUnparseable: string) =>
    loadConfig(
      'c.yaml',
      depsOf({
        '/w/c.yaml': 'run: e.yaml\nproviders: [{provider: p, kind: simulated}]\n',
        '/w/e.yaml': `eval: e
title: t
items: [{id: a}]
arms: {plain: {}}
steps:
  - {id: talk, messages: [{user: hi}], parse: ${parse}}
  - {id: reply, messages: [{turns: steps.talk.turns}]}
graders: [{id: g, kind: matches, of: talk, regex: x, whenUnparseable: ${whenUnparseable}}]
metrics: []
`,
      }),
    );

  test('turns must be read as a list, and the score must be one of the grader’s', async () => {
    expect((await problemsOf(load('{json: {turns: string}}', '0'))).map(brief)).toEqual(['e.yaml:7:36 WRONG_TYPE']);
    expect((await problemsOf(load('{json: {turns: array}}', '0'))).map(brief)).toEqual(['e.yaml:7:36 WRONG_TYPE']);
    const listed = '{json: {turns: {type: array, items: {type: object}}}}';
    expect((await problemsOf(load(listed, '2'))).map(brief)).toEqual(['e.yaml:8:71 WRONG_VALUE']);
    expect((await load(listed, '0')).config.eval.graders[0]!.whenUnparseable).toBe(0);
  });
});
