import { describe, expect, test } from '@jest/globals';
import { brief, depsOf, loadConfig, problemsOf } from './load-files.js';

const EVAL = (steps: string, graders = '[]', metrics = '[]') => `eval: e
title: t
items: [{id: a, text: hello, talk: [{user: hi}]}]
arms: {plain: {}}
steps:
${steps}
graders: ${graders}
metrics: ${metrics}
`;
const TALK = (more = '', line = '{turns: loops.talk}') => `  - loop: talk
    times: 2
    steps:
      - {id: reply, says: assistant, messages: [{turns: item.talk}, ${line}]}
      - {id: user, role: asker, says: {user: words}, messages: [{user: "{{ steps.reply.text }}"}], parse: {json: {words: string, done: boolean}}}
${more}`;

const load = (text: string) =>
  loadConfig(
    'c.yaml',
    depsOf({
      '/w/c.yaml':
        'run: e.yaml\nproviders: [{provider: p, kind: simulated}]\nroles: {asker: {provider: q, kind: simulated}}\n',
      '/w/e.yaml': text,
    }),
  );
const briefs = async (text: string) => (await problemsOf(load(text))).map(brief);

describe('loops of an eval', () => {
  test('are written out, with the conditions of their rounds', async () => {
    const text = EVAL(TALK('    until: steps.user.done\n'.replace(/^ {4}/, '    ')));
    const { config } = await load(text);
    expect(config.eval.steps.map(({ id }) => id)).toEqual(['reply_1', 'user_1', 'reply_2', 'user_2']);
    expect(config.eval.steps.map(({ round }) => round)).toEqual([
      { loop: 'talk', round: 1, step: 'reply', says: { as: 'assistant' } },
      { loop: 'talk', round: 1, step: 'user', says: { as: 'user', field: 'words' } },
      { loop: 'talk', round: 2, step: 'reply', says: { as: 'assistant' }, until: 'steps.user.done' },
      { loop: 'talk', round: 2, step: 'user', says: { as: 'user', field: 'words' } },
    ]);
  });

  test('give a grader and a metric for each round', async () => {
    const graders = `[{id: long, kind: matches, of: reply, regex: x, rounds: each}, {id: last, kind: matches, of: reply, regex: x}]`;
    const metrics = `[{id: rate_of, title: Long, kind: rate, of: long, better: lower, rounds: each}]`;
    const { config } = await load(EVAL(TALK(), graders, metrics));
    expect(config.eval.graders.map(({ id, of }) => [id, of])).toEqual([
      ['long_1', 'reply_1'],
      ['long_2', 'reply_2'],
      ['last', 'reply'],
    ]);
    expect(config.eval.metrics.map(({ id, title, of, round, options }) => ({ id, title, of, round, options }))).toEqual(
      [1, 2].map((number) => ({
        id: `rate_of_${number}`,
        title: `Long, round ${number}`,
        of: `long_${number}`,
        round: { metric: 'rate_of', number },
        options: {},
      })),
    );
  });

  test('graders of every round that name each other mean their own round', async () => {
    const graders =
      '[{id: a, kind: matches, of: reply, regex: x, rounds: each}, {id: last, kind: matches, of: reply, regex: x},' +
      ' {id: both, kind: combine, of: reply, any: [a, {grader: a, is: [1]}], none: [last], rounds: each}]';
    const { config } = await load(EVAL(TALK(), graders));
    expect(config.eval.graders.slice(-2).map(({ id, of, options }) => ({ id, of, options }))).toEqual([
      { id: 'both_1', of: 'reply_1', options: { any: ['a_1', { grader: 'a_1', is: [1] }], none: ['last'] } },
      { id: 'both_2', of: 'reply_2', options: { any: ['a_2', { grader: 'a_2', is: [1] }], none: ['last'] } },
    ]);
  });

  test('what is wrong is named where it is written, once', async () => {
    expect(await briefs(EVAL(TALK('', '{turns: loops.tlak}')))).toEqual(['e.yaml:9:77 UNKNOWN_VARIABLE']);
    expect(await briefs(EVAL(TALK('', '{user: "{{ steps.user.wrds }}"}')))).toEqual([
      'e.yaml:9:80 UNKNOWN_STEP',
      'e.yaml:9:80 UNKNOWN_FIELD',
    ]);
    expect(await briefs(EVAL(TALK('    until: steps.user.don\n')))).toEqual(['e.yaml:11:12 UNKNOWN_FIELD']);
    expect(await briefs(EVAL(TALK('    whil: steps.user.done\n')))).toEqual(['e.yaml:11:5 UNKNOWN_KEY']);
    expect(await briefs(EVAL(TALK().replace('times: 2', 'times: 0')))).toEqual(['e.yaml:7:12 WRONG_VALUE']);
    expect(await briefs(EVAL(TALK(TALK())))).toContain('e.yaml:11:11 DUPLICATE_ID');
    expect(await briefs(EVAL('  - {id: a, says: user, messages: [{user: x}]}'))).toEqual([
      'e.yaml:6:13 UNKNOWN_KEY',
      'c.yaml:3:9 UNKNOWN_ROLE',
    ]);
  });

  test('an earlier round can be asked for, a step that never comes cannot', async () => {
    const asked = '{user: "{% if steps.user %}{{ steps.user.words }}{% endif %}"}';
    expect(await briefs(EVAL(TALK('', asked)))).toEqual([]);
    expect(await briefs(EVAL(TALK('', '{user: "{% if steps.usr %}{{ steps.usr.words }}{% endif %}"}')))).not.toEqual(
      [],
    );
  });

  test('a loop inside a loop is one problem', async () => {
    const inner = '{loop: b, times: 2, steps: [{id: x, messages: [{user: x}]}]}';
    const found = await briefs(EVAL(`  - {loop: a, times: 2, steps: [${inner}]}`));
    expect(found.filter((one) => !one.startsWith('c.yaml'))).toEqual(['e.yaml:6:34 WRONG_VALUE']);
  });

  test('"rounds: each" needs a loop', async () => {
    const graders = '[{id: g, kind: matches, of: a, regex: x, rounds: each}]';
    expect(await briefs(EVAL('  - {id: a, messages: [{user: x}]}', graders))).toEqual([
      'e.yaml:7:59 WRONG_VALUE',
      'c.yaml:3:9 UNKNOWN_ROLE',
    ]);
  });

  test('two conditions of a loop exclude each other', async () => {
    const both = TALK('    until: steps.user.done\n    while: steps.user.words\n');
    expect(await briefs(EVAL(both))).toEqual(['e.yaml:11:5 BAD_OPTIONS']);
  });

  test('"rounds" of a grader is each', async () => {
    const graders = '[{id: g, kind: matches, of: reply, regex: x, rounds: 3}]';
    expect(await briefs(EVAL(TALK(), graders))).toEqual(['e.yaml:12:63 WRONG_VALUE']);
  });

  test('the latest output of a looped step and another step have two ids', async () => {
    for (const id of ['reply', 'user']) {
      const found = await briefs(EVAL(TALK(`  - {id: ${id}, messages: [{user: x}]}\n`)));
      expect(found).toEqual([`e.yaml:${id === 'reply' ? 9 : 10}:14 DUPLICATE_ID`]);
    }
    const rounds = TALK().replace('{id: user,', '{id: reply_2,');
    expect(await briefs(EVAL(rounds))).toEqual(['e.yaml:10:14 DUPLICATE_ID']);
  });

  test('what is said is a field of the reply, and a text', async () => {
    expect(await briefs(EVAL(TALK().replace('says: {user: words}', 'says: {user: wrds}')))).toEqual([
      'e.yaml:10:46 UNKNOWN_FIELD',
    ]);
    expect(await briefs(EVAL(TALK().replace('says: {user: words}', 'says: {user: done}')))).toEqual([
      'e.yaml:10:46 WRONG_TYPE',
    ]);
  });

  test('the conversation of a loop asks nothing before somebody has spoken', async () => {
    const alone = TALK().replace('{turns: item.talk}, ', '');
    expect(await briefs(EVAL(alone))).toEqual(['e.yaml:9:48 NO_USER_TURN']);
    const answered = `  - loop: talk
    times: 2
    steps:
      - {id: user, role: asker, says: user, messages: [{user: "Ask something."}]}
      - {id: reply, says: assistant, messages: [{turns: loops.talk}]}
`;
    expect(await briefs(EVAL(answered))).toEqual([]);
  });

  test('a name without its round gets those of the rounds as a hint', async () => {
    const graders = '[{id: g, kind: matches, of: reply, regex: x, rounds: each}]';
    const metrics = '[{id: m, kind: rate, of: g, better: lower}]';
    expect((await problemsOf(load(EVAL(TALK(), graders, metrics)))).map(({ hint }) => hint)).toEqual([
      'there is one for each round: g_1, g_2',
    ]);
  });

  test('a text before turns goes with turns', async () => {
    expect(await briefs(EVAL('  - {id: a, messages: [{user: x, beforeEach: item.text}]}'))).toEqual([
      'e.yaml:6:34 BAD_OPTIONS',
      'c.yaml:3:9 UNKNOWN_ROLE',
    ]);
  });
});
