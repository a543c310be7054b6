import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../src/contract/json.js';
import type { Score, UnscoredReason } from '../../../src/contract/score.js';
import { combine } from '../../../src/kinds/graders/combine.js';
import { checkWith, gradeWith, isValid } from './fakes.js';

const yes: Score = { kind: 'scored', value: 1 };
const no: Score = { kind: 'scored', value: 0 };
const missing = (reason: UnscoredReason): Score => ({ kind: 'unscored', reason });
const unread = missing('judge_unparseable');

const grade = (options: JsonObject, scores: { [grader: string]: Score }) =>
  gradeWith(combine, options, { text: '', scores });
const outcomeOf = async (options: JsonObject, scores: { [grader: string]: Score }) => {
  const score = await grade(options, scores);
  return score.kind === 'scored' ? score.value : score.reason;
};

describe('combine', () => {
  test.each<[string, Score, Score, all: number | string, any: number | string, none: number | string]>([
    ['yes, yes', yes, yes, 1, 1, 0],
    ['yes, no', yes, no, 0, 1, 0],
    ['no, no', no, no, 0, 0, 1],
    ['yes, not known', yes, unread, 'judge_unparseable', 1, 0],
    ['not known, yes', unread, yes, 'judge_unparseable', 1, 0],
    ['no, not known', no, unread, 0, 'judge_unparseable', 'judge_unparseable'],
    ['not known, no', unread, no, 0, 'judge_unparseable', 'judge_unparseable'],
    ['the first reason of two', missing('ambiguous'), unread, 'ambiguous', 'ambiguous', 'ambiguous'],
  ])('%s', async (_, a, b, all, any, none) => {
    const scores = { a, b };
    expect(await outcomeOf({ all: ['a', 'b'] }, scores)).toBe(all);
    expect(await outcomeOf({ any: ['a', 'b'] }, scores)).toBe(any);
    expect(await outcomeOf({ none: ['a', 'b'] }, scores)).toBe(none);
  });

  test('clauses hold together: one that fails settles it, whatever is not known of the others', async () => {
    const options = { all: ['a'], any: ['b', 'c'], none: ['d'] };
    expect(await outcomeOf(options, { a: yes, b: no, c: yes, d: no })).toBe(1);
    expect(await outcomeOf(options, { a: yes, b: no, c: unread, d: yes })).toBe(0);
    expect(await outcomeOf(options, { a: unread, b: no, c: no, d: unread })).toBe(0);
    expect(await outcomeOf(options, { a: yes, b: yes, c: unread, d: no })).toBe(1);
    expect(await outcomeOf(options, { a: yes, b: no, c: unread, d: missing('truncated') })).toBe('judge_unparseable');
  });

  test('with applicableOnly what does not apply is left out, what is not known is not', async () => {
    const gone = missing('not_applicable');
    const options = (clause: string) => ({ [clause]: ['a', 'b'], applicableOnly: true });
    for (const [clause, ofNo, ofYes] of [
      ['any', 0, 1],
      ['all', 0, 1],
      ['none', 1, 0],
    ] as const) {
      expect(await outcomeOf({ [clause]: ['b'] }, { b: gone })).toBe('not_applicable');
      expect(await outcomeOf(options(clause), { a: no, b: gone })).toBe(ofNo);
      expect(await outcomeOf(options(clause), { a: yes, b: gone })).toBe(ofYes);
      expect(await outcomeOf(options(clause), { a: gone, b: unread })).toBe('judge_unparseable');
      expect(await outcomeOf(options(clause), { a: gone, b: gone })).toBe('not_applicable');
    }
    expect(await outcomeOf({ any: ['a', 'b'] }, { a: no, b: gone })).toBe('not_applicable');
    expect(await outcomeOf({ any: ['a'], none: ['b'], applicableOnly: true }, { a: gone, b: no })).toBe(1);
  });

  test('a condition may wait for labels or values', async () => {
    const scores: { [grader: string]: Score } = {
      verdict: { kind: 'scored', value: 3, label: 'fair' },
      topic: { kind: 'scored', value: 1, label: 'grey' },
    };
    expect(await outcomeOf({ any: [{ grader: 'verdict', is: ['good', 'fair'] }] }, scores)).toBe(1);
    expect(await outcomeOf({ any: [{ grader: 'verdict', is: [5, 3] }] }, scores)).toBe(1);
    expect(await outcomeOf({ all: [{ grader: 'verdict', is: ['3'] }] }, scores)).toBe(0);
    expect(await outcomeOf({ none: [{ grader: 'topic', is: ['pink'] }] }, scores)).toBe(1);
    expect(await outcomeOf({ all: [{ grader: 'topic', is: ['grey'] }] }, { topic: missing('refused') })).toBe(
      'refused',
    );
  });

  test('only 1 counts as yes, and the score says what it is made of', async () => {
    const half: Score = { kind: 'scored', value: 0.5 };
    expect(await grade({ any: ['a', 'b', 'c'] }, { a: half, b: { ...yes, label: 'implicit' }, c: unread })).toEqual({
      kind: 'scored',
      value: 1,
      rationale: 'a 0.5, b implicit, c unscored',
    });
    expect(await grade({ all: ['gone'] }, {})).toMatchObject({ reason: 'not_applicable', detail: expect.any(String) });
  });

  test('options', () => {
    expect(combine.scale({})).toEqual({ kind: 'binary' });
    expect(isValid(combine, { any: ['a', { grader: 'b', is: [1] }] })).toBe(true);
    for (const bad of [{ any: [] }, { any: 'a' }, { some: ['a'] }, { any: [{ grader: 'a' }] }])
      expect(isValid(combine, bad)).toBe(false);
    expect(checkWith(combine, {}).problems).toEqual([{ code: 'BAD_OPTIONS', path: '' }]);
  });

  test('check: graders of yes or no, labels and values that they give', () => {
    const others = {
      a: { of: 'reply', scale: { kind: 'binary' as const }, asks: false },
      judged: { of: 'reply', scale: { kind: 'number' as const, min: 1, max: 5 }, labels: ['bad', 'good'], asks: true },
      topic: { of: 'reply', scale: { kind: 'label' as const, labels: ['x'] }, labels: ['x'], asks: false },
    };
    const problemsOf = (options: JsonObject) => checkWith(combine, options, others).problems;
    expect(
      problemsOf({
        all: ['a', { grader: 'a', is: [0] }],
        any: [{ grader: 'judged', is: ['good', 4] }],
        none: [{ grader: 'topic', is: ['x'] }],
      }),
    ).toEqual([]);
    expect(
      problemsOf({
        all: ['judged', { grader: 'a', is: [2, 'yes'] }],
        any: [{ grader: 'judged', is: ['goood', 6] }],
        none: [{ grader: 'topic', is: [1] }],
      }).map(({ code, path }) => `${code} ${path}`),
    ).toEqual([
      'SCALE_MISMATCH all.0',
      'SCALE_MISMATCH all.1.is.0',
      'SCALE_MISMATCH all.1.is.1',
      'SCALE_MISMATCH any.0.is.0',
      'SCALE_MISMATCH any.0.is.1',
      'SCALE_MISMATCH none.0.is.0',
    ]);
  });
});
