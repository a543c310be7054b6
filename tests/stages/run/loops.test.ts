import { describe, expect, test } from '@jest/globals';
import type { EvalSpec, LoopRound, Step } from '../../../src/contract/eval-spec.js';
import type { Message } from '../../../src/contract/message.js';
import type { Cell } from '../../../src/contract/trial.js';
import { compileProgram } from '../../../src/stages/run/cell-program.js';
import { emptyEval } from './empty-eval.js';

const cell: Cell = {
  ordinal: 0,
  item: { id: 'i', talk: [{ user: 'u1' }, { assistant: 'a1' }, { user: 'u2' }] },
  persona: null,
  other: null,
  arm: { id: 'plain', fields: { first: 'FIRST', always: 'EACH' } },
  provider: 0,
  repeat: 0,
};

const evalOf = (steps: Step[]): EvalSpec => ({ ...emptyEval, steps });

const rounds = (times: number, condition: Pick<LoopRound, 'while' | 'until'>): Step[] =>
  Array.from({ length: times }, (_, i) => i + 1).flatMap((round): Step[] => [
    {
      id: `reply_${round}`,
      role: 'subject',
      messages: [{ turns: 'item.talk' }, { turns: 'loops.talk' }],
      parse: { kind: 'text' },
      round: { loop: 'talk', round, step: 'reply', says: { as: 'assistant' }, ...(round > 1 && condition) },
    },
    {
      id: `user_${round}`,
      role: 'asker',
      messages: [{ user: '{% if steps.user %}again after {{ steps.user.words }}{% endif %}' }, { user: 'x' }],
      parse: { kind: 'json', fields: { words: 'string', done: 'boolean' } },
      round: { loop: 'talk', round, step: 'user', says: { as: 'user', field: 'words' } },
    },
  ]);

/** Runs a cell; the asker says `done` after so many turns, or breaks its JSON. */
async function run(condition: Pick<LoopRound, 'while' | 'until'>, { times = 4, doneAfter = 99, brokenAt = 99 } = {}) {
  const asked: { role: string; messages: Message[] }[] = [];
  let turns = 0;
  const trial = await compileProgram(evalOf(rounds(times, condition)), new Map()).run(cell, async (role, messages) => {
    asked.push({ role, messages });
    if (role === 'subject') return { text: `answer ${asked.length}`, finish: 'stop', tokens: null };
    turns++;
    const text = turns === brokenAt ? '{' : JSON.stringify({ words: `words ${turns}`, done: turns >= doneAfter });
    return { text, finish: 'stop', tokens: null };
  });
  return { trial, asked };
}

describe('a loop', () => {
  test('goes through all its rounds, each seeing the conversation so far', async () => {
    const { trial, asked } = await run({}, { times: 3 });
    expect(asked.map(({ role }) => role)).toEqual(['subject', 'asker', 'subject', 'asker', 'subject', 'asker']);
    expect(asked[4]!.messages.map(({ content }) => content)).toEqual([
      'u1',
      'a1',
      'u2',
      'answer 1',
      'words 1',
      'answer 3',
      'words 2',
    ]);
    expect(asked[3]!.messages[0]!.content).toBe('again after words 1\n\nx');
    expect(trial.outputs.reply).toBe(trial.outputs.reply_3);
  });

  test('stops on a condition, before another round', async () => {
    const until = await run({ until: 'steps.user.done' }, { doneAfter: 2 });
    expect(Object.keys(until.trial.outputs).sort()).toEqual([
      'reply',
      'reply_1',
      'reply_2',
      'user',
      'user_1',
      'user_2',
    ]);
    const going = await run({ while: 'steps.user.done' });
    expect(Object.keys(going.trial.outputs).sort()).toEqual(['reply', 'reply_1', 'user', 'user_1']);
  });

  test('ends where a turn cannot be read', async () => {
    const { trial } = await run({}, { brokenAt: 2 });
    expect(trial.outcome).toEqual({ kind: 'answered' });
    expect(trial.outputs.reply_3).toBeUndefined();
    expect(trial.outputs.user_2!.parseError).toBeDefined();
  });

  test('is rehearsed to its end where a reply decides', async () => {
    for (const condition of [{ until: 'steps.user.done' }, { while: 'steps.user.done' }]) {
      const ids: string[] = [];
      await compileProgram(evalOf(rounds(3, condition)), new Map()).rehearse(cell, (id) => {
        ids.push(id);
        return { digest: ids.length.toString(16).padStart(32, '0'), reply: null };
      });
      expect(ids).toEqual(['reply_1', 'user_1', 'reply_2', 'user_2', 'reply_3', 'user_3']);
    }
  });
});

test('texts of an arm before the turns of the user', async () => {
  const step = (more: object): Step => ({
    id: 'reply',
    role: 'subject',
    messages: [{ turns: 'item.talk', ...more }],
    parse: { kind: 'text' },
  });
  const sent = async (more: object) => {
    let contents: string[] = [];
    await compileProgram(evalOf([step(more)]), new Map()).run(cell, async (_, messages) => {
      contents = messages.map(({ content }) => content);
      return { text: 'x', finish: 'stop', tokens: null };
    });
    return contents;
  };
  expect(await sent({ beforeFirst: 'arm.first' })).toEqual(['FIRST\n\nu1', 'a1', 'u2']);
  expect(await sent({ beforeEach: 'arm.always' })).toEqual(['EACH\n\nu1', 'a1', 'EACH\n\nu2']);
  expect(await sent({ beforeEach: 'arm.none' })).toEqual(['u1', 'a1', 'u2']);
});

test('a value that is missing only in a reply is named with the step that asks for it', async () => {
  const steps: Step[] = [
    { id: 'late', role: 'subject', messages: [{ user: '{{ item.talk[1].user }}' }], parse: { kind: 'text' } },
  ];
  const program = compileProgram(evalOf(steps), new Map());
  const ask = () => Promise.reject(new Error('nothing is asked'));
  await expect(program.run(cell, ask)).rejects.toMatchObject({
    code: 'MISSING_VARIABLE',
    message: expect.stringContaining('step "late": '),
  });
});
