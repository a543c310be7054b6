import { describe, expect, test } from '@jest/globals';
import { CallFailure, type Reply } from '../../../src/contract/call.js';
import type { EvalSpec } from '../../../src/contract/eval-spec.js';
import type { Grader } from '../../../src/contract/grader-kind.js';
import type { Message } from '../../../src/contract/message.js';
import type { Score } from '../../../src/contract/score.js';
import type { Cell, Trial } from '../../../src/contract/trial.js';
import { compileProgram } from '../../../src/stages/run/cell-program.js';
import { CallGaveUp } from '../../../src/stages/run/endpoint.js';
import { emptyEval } from './empty-eval.js';

const cell: Cell = {
  ordinal: 0,
  item: { id: 'i', text: 'why {{ x }}?', dialogue: [{ user: 'u1' }, { assistant: 'a1' }, { user: 'u2' }] },
  persona: { id: 'p', attributes: { age: 30, 'big five': 'High' } },
  other: { id: 'q', attributes: { age: 60, 'big five': 'Low' } },
  arm: { id: 'told', fields: { instruction: 'Help {{ persona.id }}, {{ item.id }}.', nothing: '' } },
  provider: 0,
  repeat: 0,
};

const lengthOf: Grader = { grade: ({ text }) => ({ kind: 'scored', value: text.length }) };
const asker: Grader = {
  async grade({ ask, render, text }) {
    const reply = await ask('judge', [
      { role: 'user', content: render('{{ submission }} {{ steps.a.text }}', { submission: text }) },
    ]);
    return { kind: 'scored', value: Number(reply.text) };
  },
};

const reply = (text: string, finish: Reply['finish'] = 'stop'): Reply => ({ text, finish, tokens: null });

function program(
  steps: EvalSpec['steps'],
  graders: { id: string; of: string; grader?: Grader; whenRefused?: number }[] = [],
) {
  const spec = {
    ...emptyEval,
    steps,
    graders: graders.map(({ grader: _grader, ...one }) => ({ kind: 'k', options: {}, ...one })),
  };
  const compiled = compileProgram(
    spec,
    new Map(graders.map(({ id, grader = lengthOf }) => [id, { grader, asks: grader === asker }])),
  );
  return compiled;
}

const say = (user: string) => ({ kind: 'text' as const, messages: [{ user }] });
const step = (
  id: string,
  user: string,
  parse: EvalSpec['steps'][number]['parse'] = { kind: 'text' },
  role = 'subject',
) => ({ id, role, messages: say(user).messages, parse });

describe('a cell', () => {
  test('renders arms once, keeps values inert, joins neighbours, inserts turns', async () => {
    const seen: Message[][] = [];
    const compiled = program([
      {
        id: 'a',
        role: 'subject',
        parse: { kind: 'text' },
        messages: [
          { system: '{{ arm.instruction }}', when: 'arm.instruction' },
          { system: 'never', when: 'arm.nothing' },
          { system: '{{ persona.big_five }} / {{ other.age }}' },
          { user: '{{ item.text }}' },
          { assistant: 'ok', unless: 'arm.nothing' },
          { turns: 'item.dialogue' },
        ],
      },
    ]);
    await compiled.run(cell, async (_role, messages) => {
      seen.push(messages);
      return reply('yes');
    });
    expect(seen[0]).toEqual([
      { role: 'system', content: 'Help p, i.\n\nHigh / 60' },
      { role: 'user', content: 'why {{ x }}?' },
      { role: 'assistant', content: 'ok' },
      { role: 'user', content: 'u1' },
      { role: 'assistant', content: 'a1' },
      { role: 'user', content: 'u2' },
    ]);
  });

  test('later steps and graders see earlier outputs', async () => {
    const compiled = program(
      [
        step('a', 'one', { kind: 'json', fields: { answer: 'string' } }),
        step('b', 'two {{ steps.a.answer }}', { kind: 'choice', options: ['yes', 'no'] }, 'critic'),
      ],
      [
        { id: '10', of: 'a.answer' },
        { id: '2', of: 'b', grader: asker },
      ],
    );
    const asked: string[] = [];
    const trial = await compiled.run(cell, async (role, messages) => {
      asked.push(`${role}: ${messages.at(-1)!.content}`);
      return reply(role === 'subject' ? 'Sure: {"answer": "forty"}' : role === 'critic' ? 'No.' : '7');
    });
    expect(asked).toEqual(['subject: one', 'critic: two forty', 'judge: No. Sure: {"answer": "forty"}']);
    expect(trial.outcome).toEqual({ kind: 'answered' });
    expect(trial.outputs.b).toMatchObject({ fields: { choice: 'no' } });
    expect(trial.scores).toMatchObject({ '10': { value: 5 }, '2': { value: 7 } });
  });

  test('a reply that cannot be parsed is answered, never graded, and stops what needs it', async () => {
    const compiled = program(
      [step('a', 'one', { kind: 'json', fields: { answer: 'string' } }), step('b', 'two {{ steps.a.answer }}')],
      [
        { id: 'x', of: 'a.answer' },
        { id: 'y', of: 'b' },
      ],
    );
    let asked = 0;
    const trial = await compiled.run(cell, async () => {
      asked++;
      return reply('no json here');
    });
    expect(asked).toBe(1);
    expect(trial.outcome).toEqual({ kind: 'answered' });
    expect(trial.scores).toMatchObject({
      x: { kind: 'unscored', reason: 'unparseable' },
      y: { kind: 'unscored', reason: 'unparseable' },
    });
  });

  test('a cut reply is truncated, an empty field unparseable', async () => {
    const compiled = program([step('a', 'one')], [{ id: 'x', of: 'a' }]);
    const trial = await compiled.run(cell, async () => reply('half', 'length'));
    expect(trial.scores.x).toEqual({ kind: 'unscored', reason: 'truncated' });
  });

  test('a refusal ends the cell; a grader may say what it counts as', async () => {
    const compiled = program(
      [step('a', 'one'), step('b', 'two')],
      [
        { id: 'x', of: 'a' },
        { id: 'refused', of: 'a', whenRefused: 1 },
      ],
    );
    const trial = await compiled.run(cell, async () => reply('I will not', 'refusal'));
    expect(trial.outcome).toEqual({ kind: 'refused', step: 'a', text: 'I will not' });
    expect(trial.scores).toEqual({ x: { kind: 'unscored', reason: 'refused' }, refused: { kind: 'scored', value: 1 } });
  });

  test('a call that gave up fails the cell at its step, and keeps what was scored before', async () => {
    const compiled = program(
      [step('a', 'one')],
      [
        { id: 'x', of: 'a' },
        { id: 'y', of: 'a', grader: asker },
      ],
    );
    const trial = await compiled.run(cell, async (role) => {
      if (role === 'judge') throw new CallGaveUp(new CallFailure('server_error', 'HTTP 500', { retryable: true }), 8);
      return reply('abc');
    });
    expect(trial.outcome).toEqual({
      kind: 'failed',
      step: 'y',
      reason: 'server_error',
      message: 'HTTP 500',
      attempts: 8,
    });
    expect(trial.scores).toEqual({ x: { kind: 'scored', value: 3 }, y: { kind: 'unscored', reason: 'failed' } });
  });

  test('a grader that goes by scores has those of every cell, however it ended', async () => {
    const ofScores = (scores: Trial['scores']): Score =>
      scores.x?.kind === 'scored'
        ? { kind: 'scored', value: -scores.x.value }
        : { kind: 'unscored', reason: 'ambiguous' };
    const grader: Grader = { grade: () => ({ kind: 'scored', value: 99 }), ofScores };
    const of = (x: { whenRefused?: number }, sum: { whenRefused?: number } = {}) =>
      program(
        [step('a', 'one')],
        [
          { id: 'x', of: 'a', ...x },
          { id: 'sum', of: 'a', grader, ...sum },
          { id: 'y', of: 'a', grader: asker },
        ],
      );
    const refused = async () => reply('I will not', 'refusal');
    expect((await of({ whenRefused: 5 }).run(cell, refused)).scores.sum).toEqual({ kind: 'scored', value: -5 });
    expect((await of({}).run(cell, refused)).scores.sum).toEqual({ kind: 'unscored', reason: 'ambiguous' });
    expect((await of({}, { whenRefused: 7 }).run(cell, refused)).scores.sum).toEqual({ kind: 'scored', value: 7 });
    const cut = await of({}).run(cell, async () => reply('half', 'length'));
    expect(cut.scores.sum).toEqual({ kind: 'unscored', reason: 'ambiguous' });
    const down = new CallGaveUp(new CallFailure('server_error', 'HTTP 500', { retryable: true }), 8);
    const failed = await of({}).run(cell, async (role) => (role === 'judge' ? Promise.reject(down) : reply('abc')));
    expect([failed.outcome.kind, failed.scores.sum]).toEqual(['failed', { kind: 'scored', value: -3 }]);
  });

  test('an interrupted call skips the cell; a defect is thrown', async () => {
    const compiled = program([step('a', 'one')], [{ id: 'x', of: 'a' }]);
    const skipped = await compiled.run(cell, async () => {
      throw new CallGaveUp(new CallFailure('aborted', 'stopped', { retryable: false }), 1);
    });
    expect(skipped.outcome).toMatchObject({ kind: 'skipped', reason: 'interrupted' });
    await expect(compiled.run(cell, async () => Promise.reject(new TypeError('bug')))).rejects.toThrow(TypeError);
  });

  test('a rehearsal names every call, and marks what follows from unknown replies', async () => {
    const compiled = program(
      [step('a', 'one'), step('b', 'two {{ steps.a.text }}')],
      [
        { id: 'x', of: 'b', grader: asker },
        { id: 'y', of: 'b' },
      ],
    );
    const calls: string[] = [];
    await compiled.rehearse(cell, (id, role, messages) => {
      calls.push(`${id} ${role} ${messages.at(-1)!.content}`);
      return { digest: `d${calls.length}`, reply: null };
    });
    expect(calls).toEqual(['a subject one', 'b subject two ⟦d1⟧', 'x judge ⟦d2⟧ ⟦d1⟧']);
  });
});
