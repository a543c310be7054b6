import { describe, expect, test } from '@jest/globals';
import type { Message } from '../../../src/contract/message.js';
import { coverage } from '../../../src/kinds/graders/coverage.js';
import { answerCall } from '../../../src/kinds/providers/simulated/answer-call.js';
import { worldOf } from '../../../src/kinds/providers/simulated/world.js';
import { answered, checkWith, gradeWith, isValid } from './fakes.js';

const options = { role: 'judge', viewpoints: 'item.viewpoints', question: '{{ item.text }}' };
const viewpoints = [
  'It costs too much.',
  { text: 'It is owed to those who come after us.' },
  'It should be tried first.',
  'No view.',
];
const scope = { item: { text: 'Build the line?', viewpoints, prevalence: [0.5, 0.3, 0.2, 0] } };
const grade = (reply: string, own = options, more = scope) =>
  gradeWith(coverage, own, { text: 'One could try it.', scope: more as never, answer: () => answered(reply) });

describe('coverage', () => {
  test('by hand: two of four viewpoints; by prevalence .5 + .2', async () => {
    const reply = '{"rationale": "Cost and a trial.", "represented": [1, 3]}';
    expect(await grade(reply)).toEqual({
      kind: 'scored',
      value: 0.5,
      rationale: 'Represented: 1, 3. Cost and a trial.',
    });
    expect(await grade(reply, { ...options, weights: 'item.prevalence' } as never)).toMatchObject({
      value: expect.closeTo(0.7, 12),
    });
  });

  test.each([
    ['{"represented": []}', 0],
    ['{"represented": "none"}', 0],
    ['```json\n{"represented": ["2", "2", 4]}\n```', 0.5],
    ['{"represented": "1, 2 and 3"}', 0.75],
    ['{"represented": 4}', 0.25],
  ])('%s is %d', async (reply, value) => {
    expect(await grade(reply)).toMatchObject({ kind: 'scored', value });
  });

  test.each([
    '{"represented": [5]}',
    '{"represented": [0]}',
    '{"represented": "most of them"}',
    '{"represented": [1.5]}',
    '{"rationale": "All."}',
    'All of them.',
  ])('%s is unscored, never a low score', async (reply) => {
    expect(await grade(reply)).toMatchObject({ kind: 'unscored', reason: 'judge_unparseable' });
  });

  test('cut and declined replies are unscored', async () => {
    for (const finish of ['length', 'refusal'] as const) {
      const answer = () => ({ text: '{"represented": [1]}', finish, tokens: null });
      expect(await gradeWith(coverage, options, { text: 'x', scope: scope as never, answer })).toMatchObject({
        reason: 'judge_unparseable',
      });
    }
  });

  test('without viewpoints, or with weights that do not fit, it does not apply', async () => {
    for (const item of [{ text: 'x' }, { text: 'x', viewpoints: [] }, { text: 'x', viewpoints: ['a', 3] }])
      expect(await grade('{"represented": []}', options, { item } as never)).toMatchObject({
        reason: 'not_applicable',
      });
    const weighted = { ...options, weights: 'item.prevalence' } as never;
    const item = { ...scope.item, prevalence: [1, 2] };
    expect(await grade('{"represented": []}', weighted, { item } as never)).toMatchObject({ reason: 'not_applicable' });
  });

  test('the judge sees question, reply and numbered viewpoints, and nothing in them is parsed', async () => {
    let seen: Message[] = [];
    const item = { text: 'Q {{ x }}', viewpoints: ['{{ item.secret }}', 'b'], secret: 's' };
    await gradeWith(coverage, options, {
      text: 'R {{ y }}',
      scope: { item },
      answer: (messages) => {
        seen = messages;
        return answered('{"represented": []}');
      },
    });
    expect(seen[1]!.content).toContain('<task>\nQ {{ x }}\n</task>\n<submission>\nR {{ y }}\n</submission>');
    expect(seen[1]!.content).toContain('1. {{ item.secret }}\n2. b\n</viewpoints>');
  });

  test('asks for its paths, template and role', () => {
    expect(checkWith(coverage, { ...options, weights: 'item.prevalence' })).toMatchObject({
      problems: [],
      paths: ['item.viewpoints', 'item.prevalence'],
      templates: [{ value: '{{ item.text }}' }],
      roles: ['judge'],
    });
    expect(isValid(coverage, { role: 'judge' })).toBe(false);
  });
});

test('a simulated judge finds each viewpoint as often as planted', async () => {
  const world = worldOf({ judging: { represented: 0.3 }, format: { malformed: 0 } });
  let sum = 0;
  for (let repeat = 0; repeat < 500; repeat++) {
    const answer = (messages: Message[]) =>
      answered(answerCall(world, { provider: null, sampling: {}, messages, repeat }));
    const score = await gradeWith(coverage, options, { text: 'x', scope: scope as never, answer });
    expect(score.kind).toBe('scored');
    if (score.kind === 'scored') sum += score.value;
  }
  expect(Math.abs(sum / 500 - 0.3)).toBeLessThan(3 * Math.sqrt((0.3 * 0.7) / 2000));
});
