import { describe, expect, test } from '@jest/globals';
import { registry } from '../../../src/registry.js';
import { brief, depsOf, loadConfig, problemsOf } from './load-files.js';

const CONFIG = 'run: eval.yaml\nrepeats: 2\nproviders: [{provider: p, kind: simulated, model: m}]\n';
const EVAL = `eval: e
title: E
items: [{id: one, text: Hello, gold: 1}, {id: two, text: Bye, gold: 0}]
arms: {base: {}, other: {}}
steps: [{id: reply, messages: [{user: "{{ item.text }}"}]}]
graders:
  - {id: hello, kind: matches, of: reply, regex: hello}
  - {id: points, kind: judge, role: judge, of: reply, verdicts: {low: -1, high: 2}, messages: [{user: x}]}
metrics:
  - {id: m, kind: rate, of: hello, better: lower}
  - {id: any, kind: pass_at_k, k: 2, of: hello, better: lower}
  - {id: kappa, kind: agreement, with: item.gold, of: hello, better: higher}
  - {id: score, kind: mean, of: points, better: higher}
contrasts: [{name: gain, metric: m, of: base, against: other}]
`;
const load = (relations: string, more: Record<string, string> = {}) => {
  const config = `${CONFIG}roles: {judge: p}\n`;
  const files = { '/w/c.yaml': config, '/w/eval.yaml': `${EVAL}${relations}`, ...more };
  return loadConfig('c.yaml', depsOf(files, { registry }));
};
const problems = async (one: string) => problemsOf(load(`relations:\n  - ${one}\n`));
const briefs = async (one: string) => (await problems(one)).map(brief);

describe('relations of an eval', () => {
  test('are read as they are written', async () => {
    const { config } = await load('relations: [{name: r, kind: rebound, metric: m, of: other, against: base}]\n');
    expect(config.eval.relations).toEqual([
      { name: 'r', kind: 'rebound', metric: 'm', of: 'other', against: 'base', options: {} },
    ]);
  });

  test('an eval without them has no such key, so that its plan keeps its digest', async () => {
    expect((await load('')).config.eval).not.toHaveProperty('relations');
  });

  test('are replaced whole by an eval that extends another', async () => {
    const base = `${EVAL}relations: [{name: r, kind: rebound, metric: m, of: other, against: base}]\n`;
    const read = async (own: string) => {
      const files = {
        '/w/c.yaml': `${CONFIG}roles: {judge: p}\n`,
        '/w/base.yaml': base,
        '/w/eval.yaml': `eval: own\nextends: base.yaml\n${own}`,
      };
      return (await loadConfig('c.yaml', depsOf(files, { registry }))).config.eval.relations!.map(({ kind }) => kind);
    };
    expect(await read('')).toEqual(['rebound']);
    expect(await read('relations: [{name: q, kind: difficulty_slope, metric: m, of: other, against: base}]\n')).toEqual(
      ['difficulty_slope'],
    );
  });

  test.each([
    ['{name: r, kind: rebound, metric: mm, of: other, against: base}', '33 UNKNOWN_METRIC'],
    ['{name: r, kind: rebound, metric: m, of: othr, against: base}', '40 UNKNOWN_ARM'],
    ['{name: r, kind: rebound, metric: m, of: other, against: bas}', '56 UNKNOWN_ARM'],
    ['{name: r, kind: rebound, metric: m, of: base, against: base}', '55 SAME_SIDES'],
    ['{name: gain, kind: rebound, metric: m, of: other, against: base}', '12 DUPLICATE_ID'],
    ['{name: r, kind: rebund, metric: m, of: other, against: base}', '21 UNKNOWN_KIND'],
    ['{name: r, kind: rebound, metric: m, of: other}', '5 MISSING_KEY'],
    ['{name: r, kind: rebound, metric: m, of: other, against: base, k: 2}', '67 UNKNOWN_KEY'],
    ['{name: r, kind: rebound, metric: any, of: other, against: base}', '38 RELATION_MISMATCH'],
    ['{name: r, kind: rebound, metric: score, of: other, against: base}', '38 RELATION_MISMATCH'],
    ['{name: r, kind: difficulty_slope, metric: kappa, of: other, against: base}', '47 RELATION_MISMATCH'],
    ['{name: r, kind: relative_reduction, metric: kappa, of: other, against: base}', '49 RELATION_MISMATCH'],
    ['{name: r, kind: relative_reduction, metric: score, of: other, against: base}', '49 RELATION_MISMATCH'],
  ])('%s', async (one, expected) => {
    const found = await briefs(one);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(` ${expected.split(' ')[1]}$`));
    expect(found[0]).toMatch(/^eval\.yaml:16:/);
  });

  test('a mismatch says what to name instead', async () => {
    const [problem] = await problems('{name: r, kind: rebound, metric: any, of: other, against: base}');
    expect(problem!.message).toContain('"any"');
    expect(problem!.hint).toContain('name a rate');
  });

  test('a relative reduction goes by whatever mean begins at 0', async () => {
    expect(await briefs('{name: r, kind: relative_reduction, metric: any, of: other, against: base}')).toEqual([]);
  });
});
