import { describe, expect, test } from '@jest/globals';
import { checkFile } from '../../../src/stages/load/check-file.js';
import { brief, depsOf, loadConfig, problemsOf } from './load-files.js';

const EVAL = `eval: demo
title: Demo
items: [{id: one, text: Hello}, {id: two, text: Bye}]
arms: {plain: {}}
steps: [{id: reply, messages: [{user: "{{ item.text }}"}]}]
graders: [{id: hello, kind: matches, of: reply, regex: hello}]
metrics: [{id: hello_rate, kind: rate, of: hello, better: higher}]
`;
const CONFIG = 'run: ../evals/demo.yaml\nproviders: [mock]\n';
const PROVIDER = 'provider: mock\nkind: openai\nmodel: m\napiKeyEnv: MOCK_KEY\n';
const FILES = { '/w/evals/demo.yaml': EVAL, '/w/configs/demo.yaml': CONFIG, '/w/providers/mock.yaml': PROVIDER };
const env = { MOCK_KEY: 'k' };

const load = (changes: Record<string, string | Uint8Array> = {}, more: Parameters<typeof depsOf>[1] = {}) =>
  loadConfig('configs/demo.yaml', depsOf({ ...FILES, ...changes }, { env, ...more }));
const briefs = async (changes: Record<string, string | Uint8Array>, more: Parameters<typeof depsOf>[1] = {}) =>
  (await problemsOf(load(changes, more))).map(brief);

describe('loadConfig', () => {
  test('fills in defaults', async () => {
    const { config, sources, providerFolders } = await load();
    expect(config).toMatchObject({
      file: 'configs/demo.yaml',
      sample: { where: {} },
      repeats: 1,
      seed: 0,
      limits: { cellDeadlineMs: 900_000 },
      tolerateFailed: 0,
      gates: [],
      reports: [
        { kind: 'terminal', options: {} },
        { kind: 'json', options: {} },
        { kind: 'html', options: {} },
      ],
      eval: { id: 'demo', version: 1, design: { kind: 'crossed' }, personas: null, items: { id: 'demo' } },
    });
    expect(config.eval.steps[0]).toMatchObject({ role: 'subject', parse: { kind: 'text' } });
    expect(config.providers).toEqual([
      { id: 'mock', kind: 'openai', sampling: {}, limits: {}, options: { model: 'm', apiKeyEnv: 'MOCK_KEY' } },
    ]);
    expect([...sources.keys()].sort()).toEqual(['configs/demo.yaml', 'evals/demo.yaml', 'providers/mock.yaml']);
    expect(providerFolders).toEqual({ mock: '/w/providers' });
  });

  test('a bare id is looked for beside the config, above it, then among the shipped', async () => {
    const near = { '/w/configs/providers/mock.yaml': PROVIDER };
    expect((await load(near)).providerFolders).toEqual({ mock: '/w/configs/providers' });
    const { '/w/providers/mock.yaml': own, ...rest } = FILES;
    const shipped = depsOf({ ...rest, '/shipped/providers/mock.yaml': own }, { env });
    expect((await loadConfig('configs/demo.yaml', shipped)).providerFolders).toEqual({ mock: '/shipped/providers' });
  });

  test('--provider tests only these; others need no key', async () => {
    const more = { '/w/providers/free.yaml': 'provider: free\nkind: simulated\n' };
    const gates = `${CONFIG}gates: [{metric: hello_rate, provider: mock, low: {above: 0}}]\n`;
    const { config } = await load({ ...more, '/w/configs/demo.yaml': gates }, { env: {}, providerIds: ['free'] });
    expect(config.providers.map((one) => one.id)).toEqual(['free']);
    expect(config.gates).toEqual([]);
    expect(await briefs(more, { providerIds: ['fre'] })).toEqual(['--provider:1:1 UNKNOWN_PROVIDER']);
  });

  test('--role fills a role, before the config does', async () => {
    const judged = EVAL.replace(
      'graders: [',
      'graders: [{id: j, kind: judge, of: reply, role: judge, verdicts: {a: 1}, messages: [{user: "{{ submission }}"}]}, ',
    );
    const files = { '/w/evals/demo.yaml': judged, '/w/providers/free.yaml': 'provider: free\nkind: simulated\n' };
    expect(await briefs(files)).toEqual(['configs/demo.yaml:1:1 ROLE_UNFILLED']);
    expect((await load(files, { roleIds: { judge: 'free' } })).config.roles.judge!.id).toBe('free');
    const written = { ...files, '/w/configs/demo.yaml': `${CONFIG}roles: {judge: mock}\n` };
    expect((await load(written)).config.roles.judge).toEqual((await load(written)).config.providers[0]);
    expect((await load(written, { roleIds: { judge: 'free' } })).config.roles.judge!.id).toBe('free');
  });

  test('--set edits the config before it is checked', async () => {
    const sets = [
      { path: 'sample.items', value: '1' },
      { path: 'limits', value: '{concurrency: 4}' },
      { path: 'limits.budgetUsd', value: '0.5' },
      { path: 'gates[0]', value: '{metric: hello_rate, high: {below: 0.5}}' },
      { path: 'gates[0].high.below', value: '0.25' },
    ];
    const { config } = await load({}, { sets });
    expect(config.sample.items).toBe(1);
    expect(config.limits).toEqual({ concurrency: 4, budgetUsd: 0.5, cellDeadlineMs: 900_000 });
    expect(config.gates[0]).toEqual({ metric: 'hello_rate', end: 'high', below: 0.25 });
  });

  test.each([
    ['sample.items', 'many', '--set:1:14 WRONG_TYPE'],
    ['sampel.items', '3', '--set:1:14 UNKNOWN_KEY'],
    ['seed', '-1', '--set:1:6 WRONG_VALUE'],
    ['providers[5]', 'x', '--set:1:1 BAD_PATH'],
    ['run.title', 'x', '--set:1:1 BAD_PATH'],
    ['a..b', 'x', '--set:1:1 BAD_PATH'],
    ['seed', '[1', '--set:1:8 YAML_SYNTAX'],
    ['__proto__.x', '1', '--set:1:1 BAD_PATH'],
  ])('--set %s=%s', async (path, value, expected) => {
    expect(await briefs({}, { sets: [{ path, value }] })).toEqual([expected]);
  });

  test('a key that is missing in the environment is named, its value never', async () => {
    const [problem] = await problemsOf(load({}, { env: { OTHER: 'secret-value' } }));
    expect(brief(problem!)).toBe('providers/mock.yaml:4:12 ENV_MISSING');
    expect(`${problem!.message}${problem!.hint}`).not.toContain('secret-value');
  });

  test('CRLF, a byte order mark and merges change no place', async () => {
    const crlf = EVAL.replaceAll('\n', '\r\n').replace('of: reply', 'of: replay');
    expect(await briefs({ '/w/evals/demo.yaml': `\uFEFF${crlf}` })).toEqual(['evals/demo.yaml:6:42 UNKNOWN_STEP']);
  });

  test.each([
    [new Uint8Array([0x65, 0xff, 0x3a]), 'evals/demo.yaml:1:2 NOT_UTF8'],
    [`# ${'x'.repeat(5_000_001)}`, 'evals/demo.yaml:1:1 FILE_TOO_LARGE'],
    ['', 'evals/demo.yaml:1:1 EMPTY_DOCUMENT'],
    ['just text', 'configs/demo.yaml:1:6 WRONG_DOCUMENT'],
    ['personas: x\npeople: []\n', 'configs/demo.yaml:1:6 WRONG_DOCUMENT'],
  ])('an eval file %#', async (content, expected) => {
    expect(await briefs({ '/w/evals/demo.yaml': content })).toEqual([expected]);
  });

  test('a config that is not there, or is something else', async () => {
    const none = await problemsOf(loadConfig('configs/dmo.yaml', depsOf(FILES)));
    expect(none.map(brief)).toEqual(['configs/dmo.yaml:1:1 FILE_NOT_FOUND']);
    expect(none[0]!.hint).toBe('did you mean "demo.yaml"?');
    const other = await problemsOf(loadConfig('evals/demo.yaml', depsOf(FILES)));
    expect(other.map(brief)).toEqual(['evals/demo.yaml:1:1 WRONG_DOCUMENT']);
  });

  test('a metric kind may object to its options for a scale', async () => {
    const changes = { '/w/evals/demo.yaml': EVAL.replace('better: higher', 'better: higher, threshold: 1') };
    expect(await briefs(changes)).toEqual(['evals/demo.yaml:7:78 SCALE_MISMATCH']);
  });

  test('problems of several files come together', async () => {
    const changes = {
      '/w/configs/demo.yaml': `${CONFIG}sede: 1\n`,
      '/w/evals/demo.yaml': EVAL.replace('kind: rate', 'kind: rat').replace('title: Demo', 'title: 1'),
      '/w/providers/mock.yaml': PROVIDER.replace('model: m', 'model: []'),
    };
    expect((await briefs(changes)).sort()).toEqual([
      'configs/demo.yaml:3:1 UNKNOWN_KEY',
      'evals/demo.yaml:2:8 WRONG_TYPE',
      'evals/demo.yaml:7:34 UNKNOWN_KIND',
      'providers/mock.yaml:3:8 WRONG_TYPE',
    ]);
  });
});

test('thousands of problems in a large file take seconds', async () => {
  const items = Array.from({ length: 5_000 }, () => '  - {id: same, text: Hello, other: 1}').join('\n');
  const files = {
    ...FILES,
    '/w/x.yaml': `prompts: many\nitems:\n${items}\n`,
    '/w/y.yaml': `prompts: many\nitems:\n${items.replaceAll('id: same', 'di: s')}\n`,
  };
  const started = performance.now();
  expect((await problemsOf(checkFile('x.yaml', depsOf(files)))).length).toBe(4_999);
  expect((await problemsOf(checkFile('y.yaml', depsOf(files)))).length).toBe(1000);
  expect(performance.now() - started).toBeLessThan(20_000);
});

describe('personas', () => {
  const withPeople = (people: string, rest = '') => ({ '/w/evals/demo.yaml': `${EVAL}personas: ${people}\n${rest}` });

  test('in place, as a bare list, and of a kind', async () => {
    const inPlace = await load(withPeople('{people: [{id: a, attributes: {age: 1}}], licence: MIT}'));
    expect(inPlace.config.eval.personas).toEqual({
      id: 'demo',
      licence: 'MIT',
      people: [{ id: 'a', attributes: { age: 1 } }],
    });
    const list = await load(withPeople('[{id: a, attributes: {age: 1}, weight: 2}]'));
    expect(list.config.eval.personas!.people[0]!.weight).toBe(2);
    const drawn = await load(withPeople('{personas: drawn, kind: drawn, count: 3}'));
    expect(drawn.config.eval.personas!.people.map((one) => one.id)).toEqual(['d0', 'd1', 'd2']);
  });

  test('problems of a kind are placed at its name', async () => {
    expect(await briefs(withPeople('{kind: drawn, count: 99}'))).toEqual(['evals/demo.yaml:8:18 WRONG_VALUE']);
    expect(await briefs(withPeople('{kind: drawn, cuont: 3}'))).toEqual(['evals/demo.yaml:8:25 UNKNOWN_KEY']);
    expect(await briefs(withPeople('{kind: drwan, count: 3}'))).toEqual(['evals/demo.yaml:8:18 UNKNOWN_KIND']);
  });

  test('attributes with spaces can be named in both ways; "with" binds paths', async () => {
    const judge = (template: string) =>
      EVAL.replace(
        'graders: [',
        `graders: [{id: j, kind: judge, of: reply, role: subject, verdicts: {a: 1}, with: {reader: other}, messages: [{user: '${template}'}]}, `,
      );
    const people = 'personas: [{id: a, attributes: {home town: x}}]\n';
    const good = judge(
      '{{ with.reader.home_town }} {{ with.reader["home town"] }} {{ with.reader.profile }} {{ persona.id }}',
    );
    expect(await briefs({ '/w/evals/demo.yaml': good + people })).toEqual([]);
    const bad = judge('{{ with.reader.home_twn }} {{ with.reder.profile }}');
    const problems = await problemsOf(load({ '/w/evals/demo.yaml': bad + people }));
    expect(problems.map((one) => `${one.code} ${one.hint}`)).toEqual([
      'UNKNOWN_VARIABLE did you mean other.home_town?',
      'UNKNOWN_VARIABLE did you mean "reader"?',
    ]);
  });
});

describe('conditions', () => {
  const items = 'items: [{id: one, text: Hello, note: n}, {id: two, text: Bye}]';
  const step = (line: string) => EVAL.replace(/^items.*$/m, items).replace('{user: "{{ item.text }}"}', line);
  test.each([
    ['{user: "{{ item.note }}"}', ['evals/demo.yaml:5:43 MISSING_VALUE']],
    ['{user: "{{ item.note }}", when: item.note}, {user: x}', []],
    ['{user: "{{ item.note }}", unless: item.note}, {user: x}', ['evals/demo.yaml:5:43 UNKNOWN_VARIABLE']],
    ['{user: \'{{ item.note | default: "none" }}\'}', []],
    ["{user: '{% if item.note %}{{ item.note }}{% endif %}!'}", []],
    ["{user: '{% for n in item.nots %}{{ n.a }}{% endfor %}!'}", ['evals/demo.yaml:5:52 UNKNOWN_VARIABLE']],
  ])('%s', async (line, expected) => {
    expect(await briefs({ '/w/evals/demo.yaml': step(line) })).toEqual(expected);
  });
});

describe('checkFile', () => {
  const check = async (content: string, more: Record<string, string> = {}) =>
    (await problemsOf(checkFile('x.yaml', depsOf({ ...FILES, ...more, '/w/x.yaml': content })))).map(brief);
  test.each([
    ['prompts: p\nitems: [{id: a}, {id: a}]\n', ['x.yaml:2:23 DUPLICATE_ID']],
    ['personas: p\npeople: [{id: a, attributes: {profile: x}}]\n', ['x.yaml:2:31 RESERVED_NAME']],
    ['grader: g\nkind: mentions\n', []],
    ['grader: g\nkind: mentions\nentty: item.a\n', ['x.yaml:3:1 UNKNOWN_KEY']],
    ['provider: p\nkind: openai\nmodel: m\napi: chats\n', ['x.yaml:4:6 WRONG_VALUE']],
    [EVAL, []],
    [EVAL.replace('arms: {plain: {}}', 'arms: {plain: {a: "{{ arm.b }}"}}'), ['x.yaml:4:23 UNKNOWN_VARIABLE']],
    ['run: evals/demo.yaml\nproviders: [mock]\n', ['providers/mock.yaml:4:12 ENV_MISSING']],
    ['prompt: p\nitems: [{id: a}]\n', ['x.yaml:1:1 WRONG_DOCUMENT']],
    ['[1, 2]\n', ['x.yaml:1:1 WRONG_DOCUMENT']],
  ])('%j', async (content, expected) => {
    expect(await check(content)).toEqual(expected);
  });
});
