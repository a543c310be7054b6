import { describe, expect, test } from '@jest/globals';
import { registry } from '../../../src/registry.js';
import { brief, depsOf, loadConfig, problemsOf } from './load-files.js';

const config = (...graders: string[]) => `run:
  eval: named
  title: Graders that name graders
  items: [{id: a, text: hello}]
  arms: {base: {}}
  steps:
    - {id: reply, messages: [{user: "{{ item.text }}"}]}
    - {id: more, messages: [{user: "and more?"}]}
  graders:
${graders.map((one) => `    - ${one}`).join('\n')}
  metrics: [{id: m, kind: rate, of: one, better: none}]
providers: [{provider: p, kind: simulated}]
roles: {judge: {provider: j, kind: simulated}}
`;

const first = '{id: one, kind: matches, of: reply, contains: x}';
const judge = (more: string) =>
  `{id: asked, kind: judge, of: reply, role: judge, verdicts: {yes: 1, no: 0}, messages: [{user: "{{ submission }}"}]${more}}`;
const problems = (...graders: string[]) =>
  problemsOf(loadConfig('/w/c.yaml', depsOf({ '/w/c.yaml': config(...graders) }, { registry })));
const briefly = async (...graders: string[]) =>
  (await problems(...graders)).map(brief).map((one) => one.replace(/^\S*?:/, ''));

describe('combine', () => {
  test('of graders that stand before it', async () => {
    const both = '{id: both, kind: combine, of: reply, all: [one, {grader: asked, is: [yes]}]}';
    const none = '{id: none, kind: combine, of: more, none: [both]}';
    expect(await problems(first, judge(''), both, none)).toEqual([]);
  });

  test('of one that is not there, of a later one, of itself: each with its place and a hint', async () => {
    const found = await problems(
      first,
      '{id: both, kind: combine, of: reply, any: [onne, last, both]}',
      judge(''),
      '{id: last, kind: matches, of: reply, contains: y}',
    );
    expect(found.map(brief)).toEqual([
      'c.yaml:11:50 UNKNOWN_GRADER',
      'c.yaml:11:56 GRADER_ORDER',
      'c.yaml:11:62 GRADER_ORDER',
    ]);
    expect(found.map(({ hint }) => hint)).toEqual([
      'did you mean "one"?',
      'move "both" below "last"',
      'name one that stands above it',
    ]);
  });

  test('of a label that a judge never gives', async () => {
    const [found, ...more] = await problems(
      first,
      judge(''),
      '{id: c, kind: combine, of: reply, any: [{grader: asked, is: [yess]}]}',
    );
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: 'SCALE_MISMATCH', hint: 'did you mean "yes"?' });
  });
});

describe('a judge’s rule', () => {
  test('may stand before or after it', async () => {
    expect(await problems(first, judge(', rule: one'))).toEqual([]);
    expect(await problems(judge(', rule: one'), first)).toEqual([]);
  });

  test.each([
    ['nowhere', first, judge(', rule: on'), '11:129 UNKNOWN_GRADER'],
    ['of another step', first.replace('reply', 'more'), judge(', rule: one'), '11:129 WRONG_VALUE'],
    ['of labels', '{id: one, kind: choice, of: reply, options: [A, B]}', judge(', rule: one'), '11:129 SCALE_MISMATCH'],
    ['a judge', judge('').replace('asked', 'one'), judge(', rule: one'), '11:129 WRONG_VALUE'],
  ])('%s', async (_, one, two, expected) => {
    expect((await briefly(one, two)).filter((found) => found.startsWith('11'))).toEqual([expected]);
  });

  test('of a judge of several degrees', async () => {
    const degrees = judge(', rule: one').replace('no: 0', 'no: 0, partly: 0.5');
    expect(await briefly(first, degrees)).toEqual([expect.stringMatching(/^11:\d+ SCALE_MISMATCH$/)]);
  });
});
