import { describe, expect, test } from '@jest/globals';
import { registry } from '../../../src/registry.js';
import { brief, depsOf, loadConfig, problemsOf } from './load-files.js';

const config = (metric: string, more = '') => `run:
  eval: options
  title: What metrics name
  items:
    - {id: a, text: Is it fair?, expected: yes, shares: {yes: 0.4, no: 0.6}}
    - {id: b, text: Is it wise?, expected: no, shares: {yes: 0.5, no: 0.5}}
  arms: {base: {}}
  steps:
    - {id: reply, messages: [{user: "{{ item.text }}"}]}
  graders:
    - {id: side, kind: choice, of: reply, options: [yes, no]}
    - {id: named, kind: mentions, of: reply, entity: {name: Pepsi}}
  metrics:
    - ${metric}
providers: [{provider: local, kind: simulated}]
${more}`;

const load = (metric: string, more?: string) =>
  problemsOf(loadConfig('c.yaml', depsOf({ '/w/c.yaml': config(metric, more) }, { registry })));
const start = '{id: m, better: none, ';

describe('metrics that name graders, fields and repeats', () => {
  test.each([
    ['kind: agreement, of: side, with: item.expected}', ''],
    ['kind: agreement, of: side, with: named}', ''],
    ['kind: steerable, of: side, gold: item.expected}', ''],
    ['kind: distribution_distance, of: side, shares: item.shares}', ''],
    ['kind: pass_at_k, of: named, k: 3}', 'repeats: 3'],
  ])('%s is sound', async (rest, more) => {
    expect((await load(start + rest, more)).map(String)).toEqual([]);
  });

  test.each([
    ['kind: agreement, of: side, with: sides}', 'UNKNOWN_GRADER', 'there is no grader "sides"', 'with'],
    ['kind: tradeoff, of: named, against: side}', 'SCALE_MISMATCH', 'cannot read grader "side"', 'against'],
    ['kind: agreement, of: side, with: item.expecte}', 'UNKNOWN_VARIABLE', 'item.expecte has no value', 'with'],
    ['kind: distribution_distance, of: side, shares: item.expected}', 'WRONG_VALUE', 'no mapping of shares', 'shares'],
    ['kind: steerable, of: side, gold: item.text}', 'WRONG_VALUE', 'which the grader never gives', 'gold'],
    [
      'kind: agreement, of: side, with: item.expected, statistic: prevalence}',
      'SCALE_MISMATCH',
      'needs "is"',
      '{id: m',
    ],
    ['kind: pass_at_k, of: named, k: 3}', 'TOO_FEW_REPEATS', 'needs 3 repeats, the run has 1', 'k'],
  ])('%s: %s', async (rest, code, message, key) => {
    const text = config(start + rest).split('\n');
    const line = text.findIndex((one) => one.includes('id: m,'));
    const problems = await load(start + rest);
    expect(problems.map(({ code: one }) => one)).toEqual([code]);
    expect(problems[0]!.message).toContain(message);
    const named = key === '{id: m' ? text[line]!.indexOf(key) : text[line]!.indexOf(`${key}: `) + key.length + 2;
    expect(brief(problems[0]!)).toBe(`c.yaml:${line + 1}:${named + 1} ${code}`);
  });
});
