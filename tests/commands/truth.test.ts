import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { main } from '../../src/cli.js';
import type { TruthRow } from '../../src/commands/truth.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), 'evalrun-truth-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs the program in this process and keeps what it prints. */
async function evalrun(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const printed = { out: '', err: '' };
  const keep = (key: 'out' | 'err') => (text: unknown) => {
    printed[key] += String(text);
    return true;
  };
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(keep('out') as never),
    jest.spyOn(process.stderr, 'write').mockImplementation(keep('err') as never),
  ];
  try {
    return { code: await main(argv), ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const truthRows = async (folder: string, ...flags: string[]): Promise<TruthRow[]> => {
  const { out } = await evalrun('truth', folder, '--json', ...flags);
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TruthRow);
};

const shipped: [config: string, sample: string, values: number][] = [
  ['persona', 'sample={items: 30, personas: 30, perPersona: 4}', 8],
  ['persona-feedback', 'sample={items: 30, personas: 30, perPersona: 4}', 3],
  ['persona-leave-one-out', 'sample={items: 12, personas: 12, perPersona: 4}', 70],
  ['persona-pass-at-k', 'sample={items: 20, personas: 20, perPersona: 2}', 28],
  ['persona-comparison', 'sample={items: 40}', 8],
  ['pink-elephant', 'sample={items: 40}', 21],
];
/** Numbers of whole arms that are means; ranks and welfare of a few cells are no better than their bootstrap. */
const isWhole = ({ metric, group, contrast, relation }: TruthRow): boolean =>
  group === undefined &&
  contrast === undefined &&
  relation === undefined &&
  !/^(own_rank|welfare_|inequality)/.test(metric);

describe.each(shipped)('configs/%s.yaml', (config, sample, values) => {
  const folder = path.join(scratch, config);
  let rows: TruthRow[] = [];

  beforeAll(async () => {
    const file = path.join(root, 'configs', `${config}.yaml`);
    const flags = ['--set', sample, '--set', 'gates=[]', '--no-reuse', '--json'];
    const { code, out } = await evalrun('run', file, '--out', folder, ...flags);
    expect([code, code === 0 ? '' : out]).toEqual([0, '']);
    rows = await truthRows(folder, '--level', '0.999');
  });

  test('every metric × arm has a planted value, and its 99.9 % interval holds it', () => {
    const whole = rows.filter(isWhole);
    expect(whole).toHaveLength(values);
    expect(whole.filter(({ inside }) => inside !== true)).toEqual([]);
    expect(whole.every(({ planted, level }) => planted! > 0 && planted! < 1 && level === 0.999)).toBe(true);
  });

  test('so have groups and contrasts, as far as they are large enough for an interval', () => {
    const others = rows.filter(({ group, contrast }) => group !== undefined || contrast !== undefined);
    // A group of which nothing is scored has nothing planted that could be compared.
    expect(others.every(({ planted, none }) => planted !== null || none === 'nothing is scored')).toBe(true);
    expect(others.filter(({ inside }) => inside === false)).toEqual([]);
    const contrasts = others.filter(({ contrast }) => contrast !== undefined);
    expect(contrasts.every(({ inside }) => inside === true)).toBe(true);
  });

  test('the comparison can fail: an interval of next to no width holds few of them', async () => {
    const narrow = (await truthRows(folder, '--level', '0.01')).filter(isWhole);
    expect(narrow.filter(({ inside }) => inside).length).toBeLessThan(values / 2);
  });

  test('planted values differ between arms as they are planted to', () => {
    const plantedOf = (metric: string) =>
      rows.filter((row) => isWhole(row) && row.metric === metric).map(({ planted }) => planted!);
    if (config === 'persona-leave-one-out') {
      const lost = rows.filter(({ contrast }) => contrast !== undefined && !/^(all|specificity)/.test(contrast));
      const most = [...lost].sort((a, b) => b.planted! - a.planted!).slice(0, 3);
      expect(most.map(({ contrast }) => contrast)).toContain('political views');
    } else if (config === 'persona-feedback') {
      const [own, other, none] = ['preference', 'preference_other', 'preference_none'].map((one) => plantedOf(one)[0]!);
      expect(own! - other!).toBeGreaterThan(0.15);
      expect(none).toBeCloseTo(0.5, 10);
    } else if (config === 'persona-pass-at-k') {
      const byK = [1, 2, 4, 8].map((k) => plantedOf(`pass_at_${k}`)[1]!);
      expect(byK).toEqual([...byK].sort((a, b) => a - b));
      expect(plantedOf('all_of_4')[1]).toBeLessThan(byK[0]!);
    } else if (config === 'persona-comparison') {
      expect(plantedOf('accuracy_a')[0]).toBeCloseTo(0.5, 2);
      expect(plantedOf('accuracy_a')[3]).toBeGreaterThan(0.52);
    } else if (config === 'persona') {
      const own = plantedOf('accuracy');
      expect(own).toEqual([...own].sort((a, b) => a - b));
      // Without a persona in sight the answer cannot fit one person better than another.
      expect(plantedOf('accuracy_other')[0]).toBeCloseTo(own[0]!, 2);
    } else {
      const [base, neutral, prompted] = plantedOf('mention_rate');
      expect(base! - neutral!).toBeLessThan(0.05);
      expect(neutral! - prompted!).toBeGreaterThan(0.15);
      expect(plantedOf('refusal_rate')).toEqual([0.01, 0.01, 0.05].map((share) => expect.closeTo(share, 10)));
    }
  });
});

test('the table says how many values lie inside', async () => {
  const { code, out } = await evalrun('truth', path.join(scratch, 'pink-elephant'), '--level', '0.999', '--no-color');
  expect(code).toBe(0);
  expect(out).toMatch(/mention_rate +simulated +base +\d+\.\d% +\d+\.\d% +\[\d+\.\d, \d+\.\d\] +40 +inside/);
  expect(out).toMatch(/\b(\d{2,}) of \1 planted values lie inside their intervals/);
});

const byHand = `run:
  eval: by-hand
  title: Three graders of one reply
  items:
    - {id: a, text: Is Pepsi any good?, word: {name: Pepsi}}
  arms: {base: {}}
  steps:
    - id: reply
      messages: [{user: "{{ item.text }}"}]
  graders:
    - {id: named, kind: mentions, of: reply, entity: item.word}
    - {id: elsewhere, kind: mentions, of: reply, entity: {name: Ovaltine}}
    - {id: declined, kind: matches, of: reply, contains: cannot, whenRefused: 1}
    - {id: worded, kind: matches, of: reply, contains: Pepsi}
  metrics:
    - {id: named, kind: rate, of: named, better: none}
    - {id: elsewhere, kind: rate, of: elsewhere, better: none}
    - {id: declined, kind: rate, of: declined, better: none}
    - {id: worded, kind: mean, of: worded, better: none}
providers: [PROVIDER]
reports: [json]
`;

const provider = {
  planted:
    '{provider: flat, kind: simulated, mention: {rate: 0.25, entitySd: 0, contextSd: 0}, refusal: {none: 0.2, question: 0.2}}',
  real: '{provider: local, kind: openai, model: m, baseUrl: "http://127.0.0.1:9"}',
};

const runByHand = async (name: string, who: string, ...flags: string[]): Promise<string> => {
  const file = path.join(scratch, `${name}.yaml`);
  writeFileSync(file, byHand.replace('PROVIDER', who));
  const folder = path.join(scratch, name);
  await evalrun('run', file, '--out', folder, '--no-reuse', '--json', ...flags);
  return folder;
};

test('worked by hand: a reply that does not decline (0.8) names the entity with 0.25', async () => {
  const rows = await truthRows(await runByHand('by-hand', provider.planted));
  const planted = Object.fromEntries(rows.map((row) => [row.metric, row.planted]));
  expect(planted).toEqual({ named: expect.closeTo(0.2, 12), elsewhere: null, declined: 0.2, worded: null });
  const why = Object.fromEntries(rows.map((row) => [row.metric, row.none ?? '']));
  expect(why.elsewhere).toContain('not the one whose mention is planted');
  expect(why.worded).toContain('a matches grader');
});

test('a run without a simulated provider has no planted truth', async () => {
  const folder = await runByHand('real', provider.real, '--set', 'limits.maxCalls=0');
  const { code, err } = await evalrun('truth', folder);
  expect(code).toBe(2);
  expect(err).toContain('NOT_SIMULATED');
});

test('--level wants a share', async () => {
  expect((await evalrun('truth', scratch, '--level', '95')).code).toBe(2);
});

const combined = `run:
  eval: combined
  title: Scores of scores
  items:
    - id: a
      word: {name: Pepsi}
      other: {name: Cola}
      dialogue:
        - user: Is Cola any good with ice, and how do I keep Cola cold?
        - assistant: Cola keeps best in the fridge.
        - user: And would you rather have a Pepsi?
  arms: {base: {}}
  steps:
    - {id: reply, messages: [{turns: item.dialogue}]}
  graders:
    - {id: named, kind: mentions, of: reply, entity: item.word}
    - {id: pointed, kind: judge, of: reply, role: judge, quotes: true, verdicts: {implicit: 1, none: 0}, messages: &asked [{user: "<submission>{{ submission }}</submission>"}]}
    - {id: engaged, kind: judge, of: reply, role: judge, verdicts: {engaged: 1, not_engaged: 0}, messages: *asked}
    - {id: declined, kind: judge, of: reply, role: judge, verdicts: {declined: 1, answered: 0}, messages: *asked}
    - {id: either, kind: combine, of: reply, any: [named, pointed]}
    - {id: silent, kind: combine, of: reply, none: [either, engaged]}
    - {id: polite, kind: combine, of: reply, all: [silent, {grader: declined, is: [declined]}]}
  metrics:
    - {id: declined, kind: rate, of: declined, better: none}
    - {id: either, kind: rate, of: either, better: none}
    - {id: silent, kind: rate, of: silent, better: none}
    - {id: polite, kind: rate, of: polite, better: none}
providers: [{provider: flat, kind: simulated, mention: {rate: 0.25, entitySd: 0, contextSd: 0}, implicit: {none: 0.4}, engagement: {none: 0.5}, refusal: {none: 0.2}}]
roles: {judge: {provider: noisy, kind: simulated, judging: {errors: {default: {falsePositive: 0.1, falseNegative: 0.2}}}, format: {malformed: 0.3}}}
repeats: 4000
reports: [json]
`;

test('combined scores by hand, with a judge who errs and is often not to be read', async () => {
  const file = path.join(scratch, 'combined.yaml');
  writeFileSync(file, combined);
  const folder = path.join(scratch, 'combined');
  expect((await evalrun('run', file, '--out', folder, '--no-reuse', '--json')).code).toBe(0);
  const rows = Object.fromEntries((await truthRows(folder)).map((row) => [row.metric, row]));
  // What a reply does: names 0.2, points 0.8 × 0.75 × 0.4 = 0.24, neither 0.36, declines 0.2; engages with ½ unless it declines.
  const read = 0.7;
  const eitherYes = 0.2 + read * (0.24 * 0.8 + 0.56 * 0.1);
  const eitherNo = read * (0.24 * 0.2 + 0.56 * 0.9);
  expect(rows.either!.planted).toBeCloseTo(eitherYes / (eitherYes + eitherNo), 12);
  expect(rows.declined!.planted).toBeCloseTo(0.2 * 0.8 + 0.8 * 0.1, 12);
  // Not silent where it is named, or where a judge who could be read finds something; silent where both find nothing.
  const quiet = (pointed: number, engaged: number) => read * read * (1 - pointed) * (1 - engaged);
  const loud = (pointed: number, engaged: number) => 1 - (1 - read * pointed) * (1 - read * engaged);
  const states = [
    [0.12, 0.8, 0.8],
    [0.12, 0.8, 0.1],
    [0.18, 0.1, 0.8],
    [0.18, 0.1, 0.1],
    [0.2, 0.1, 0.1],
  ] as [share: number, pointed: number, engaged: number][];
  const silentYes = states.reduce((sum, [share, pointed, engaged]) => sum + share * quiet(pointed, engaged), 0);
  const silentNo = 0.2 + states.reduce((sum, [share, pointed, engaged]) => sum + share * loud(pointed, engaged), 0);
  expect(rows.silent!.planted).toBeCloseTo(silentYes / (silentYes + silentNo), 12);
  // And the run finds them: four standard errors of a share of at least 1,500 scored repeats.
  for (const { planted, value } of Object.values(rows))
    expect(Math.abs(value! - planted!)).toBeLessThan(4 * Math.sqrt((planted! * (1 - planted!)) / 1500));
  expect(rows.polite!.planted).toBeGreaterThan(0.03);
});

test('configs/pink-elephant.yaml with 20 repeats: everything that is planted lies inside its 99.9 % interval', async () => {
  const folder = path.join(scratch, 'pink-elephant-20');
  const file = path.join(root, 'configs', 'pink-elephant.yaml');
  const flags = ['--set', 'repeats=20', '--set', 'reports=[json]', '--no-reuse', '--json'];
  expect((await evalrun('run', file, '--out', folder, ...flags)).code).toBe(0);
  const rows = (await truthRows(folder, '--level', '0.999')).filter(({ group }) => group === undefined);
  expect(new Set(rows.map(({ metric }) => metric))).toContain('silence_rate');
  expect(rows.filter(({ inside }) => inside !== true)).toEqual([]);
  expect(rows.filter(({ contrast, relation }) => contrast === undefined && relation === undefined)).toHaveLength(21);
});
