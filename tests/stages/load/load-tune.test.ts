import { describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { registry } from '../../../src/registry.js';
import { checkFile } from '../../../src/stages/load/check-file.js';
import { loadTune } from '../../../src/stages/load/load-tune.js';
import { brief, depsOf, diskDeps, problemsOf } from './load-files.js';

const document = { tune: 'mine', kind: 'trl', pairs: 'pairs', base: 'served', provider: 'providers/better.yaml' };
const served = { provider: 'served', kind: 'openai', model: 'm', apiKeyEnv: 'SOME_KEY' };

const depsWith = (change: object, env = {}) =>
  depsOf(
    {
      '/w/tune.yaml': stringify({ ...document, ...change }),
      '/w/providers/served.yaml': stringify(served),
      '/w/providers/made-up.yaml': 'provider: made-up\nkind: simulated\nmodel: x\n',
    },
    { registry, env },
  );
const problems = async (change: object): Promise<string[]> => {
  const found = await problemsOf(checkFile('tune.yaml', depsWith(change)));
  for (const { where, hint } of found)
    expect([where?.frame, hint]).toEqual([expect.stringContaining('^'), expect.any(String)]);
  return found.map(brief);
};

describe('a tune document', () => {
  test('names are resolved; the model is the provider’s unless it says so', async () => {
    const loaded = await loadTune('tune.yaml', depsWith({ lora: { rank: 8 }, seed: 3 }));
    expect(loaded).toMatchObject({
      id: 'mine',
      model: 'm',
      options: { lora: { rank: 8 }, seed: 3 },
      pairs: '/w/pairs',
      providerFile: '/w/providers/better.yaml',
      baseDocument: served,
    });
    expect(loaded.trainer.kind).toBe('trl');
    expect((await loadTune('tune.yaml', depsWith({ model: 'other' }))).model).toBe('other');
  });

  test('a key is needed where it is used: by a trainer at an endpoint', async () => {
    expect(await problems({})).toEqual([]);
    expect(await problems({ kind: 'openai' })).toEqual(['providers/served.yaml:4:12 ENV_MISSING']);
    const deps = depsWith({ kind: 'openai' }, { SOME_KEY: 'k' });
    expect(await problemsOf(checkFile('tune.yaml', deps))).toEqual([]);
  });

  test.each([
    ['an unknown trainer', { kind: 'tlr' }, ['tune.yaml:2:7 UNKNOWN_KIND']],
    ['a mistyped key', { loar: { rank: 8 } }, ['tune.yaml:6:1 UNKNOWN_KEY']],
    ['an option of another kind', { suffix: 'x' }, ['tune.yaml:6:1 UNKNOWN_KEY']],
    ['a value out of range', { lora: { rank: 0 } }, ['tune.yaml:7:9 WRONG_VALUE']],
    ['an unknown base', { base: 'servd' }, ['tune.yaml:4:7 UNKNOWN_PROVIDER']],
    ['a base that cannot be tuned', { base: 'made-up' }, ['tune.yaml:4:7 BAD_OPTIONS']],
    ['the base itself as target', { provider: 'elsewhere/served.yaml' }, ['tune.yaml:5:11 BAD_OPTIONS']],
    ['a target that is no id', { provider: 'my model.yaml' }, ['tune.yaml:5:11 BAD_OPTIONS']],
    ['a target that is no YAML', { provider: 'better.json' }, ['tune.yaml:5:11 WRONG_VALUE']],
    [
      'several at once',
      { base: 'servd', hyperparameters: { beta: -1 } },
      ['tune.yaml:4:7 UNKNOWN_PROVIDER', 'tune.yaml:7:9 WRONG_VALUE'],
    ],
  ])('%s', async (_name, change, expected) => {
    expect((await problems(change)).sort()).toEqual(expected);
  });

  test('it is no config, and a config is no tune document', async () => {
    const deps = depsWith({});
    expect((await problemsOf(loadTune('providers/served.yaml', deps))).map(brief)).toEqual([
      'providers/served.yaml:1:1 WRONG_DOCUMENT',
    ]);
  });

  test.each(['openai', 'trl'])('the shipped example for %s is sound', async (name) => {
    const deps = diskDeps({ registry, env: { OPENAI_API_KEY: 'k' } });
    expect(await problemsOf(checkFile(`evals/pink-elephant/tune/${name}.yaml`, deps))).toEqual([]);
  });
});
