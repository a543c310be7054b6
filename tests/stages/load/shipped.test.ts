import { describe, expect, test } from '@jest/globals';
import { registry } from '../../../src/registry.js';
import { checkFile } from '../../../src/stages/load/check-file.js';
import { diskDeps, loadConfig, problemsOf } from './load-files.js';

const simulated = (id: string) => `provider: ${id}\nkind: simulated\n`;
const onDisk = diskDeps();
const deps = {
  ...onDisk,
  read: (path: string) => {
    const id = /providers\/(simulated[\w-]*)\.yaml$/.exec(path)?.[1];
    return id === undefined ? onDisk.read(path) : simulated(id);
  },
};

describe('shipped documents', () => {
  test.each([
    'configs/persona.yaml',
    'configs/pink-elephant.yaml',
    'evals/persona/eval.yaml',
    'evals/pink-elephant/eval.yaml',
  ])('%s has no problems', async (file) => {
    expect((await problemsOf(checkFile(file, deps))).map(String)).toEqual([]);
  });

  test.each(['configs/persona.yaml', 'configs/pink-elephant.yaml'])(
    '%s has no problems with the registered kinds',
    async (file) => {
      expect((await problemsOf(checkFile(file, { ...onDisk, registry }))).map(String)).toEqual([]);
    },
  );

  test('configs/persona.yaml is loaded with its defaults', async () => {
    const { config, sources, providerFolders } = await loadConfig('configs/persona.yaml', deps);
    expect(config.eval.items.items.length).toBeGreaterThan(50);
    expect(config.eval.personas!.people.length).toBeGreaterThan(50);
    expect(config.eval.design).toEqual({ kind: 'balanced', promptsPerPersona: 6 });
    expect(config.sample).toEqual({ items: 60, personas: 60, where: {} });
    expect(config.eval.steps[0]!.parse).toEqual({ kind: 'json', fields: { answer_to_question: 'string' } });
    expect(config.eval.graders[1]).toMatchObject({
      id: 'fits_other',
      kind: 'judge',
      options: { role: 'judge', with: { reader: 'other' } },
    });
    expect(config.eval.metrics[0]!.by[2]).toEqual({ field: 'persona.age', bands: [18, 35, 50, 65] });
    expect(config.gates).toEqual([{ metric: 'accuracy', arm: 'demographic_summary', end: 'low', above: 0.3 }]);
    expect(config.limits).toEqual({ cellDeadlineMs: 900_000, concurrency: 32 });
    expect(config.roles.judge!.id).toBe('simulated-judge');
    expect([...sources.keys()]).toContain('evals/persona/rubrics/personalisation.yaml');
    expect(Object.keys(providerFolders).sort()).toEqual(['simulated', 'simulated-judge']);
  });
});
