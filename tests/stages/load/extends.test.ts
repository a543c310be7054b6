import { describe, expect, test } from '@jest/globals';
import { brief, depsOf, loadConfig, problemsOf } from './load-files.js';

const BASE = `eval: base
title: Base
version: 3
items: items.yaml
personas: [{id: a, attributes: {age: 1}}, {id: b, attributes: {age: 2}}]
arms: {plain: {}, other: {}}
steps: [{id: reply, messages: [{user: "{{ item.text }}"}]}]
graders: [{id: hello, kind: matches, of: reply, regex: hello}]
metrics: [{id: hello_rate, kind: rate, of: hello, better: higher}]
contrasts: [{name: c, metric: hello_rate, of: plain, against: other}]
`;
const files = (own: string, more: Record<string, string> = {}) => ({
  '/w/configs/c.yaml': 'run: ../evals/own/eval.yaml\nproviders: [{provider: p, kind: simulated}]\n',
  '/w/evals/own/eval.yaml': own,
  '/w/evals/base/eval.yaml': BASE,
  '/w/evals/base/items.yaml': 'prompts: q\nitems: [{id: one, text: Hello}]\n',
  ...more,
});
const load = (own: string, more = {}) => loadConfig('configs/c.yaml', depsOf(files(own, more)));
const briefs = async (own: string, more = {}) => (await problemsOf(load(own, more))).map(brief);

describe('an eval that extends another', () => {
  test('takes whole keys that it does not give, files included, but not id and version', async () => {
    const { config, sources } = await load('eval: own\nextends: ../base/eval.yaml\narms: {plain: {}}\ncontrasts: []\n');
    expect(config.eval).toMatchObject({ id: 'own', title: 'Base', version: 1, arms: [{ id: 'plain' }], contrasts: [] });
    expect(config.eval.items).toMatchObject({ id: 'q', items: [{ id: 'one' }] });
    expect(config.eval.personas?.people).toHaveLength(2);
    expect([...sources.keys()]).toEqual(expect.arrayContaining(['evals/base/eval.yaml', 'evals/base/items.yaml']));
  });

  test('its own files lie beside it, in a chain too', async () => {
    const { config } = await load('eval: own\nextends: ../middle.yaml\nitems: items.yaml\n', {
      '/w/evals/middle.yaml': 'eval: middle\nextends: base/eval.yaml\ntitle: Middle\n',
      '/w/evals/own/items.yaml': 'prompts: mine\nitems: [{id: two, text: Bye}]\n',
    });
    expect(config.eval).toMatchObject({ title: 'Middle', items: { id: 'mine' } });
  });

  test('problems stand where their keys are written', async () => {
    expect(await briefs('eval: own\nextends: ../base/eval.yaml\narms: {plain: {}}\n')).toEqual([
      'evals/base/eval.yaml:10:63 UNKNOWN_ARM',
    ]);
    expect(await briefs('eval: own\nextends: ../base/eval.yaml\nmetric: []\n')).toEqual([
      'evals/own/eval.yaml:3:1 UNKNOWN_KEY',
    ]);
  });

  test('a missing base, one that is no eval, and one that extends itself', async () => {
    expect(await briefs('eval: own\nextends: ../bse/eval.yaml\ntitel: x\n')).toEqual([
      'evals/own/eval.yaml:2:10 FILE_NOT_FOUND',
      'evals/own/eval.yaml:3:1 UNKNOWN_KEY',
    ]);
    expect(await briefs('eval: own\nextends: ../base/items.yaml\n')).toEqual([
      'evals/own/eval.yaml:2:10 WRONG_DOCUMENT',
    ]);
    expect(await briefs('eval: own\nextends: eval.yaml\n')).toEqual(['evals/own/eval.yaml:2:10 EXTENDS_ITSELF']);
    expect(await briefs('eval: own\nextends: [a]\n')).toEqual(['evals/own/eval.yaml:2:10 WRONG_TYPE']);
  });
});

describe('sample.zip', () => {
  const zipped = (sample: string) =>
    loadConfig(
      'configs/c.yaml',
      depsOf({
        ...files('eval: own\nextends: ../base/eval.yaml\n'),
        '/w/configs/c.yaml': `run: ../evals/own/eval.yaml\nproviders: [{provider: p, kind: simulated}]\nsample: ${sample}\n`,
      }),
    );

  test('pairs the first item with the first persona', async () => {
    const { config } = await zipped('{zip: 1}');
    expect(config.eval.design).toEqual({ kind: 'zip' });
    expect(config.sample).toEqual({ items: 1, personas: 1, where: {} });
  });

  test('more pairs than there are, or a second say in their number, are problems', async () => {
    const of = async (sample: string) => (await problemsOf(zipped(sample))).map(brief);
    expect(await of('{zip: 2}')).toEqual(['configs/c.yaml:3:15 WRONG_VALUE']);
    expect(await of('{zip: 1, items: 1}')).toEqual(['configs/c.yaml:3:18 BAD_OPTIONS']);
  });
});
