import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CliResult, jsonLines, runCli } from '../support/cli.js';
import { demoEval, scratch, writeDocument } from '../support/demo-eval.js';

const space = scratch();
const cli = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: space.root });
const read = (name: string): string => readFileSync(space.file(name), 'utf8');
afterAll(() => space.remove());

/** Two hundred people in the columns of the Census Bureau's person files. */
const survey = (): string =>
  [
    'SERIALNO,SPORDER,PWGTP,STATE,AGEP,SEX',
    ...Array.from({ length: 200 }, (_, i) => [`H${i}`, 1, 10 + (i % 3) * 10, 56, (i * 7) % 90, 1 + (i % 2)].join(',')),
  ].join('\n');

const drawn = {
  personas: 'planted',
  title: 'A planted town',
  licence: 'MIT',
  kind: 'pums',
  person: 'p.csv',
  year: 2024,
};

beforeAll(() => {
  writeFileSync(space.file('p.csv'), `${survey()}\n`);
  writeDocument(space.file('draw.yaml'), { ...drawn, n: 60, seed: 3, psychographics: 'none' });
  writeDocument(space.file('people.yaml'), {
    personas: 'two',
    people: [
      { id: 'ann', attributes: { age: 34 } },
      { id: 'bo', attributes: { age: 9 } },
    ],
  });
});

describe('personas', () => {
  test('freezes a draw that an eval uses as it is: people a line, and how they were drawn', async () => {
    const made = await cli('personas', 'draw.yaml', '--n', '40', '--seed', '9', '--out', 'sets/town.jsonl', '--json');
    expect([made.code, made.stderr]).toEqual([0, '']);
    expect(jsonLines(made).at(-1)).toEqual({ type: 'done', files: ['sets/town.jsonl', 'sets/town.yaml'] });
    const people = read('sets/town.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(people).toHaveLength(40);
    expect(Object.keys(people[0])).toEqual(['id', 'attributes']);
    writeDocument(space.file('eval.yaml'), demoEval({ eval: { personas: 'sets/town.yaml' } }));
    const checked = await cli('check', 'sets/town.yaml', 'eval.yaml', '--json');
    expect(jsonLines(checked)).toEqual([{ type: 'done', files: ['sets/town.yaml', 'eval.yaml'], problems: 0 }]);
    const [head] = jsonLines(await cli('personas', 'eval.yaml', '--json'));
    expect(head).toMatchObject({ id: 'planted', title: 'A planted town', licence: 'MIT', kind: 'inline', people: 40 });
    expect(head!.facts).toMatchObject({ kind: 'pums', options: { n: 40, seed: 9 }, seed: 9, people: 40 });
    expect(head!.facts).toMatchObject({ weights: 'all alike', population: expect.stringContaining('2024') });
    const { rejected, absent } = head!.facts as { rejected: object; absent: object };
    expect(Object.values(rejected).every((count) => count === 0)).toBe(true);
    expect(Object.keys(absent)).toContain('income');
  });

  test('the same seed gives the same bytes, another seed other people; nothing is overwritten', async () => {
    const freeze = (...more: string[]) => cli('personas', 'draw.yaml', '--quiet', ...more);
    expect(await freeze('--out', 'a.yaml', '--html', 'a.html')).toMatchObject({ code: 0, stdout: '' });
    const first = ['a.jsonl', 'a.yaml', 'a.html'].map(read);
    expect((await freeze('--out', 'a', '--html', 'a.html')).code).toBe(0);
    expect(['a.jsonl', 'a.yaml', 'a.html'].map(read)).toEqual(first);
    const other = await freeze('--out', 'a', '--seed', '4', '--json');
    expect(other.code).toBe(2);
    expect(jsonLines(other)).toEqual([expect.objectContaining({ code: 'FILE_EXISTS' })]);
    expect(read('a.jsonl')).toBe(first[0]);
    expect((await freeze('--out', 'b', '--seed', '4')).code).toBe(0);
    expect(read('b.jsonl')).not.toBe(first[0]);
    expect(read('a.html')).toContain('A planted town');
  });

  test('says how true the people are to the population, in a table and in JSON lines', async () => {
    const text = (await cli('personas', 'draw.yaml')).stdout;
    expect(text).toMatch(/^A planted town\n60 people of kind pums, all of the same weight\npopulation: /);
    expect(text).toMatch(/\nsex +60 +\d+\.\d% +\d+\.\d% +within noise/);
    expect(text).toMatch(/\nage × sex +60 +\d+\.\d% /);
    expect(text).toMatch(/\nincome +\S/);
    const lines = jsonLines(await cli('personas', 'draw.yaml', '--json'));
    const sex = lines.find(({ type, attribute }) => type === 'attribute' && attribute === 'sex')!;
    const people = (await frozenSexes()) / 60;
    const female = (sex.categories as { category: string; population: number; drawn: number }[]).find(
      ({ category }) => category === 'Female',
    )!;
    expect(female.drawn).toBeCloseTo(people, 12);
    expect(sex.distance).toBeCloseTo(Math.abs(female.drawn - female.population), 12);
    // Women are the even rows: 100 people of weights 10, 20, 30 in turn.
    const weights = Array.from({ length: 200 }, (_, i) => 10 + (i % 3) * 10);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    expect(female.population).toBeCloseTo(weights.reduce((sum, w, i) => sum + (i % 2 === 1 ? w : 0), 0) / total, 12);
    expect(lines.filter(({ type }) => type === 'rejected').length).toBeGreaterThan(10);
    expect(lines.filter(({ type }) => type === 'absent').map(({ attribute }) => attribute)).toContain('income');
  });

  async function frozenSexes(): Promise<number> {
    if (!existsSync(space.file('sexes.jsonl'))) await cli('personas', 'draw.yaml', '--out', 'sexes', '--quiet');
    return read('sexes.jsonl')
      .split('\n')
      .filter((line) => line.includes('"sex":"Female"')).length;
  }

  test('people who are written down have no population, and cannot be drawn again', async () => {
    expect((await cli('personas', 'people.yaml')).stdout).toMatch(
      /2 people of kind inline.*\npopulation: nothing is known/,
    );
    const flags = await cli('personas', 'people.yaml', '--n', '5', '--seed', '1', '--json');
    expect(flags.code).toBe(2);
    expect(jsonLines(flags).map(({ code, message }) => [code, message])).toEqual([
      ['BAD_FLAG', 'personas of kind "inline" have no n'],
      ['BAD_FLAG', 'personas of kind "inline" have no seed'],
    ]);
  });

  test('a file of personas in the released form, named by an eval of a config', async () => {
    const persona = 'age: 34\nsex: Female\nbig five scores: Openness: High, Neuroticism: Low';
    const rows = [persona, persona, 'age: 9\nsex: Male'].map((text, i) => ({ instruction: `q${i}`, persona: text }));
    writeFileSync(space.file('released.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const personas = { personas: 'released', kind: 'file', path: 'released.jsonl' };
    writeDocument(space.file('config.yaml'), { run: demoEval({ eval: { personas } }), providers: ['simulated'] });
    const result = await cli('personas', 'config.yaml', '--out', 'copy', '--json');
    expect(jsonLines(result)[0]).toMatchObject({ id: 'released', kind: 'file', people: 2, facts: { rows: 3 } });
    expect(JSON.parse(read('copy.jsonl').split('\n')[0]!)).toEqual({
      id: 'persona-0001',
      attributes: { age: '34', sex: 'Female', 'big five scores': 'Openness: High, Neuroticism: Low' },
    });
    expect((await cli('check', 'copy.yaml')).code).toBe(0);
    writeFileSync(space.file('bad.jsonl'), `${JSON.stringify({ persona: 'age: 3\nno colon' })}\n`);
    writeDocument(space.file('bad.yaml'), { personas: 'bad', kind: 'file', path: 'bad.jsonl' });
    const bad = await cli('personas', 'bad.yaml', '--json');
    expect([bad.code, bad.stderr]).toEqual([2, '']);
    expect(jsonLines(bad)).toEqual([expect.objectContaining({ code: 'BAD_PERSONA', file: 'bad.jsonl', line: 1 })]);
  });

  test.each([
    ['released.jsonl', 'WRONG_DOCUMENT'],
    ['no.yaml', 'FILE_NOT_FOUND'],
    ['none.yaml', 'WRONG_DOCUMENT'],
    ['prompts.yaml', 'WRONG_DOCUMENT'],
    ['typo.yaml', 'UNKNOWN_KEY'],
    ['gone.yaml', 'FILE_NOT_FOUND'],
  ])('%s is %s', async (name, code) => {
    writeDocument(space.file('none.yaml'), demoEval());
    writeDocument(space.file('prompts.yaml'), { prompts: 'p', items: [{ id: 'a', text: 'b' }] });
    writeDocument(space.file('typo.yaml'), { personas: 'x', kind: 'file', path: 'released.jsonl', limt: 3 });
    writeDocument(space.file('gone.yaml'), { personas: 'x', kind: 'file', path: 'relased.jsonl' });
    const result = await cli('personas', name, '--json');
    expect([result.code, jsonLines(result).map((line) => line.code)]).toEqual([2, [code]]);
  });
});
