import { describe, expect, test } from '@jest/globals';
import { CallFailure } from '../../../src/contract/call.js';
import type { Message } from '../../../src/contract/message.js';
import { promptfoo } from '../../../src/kinds/graders/promptfoo.js';
import { loadPromptfoo, trustPromptfooCode } from '../../../src/kinds/promptfoo-library.js';
import { answered, checkWith, gradeWith } from './fakes.js';

const hostile = '{{ env.HOME }} {{ 6 * 7 }} {% for i in [1] %}x{% endfor %} {# gone #}';
const scope = { item: { text: hostile, path: 'file:///etc/hostname', question: 'Why?' } };
const passes = (assertion: { type: string; value?: unknown; threshold?: number }, text: string) =>
  gradeWith(promptfoo, { assertion: assertion as never }, { text, scope });

describe('promptfoo, before it is loaded', () => {
  test('a missing package is an error with the command that mends it', async () => {
    const gone = Object.assign(new Error("Cannot find package 'promptfoo' imported from x"), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
    await expect(loadPromptfoo(1, () => Promise.reject(gone))).rejects.toMatchObject({
      code: 'PROMPTFOO_MISSING',
      hint: expect.stringContaining('npm install'),
    });
    const broken = new Error('broken');
    await expect(loadPromptfoo(1, () => Promise.reject(broken))).rejects.toBe(broken);
  });

  test('check: types, roles, templates, files', () => {
    const problems = (options: Parameters<typeof checkWith>[1]) => checkWith(promptfoo, options).problems;
    expect(problems({ assertion: { type: 'contains', value: 'a' } })).toEqual([]);
    expect(
      checkWith(promptfoo, { assertion: { type: 'contains-any', value: ['{{ item.text }}', 'b'] } }).templates,
    ).toHaveLength(2);
    expect(problems({ assertion: { type: 'javascript', value: 'true' } })).toEqual([
      { code: 'PROMPTFOO_CODE', path: 'assertion.type' },
    ]);
    expect(problems({ assertion: { type: 'not-python', value: 'True' } })).toEqual([
      { code: 'PROMPTFOO_CODE', path: 'assertion.type' },
    ]);
    expect(problems({ assertion: { type: 'equals', value: 'file://x.js' } })).toEqual([
      { code: 'PROMPTFOO_CODE', path: 'assertion.value' },
    ]);
    for (const type of ['webhook', 'similar:dot', 'moderation', 'latency', 'trace-span-count', 'select-best']) {
      expect(problems({ assertion: { type, value: 'x' } })).toEqual([
        { code: 'PROMPTFOO_TYPE', path: 'assertion.type' },
      ]);
    }
    expect(problems({ assertion: { type: 'llm-rubric', value: 'x' } })).toEqual([
      { code: 'BAD_OPTIONS', path: 'assertion.type' },
    ]);
    expect(problems({ assertion: { type: 'equals', value: 'x' }, role: 'judge' })).toEqual([
      { code: 'BAD_OPTIONS', path: 'role' },
    ]);
    expect(problems({ assertion: { type: 'factuality', value: 'x' }, role: 'judge' })).toEqual([
      { code: 'BAD_OPTIONS', path: 'assertion.type' },
    ]);
    expect(promptfoo.scale({ assertion: { type: 'bleu' }, score: true })).toEqual({ kind: 'number', min: 0, max: 1 });
    expect(promptfoo.roles({ assertion: { type: 'llm-rubric' }, role: 'judge' })).toEqual(['judge']);
  });
});

describe('promptfoo', () => {
  test('plain assertions pass and fail', async () => {
    expect(await passes({ type: 'contains', value: 'b' }, 'abc')).toMatchObject({ kind: 'scored', value: 1 });
    expect(await passes({ type: 'contains', value: 'x' }, 'abc')).toMatchObject({ kind: 'scored', value: 0 });
    expect(await passes({ type: 'not-contains', value: 'x' }, 'abc')).toMatchObject({ value: 1 });
    expect(await passes({ type: 'contains-all', value: ['a', 'c'] }, 'abc')).toMatchObject({ value: 1 });
    expect(await passes({ type: 'is-json', value: { required: ['a'] } }, '{"a": 1}')).toMatchObject({ value: 1 });
    expect(await passes({ type: 'is-json' }, '{"a": 1')).toMatchObject({ value: 0 });
    expect(await passes({ type: 'levenshtein', value: 'abd', threshold: 1 }, 'abc')).toMatchObject({ value: 1 });
    const scored = await gradeWith(
      promptfoo,
      { assertion: { type: 'levenshtein', value: 'abd' }, score: true },
      { text: 'abc' },
    );
    expect(scored).toMatchObject({ kind: 'scored', value: expect.any(Number) });
  });

  test('braces and files in data and replies stay text', async () => {
    expect(await passes({ type: 'equals', value: '{{ item.text }}' }, hostile)).toMatchObject({ value: 1 });
    expect(await passes({ type: 'contains-any', value: ['{{ item.text }}'] }, `x ${hostile} y`)).toMatchObject({
      value: 1,
    });
    expect(await passes({ type: 'equals', value: '{{ item.path }}' }, 'file:///etc/hostname')).toMatchObject({
      value: 1,
    });
    expect(await passes({ type: 'contains-any', value: ['{{ item.path }}'] }, 'file:///etc/hostname')).toMatchObject({
      value: 1,
    });
    expect(await passes({ type: 'equals', value: '42' }, '{{ 6 * 7 }}')).toMatchObject({ value: 0 });
  });

  const rubric = { assertion: { type: 'llm-rubric', value: 'Speaks of {{ item.text }}' }, role: 'judge' };
  const judged = (reply: string) =>
    gradeWith(promptfoo, rubric, { text: 'graded', scope, answer: () => answered(reply) });

  test('a model-graded assertion asks through the role, values inert', async () => {
    let asked: Message[] = [];
    const answer = (messages: Message[], role: string) => {
      expect(role).toBe('judge');
      asked = messages;
      return answered('{"reason": "it does", "pass": true, "score": 1}');
    };
    expect(await gradeWith(promptfoo, rubric, { text: hostile, scope, answer })).toEqual({
      kind: 'scored',
      value: 1,
      rationale: 'it does',
    });
    expect(asked.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(asked[1]!.content.split(hostile)).toHaveLength(3);
  });

  test('a judge that cannot be read or gives no verdict is unscored', async () => {
    for (const reply of ['nonsense', '', '{"score": 0.2}']) {
      expect(await judged(reply)).toMatchObject({
        kind: 'unscored',
        reason: 'judge_failed',
        detail: expect.any(String),
      });
    }
    expect(await judged('{"pass": false, "score": 0, "reason": "no"}')).toMatchObject({ kind: 'scored', value: 0 });
    const cut = () => ({ ...answered('{"pass": true, "score": 1}'), finish: 'length' as const });
    expect(await gradeWith(promptfoo, rubric, { text: 'x', scope, answer: cut })).toMatchObject({
      reason: 'judge_failed',
    });
  });

  test('other judged types: unreadable replies are unscored', async () => {
    for (const type of ['factuality', 'model-graded-closedqa', 'g-eval']) {
      const options = { assertion: { type, value: 'x' }, role: 'judge', input: '{{ item.question }}' };
      expect(await gradeWith(promptfoo, options, { text: 'x', scope, answer: () => answered('hm?') })).toMatchObject({
        reason: 'judge_failed',
      });
    }
    const closed = {
      assertion: { type: 'model-graded-closedqa', value: 'x' },
      role: 'judge',
      input: '{{ item.question }}',
    };
    expect(
      await gradeWith(promptfoo, closed, { text: 'x', scope, answer: () => answered('Reasons.\nY') }),
    ).toMatchObject({ value: 1 });
  });

  test('a failed call is not swallowed', async () => {
    const failure = new CallFailure('timeout', 'late', { retryable: true });
    await expect(
      gradeWith(promptfoo, rubric, { text: 'x', scope, answer: () => Promise.reject(failure) }),
    ).rejects.toBe(failure);
  });

  test('a value that the type refuses is an error', async () => {
    await expect(passes({ type: 'rouge-n' }, 'x')).rejects.toMatchObject({ code: 'PROMPTFOO_ASSERTION' });
    await expect(passes({ type: 'no-such-type', value: 'x' }, 'x')).rejects.toMatchObject({
      code: 'PROMPTFOO_ASSERTION',
    });
  });

  test('code runs only when trusted; code that throws is unscored', async () => {
    const assertion = { type: 'javascript', value: 'output.length > 2' };
    await expect(passes(assertion, 'abc')).rejects.toMatchObject({ code: 'PROMPTFOO_CODE' });
    trustPromptfooCode();
    expect(await passes(assertion, 'abc')).toMatchObject({ value: 1 });
    expect(await passes({ type: 'javascript', value: 'nothing.here' }, 'abc')).toMatchObject({
      reason: 'judge_failed',
    });
  });
});
