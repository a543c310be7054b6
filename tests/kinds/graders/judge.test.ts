import { describe, expect, test } from '@jest/globals';
import { CallFailure } from '../../../src/contract/call.js';
import type { Message } from '../../../src/contract/message.js';
import { judge } from '../../../src/kinds/graders/judge.js';
import { judgeFormat } from '../../../src/kinds/graders/judge-format.js';
import { answered, checkWith, gradeWith } from './fakes.js';

const absolute = {
  role: 'judge',
  verdicts: { no_revision: 1, needs_revision: 0 },
  messages: [
    { system: 'You judge.' },
    { user: '<submission>\n{{ submission }}\n</submission> for {{ with.reader.profile }}' },
  ],
  with: { reader: 'persona' },
};
const scope = { persona: { profile: 'a nurse' } };
const pairwise = {
  role: 'judge',
  mode: 'pairwise',
  against: 'plain.answer',
  messages: [{ user: '<first>{{ first }}</first><second>{{ second }}</second>' }],
};
const outputs = { plain: { text: '{}', finish: 'stop' as const, fields: { answer: 'other text' } } };

const reply = (text: string) => gradeWith(judge, absolute, { text: 'graded', scope, answer: () => answered(text) });

describe('judge', () => {
  test('shows the submission as it is and asks for the verdict at the end', async () => {
    let asked: Message[] = [];
    const text = 'graded {{ submission }} {% raw %}';
    const score = await gradeWith(judge, absolute, {
      text,
      scope,
      answer: (messages, role) => {
        expect(role).toBe('judge');
        asked = messages;
        return answered('{"rationale": "fits", "verdict": "no_revision", "confidence": 90}');
      },
    });
    expect(score).toEqual({ kind: 'scored', value: 1, label: 'no_revision', confidence: 90, rationale: 'fits' });
    expect(asked).toHaveLength(2);
    expect(asked[0]).toEqual({ role: 'system', content: 'You judge.' });
    expect(asked[1]!.content).toBe(
      `<submission>\n${text}\n</submission> for a nurse\n\n${judgeFormat(['no_revision', 'needs_revision'])}`,
    );
    expect(asked[1]!.content.split('\n').slice(-2)).toEqual([
      'Reply with one JSON object and nothing else:',
      '{"rationale": "<reasons>", "verdict": "<one of: no_revision | needs_revision>", "confidence": <0 to 100>}',
    ]);
  });

  test('after a message of the assistant the request is a message of its own', async () => {
    let asked: Message[] = [];
    const messages = [...absolute.messages, { assistant: 'Critic:' }];
    await gradeWith(
      judge,
      { ...absolute, messages, confidence: false },
      {
        text: 'x',
        scope,
        answer: (sent) => {
          asked = sent;
          return answered('{}');
        },
      },
    );
    expect(asked.at(-1)).toEqual({ role: 'user', content: judgeFormat(['no_revision', 'needs_revision'], false) });
    expect(asked.at(-1)!.content).not.toContain('confidence');
  });

  test.each([
    [
      '```json\n{"rationale": "r", "verdict": "Needs revision.", "confidence": "85%"}\n```',
      { value: 0, label: 'needs_revision', confidence: 85 },
    ],
    ['I think so. {"verdict": "\\"NO-REVISION\\"", "confidence": 0.7} Thanks.', { value: 1, confidence: 70 }],
    ['{"Verdict": " no_revision ", "Confidence": 1}', { value: 1, confidence: 100 }],
    [
      '{"verdict": "no_revision", "confidence": 0, "rationale": ["a", "b"]}',
      { value: 1, confidence: 0, rationale: 'a\nb' },
    ],
  ])('reads %j', async (text, expected) => {
    expect(await reply(text)).toMatchObject({ kind: 'scored', ...expected });
  });

  test.each([
    '{"verdict": "no_revision"}',
    '{"verdict": "no_revision", "confidence": "high"}',
    '{"verdict": "no_revision", "confidence": 250}',
    '{"verdict": "no_revision", "confidence": -1}',
  ])('has no confidence in %j', async (text) => {
    expect(await reply(text)).toEqual({ kind: 'scored', value: 1, label: 'no_revision' });
  });

  test.each([
    '',
    'no_revision',
    '{"verdict": "maybe"}',
    '{"rationale": "no_revision"}',
    '{"verdict": null}',
    '{"verdict": "no_revision"',
    '{"verdict": "no_revision"} {"verdict": "needs_revision"}',
  ])('does not score %j', async (text) => {
    expect(await reply(text)).toMatchObject({
      kind: 'unscored',
      reason: 'judge_unparseable',
      detail: expect.any(String),
    });
  });

  const quoting = { ...absolute, quotes: true };
  const quote = (text: string, said: string) =>
    gradeWith(judge, quoting, { text, scope, answer: () => answered(said) });
  const verdict = '"verdict": "no_revision"';

  test('quotes are asked for before reasons; without the option the request is as ever', async () => {
    const labels = ['no_revision', 'needs_revision'];
    // Word for word: recorded replies belong to exactly this request.
    expect(judgeFormat(labels)).toBe(
      'Give your reasons first, then your verdict, then how confident you are in it, from 0 (a guess) to 100 (certain).\n' +
        'Reply with one JSON object and nothing else:\n' +
        '{"rationale": "<reasons>", "verdict": "<one of: no_revision | needs_revision>", "confidence": <0 to 100>}',
    );
    expect(judgeFormat(labels, false)).toBe(
      'Give your reasons first, then your verdict.\nReply with one JSON object and nothing else:\n' +
        '{"rationale": "<reasons>", "verdict": "<one of: no_revision | needs_revision>"}',
    );
    expect(judgeFormat(labels, false, true).split('\n').slice(-2)).toEqual([
      'Reply with one JSON object and nothing else:',
      '{"quotes": ["<words of the submission>"], "rationale": "<reasons>", "verdict": "<one of: no_revision | needs_revision>"}',
    ]);
    expect(judgeFormat(labels, true, true)).toMatch(/^First quote the words .* Then give your reasons, .* confident/);
  });

  test('quotes that stand in the text become evidence; the others are counted', async () => {
    const text = 'Take the tram. It is “quick”, and the tram is cheap.';
    expect(
      await quote(text, `{"quotes": ["It is \\"quick\\"", "Take the tram.", "take  the TRAM.", "by bus"], ${verdict}}`),
    ).toEqual({
      kind: 'scored',
      value: 1,
      label: 'no_revision',
      quotes: { given: 4, found: 3 },
      evidence: [
        { start: 0, end: 14 },
        { start: 15, end: 28 },
      ],
    });
  });

  test.each([
    ['{"quotes": "the tram", VERDICT}', { given: 1, found: 1 }],
    ['{"quotes": [], VERDICT}', { given: 0, found: 0 }],
    ['{"quotes": [null, 3, " "], VERDICT}', { given: 0, found: 0 }],
    ['{VERDICT}', { given: 0, found: 0 }],
  ])('quotes in %s', async (said, quotes) => {
    expect(await quote('Take the tram.', said.replace('VERDICT', verdict))).toMatchObject({ value: 1, quotes });
  });

  test('quotes without a verdict are no score, and who is not asked for quotes gives none', async () => {
    expect(await quote('Take the tram.', '{"quotes": ["the tram"]}')).toMatchObject({ reason: 'judge_unparseable' });
    expect(await reply(`{"quotes": ["graded"], ${verdict}}`)).toEqual({
      kind: 'scored',
      value: 1,
      label: 'no_revision',
    });
  });

  test('check: quotes and rules', () => {
    expect(checkWith(judge, { ...pairwise, quotes: true }).problems).toEqual([{ code: 'BAD_OPTIONS', path: 'quotes' }]);
    const named = { of: 'reply', scale: { kind: 'binary' as const }, asks: false };
    const ruled = (rule: typeof named, more: object = {}) =>
      checkWith(judge, { ...absolute, rule: 'words', ...more }, { words: rule }).problems;
    expect(ruled(named)).toEqual([]);
    expect(judge.rule?.({ ...absolute, rule: 'words' })).toBe('words');
    expect(ruled({ ...named, asks: true })).toEqual([{ code: 'WRONG_VALUE', path: 'rule' }]);
    expect(ruled({ ...named, of: 'other' })).toEqual([{ code: 'WRONG_VALUE', path: 'rule' }]);
    expect(ruled(named, { verdicts: { a: 1, b: 0.5, c: 0 } })).toEqual([{ code: 'SCALE_MISMATCH', path: 'rule' }]);
  });

  test('a cut or declined reply is unscored even if it holds a verdict', async () => {
    for (const finish of ['length', 'refusal'] as const) {
      const answer = () => ({ ...answered('{"verdict": "no_revision"}'), finish });
      expect(await gradeWith(judge, absolute, { text: 'x', scope, answer })).toMatchObject({
        reason: 'judge_unparseable',
      });
    }
  });

  test('a failed call is not swallowed; a missing reader is not applicable', async () => {
    const failure = new CallFailure('server_error', 'down', { retryable: true });
    const answer = () => Promise.reject(failure);
    await expect(gradeWith(judge, absolute, { text: 'x', scope, answer })).rejects.toBe(failure);
    await expect(gradeWith(judge, pairwise, { text: 'x', outputs, answer })).rejects.toBe(failure);
    expect(await gradeWith(judge, absolute, { text: 'x', scope: { persona: null } })).toMatchObject({
      reason: 'not_applicable',
    });
  });

  const pair = (verdict: (content: string) => string) =>
    gradeWith(judge, pairwise, {
      text: 'graded text',
      outputs,
      answer: ([message]) =>
        answered(
          `{"verdict": "${verdict(message!.content)}", "confidence": ${message!.content.startsWith('<first>graded') ? 80 : 60}}`,
        ),
    });

  test('pairwise: preferred in both orders, in neither, by place', async () => {
    const gradedFirst = (content: string) => content.startsWith('<first>graded text</first><second>other text');
    expect(await pair((content) => (gradedFirst(content) ? 'first' : 'second'))).toMatchObject({
      value: 1,
      orderConsistent: true,
      confidence: 60,
      label: 'preferred',
    });
    expect(await pair((content) => (gradedFirst(content) ? 'second' : 'first'))).toMatchObject({
      value: 0,
      orderConsistent: true,
    });
    expect(await pair(() => 'first')).toMatchObject({ value: 0.5, orderConsistent: false });
    expect(await pair(() => 'tie')).toMatchObject({ value: 0.5, orderConsistent: true });
    expect(await pair((content) => (gradedFirst(content) ? 'first' : 'tie'))).toMatchObject({
      value: 0.5,
      orderConsistent: false,
    });
    expect(await pair((content) => (gradedFirst(content) ? 'first' : 'third'))).toMatchObject({ kind: 'unscored' });
  });

  test('pairwise: nothing to compare with is unscored', async () => {
    expect(await gradeWith(judge, pairwise, { text: 'x' })).toMatchObject({ reason: 'not_applicable' });
    const unread = { plain: { text: 'x', finish: 'stop' as const, parseError: 'no JSON' } };
    expect(await gradeWith(judge, pairwise, { text: 'x', outputs: unread })).toMatchObject({
      reason: 'unparseable',
      detail: 'no JSON',
    });
    const cut = { plain: { text: 'x', finish: 'length' as const } };
    expect(await gradeWith(judge, pairwise, { text: 'x', outputs: cut })).toMatchObject({ reason: 'truncated' });
  });

  test('scale and roles', () => {
    expect(judge.scale(absolute)).toEqual({ kind: 'binary' });
    expect(judge.scale({ ...absolute, verdicts: { bad: 1, fair: 3, good: 5 } })).toEqual({
      kind: 'number',
      min: 1,
      max: 5,
    });
    expect(judge.scale(pairwise)).toEqual({ kind: 'number', min: 0, max: 1 });
    expect(judge.roles(absolute)).toEqual(['judge']);
  });

  test('check: roles, paths, outputs, templates with their extra names, modes, verdicts', () => {
    const asked = checkWith(judge, absolute);
    expect(asked).toMatchObject({ problems: [], roles: ['judge'], paths: ['persona'] });
    expect(asked.templates.map(({ extra }) => extra)).toEqual([['submission'], ['submission']]);
    expect(checkWith(judge, pairwise)).toMatchObject({
      problems: [],
      outputs: ['plain.answer'],
      templates: [{ extra: ['first', 'second'] }],
    });
    const { verdicts: _, ...without } = absolute;
    expect(checkWith(judge, without).problems).toEqual([{ code: 'BAD_OPTIONS', path: '' }]);
    expect(checkWith(judge, { ...pairwise, verdicts: { a: 1, b: 0 } }).problems).toEqual([
      { code: 'BAD_OPTIONS', path: 'verdicts' },
    ]);
    expect(checkWith(judge, { ...absolute, against: 'x' }).problems).toEqual([
      { code: 'BAD_OPTIONS', path: 'against' },
    ]);
    expect(checkWith(judge, { ...absolute, verdicts: { 'not good': 1, Not_Good: 0, 'a | b': 2 } }).problems).toEqual([
      { code: 'BAD_VERDICT', path: 'verdicts.Not_Good' },
      { code: 'BAD_VERDICT', path: 'verdicts.a | b' },
    ]);
  });
});
