import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readJson } from '../../src/lib/read-json.js';

const read: [string, unknown][] = [
  ['{"a": 1}', { a: 1 }],
  [' \n{"a": 1}\n', { a: 1 }],
  ['\ufeff{"a": 1}', { a: 1 }],
  ['[1, {"a": 2}]', [1, { a: 2 }]],
  ['```json\n{"a": 1}\n```', { a: 1 }],
  ['```\n[1]\n```', [1]],
  ['Sure! Here it is:\n\n```json\n{"a": 1}\n```\nAnything else?', { a: 1 }],
  ['~~~\n{"a": 1}\n~~~', { a: 1 }],
  ['Sure: {"a": {"b": [1, 2]}} Anything else?', { a: { b: [1, 2] } }],
  ['As shown in [1], {"a": "}{ \\" ["}', { a: '}{ " [' }],
  ['I fill {placeholders} like this: {"a": 1}', { a: 1 }],
  ['{"a": "```json"}', { a: '```json' }],
  ['<think>perhaps {"a": 2}</think>\n{"a": 1}', { a: 1 }],
  ['{"a": 1} and again {"a": 1}', { a: 1 }],
  ['{"a": "caf\\u00e9"}', { a: 'café' }],
];

const refused: [string, RegExp][] = [
  ['', /empty/],
  ['no', /no JSON object/],
  ['"text"', /no JSON object/],
  ['42', /no JSON object/],
  ['{"a": 1', /never ends/],
  ['{"a": {"b": 1}', /never ends/],
  ["{'a': 1}", /no valid JSON/],
  ['{"a": 1,}', /no valid JSON/],
  ['{a: 1}', /no valid JSON/],
  ['{{"a": 1}}', /no valid JSON/],
  ['{"a": NaN}', /no valid JSON/],
  ['{"a": 1} or {"a": 2}', /2 different/],
  ['```\n{"a": 1}\n```\n```\n{"a": 2}\n```', /2 different/],
  ['As shown in [1].', /no JSON object/],
];

describe('readJson', () => {
  test.each(read)('reads %j', (text, value) => {
    expect(readJson(text)).toEqual({ ok: true, value });
  });

  test.each(refused)('refuses %j', (text, error) => {
    const result = readJson(text);
    expect(result.ok).toBe(false);
    expect((result as { error: string }).error).toMatch(error);
  });

  test('a key __proto__ reaches no prototype', () => {
    for (const text of ['{"__proto__": {"polluted": 1}, "a": 1}', '{"\\u005f_proto__": {"polluted": 1}, "a": 1}']) {
      const result = readJson(text) as { ok: true; value: { [key: string]: unknown } };
      const copy: Record<string, unknown> = {};
      for (const key of Object.keys(result.value)) copy[key] = result.value[key];
      expect(copy).toEqual({ a: 1 });
      expect(copy.polluted).toBeUndefined();
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    }
  });

  test('every object comes back from fences and prose', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
    const prose = fc.constantFrom('', 'Here you are: ', 'It’s “done” [1].\n', 'a "quoted" word\n');
    fc.assert(
      fc.property(object, prose, prose, fc.boolean(), (value, before, after, fence) => {
        const json = JSON.stringify(value);
        fc.pre(!json.includes('__proto__'));
        const text = fence ? `${before}\n\`\`\`json\n${json}\n\`\`\`\n${after}` : `${before}${json}\n${after}`;
        expect(readJson(text)).toEqual({ ok: true, value: JSON.parse(json) });
      }),
    );
  });

  test('never throws, and hostile text takes linear time', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof readJson(text).ok === 'boolean'));
    for (const piece of ['{', '[', '{"', '{}', '[]', '{"a":', '```\n', '{"a":1}', '\\', '{[', '<think>']) {
      const text = piece.repeat(100_000);
      const start = performance.now();
      readJson(text);
      expect(performance.now() - start).toBeLessThan(1000);
    }
    expect(readJson(`${'['.repeat(5000)}${']'.repeat(5000)}`)).toMatchObject({ ok: false });
  });
});
