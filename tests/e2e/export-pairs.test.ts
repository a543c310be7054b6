import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Json } from '../../src/contract/json.js';
import { parseYaml } from '../../src/lib/yaml-source.js';
import { readTable } from '../../src/tables/read-table.js';
import { type ChatServer, startChatServer } from '../support/chat-server.js';
import { type CliResult, jsonLines, runCli } from '../support/cli.js';
import { question, scratch, writeDocument } from '../support/demo-eval.js';
import { answerPairs, baseText, pairItems, pairPeople, pairsConfig, revisedText } from '../support/pairs-eval.js';

type Row = { [column: string]: Json };

const space = scratch();
const splits = ['train', 'validation', 'test', 'unseen_personas'];
let server: ChatServer;
const cli = (...args: string[]): Promise<CliResult> =>
  runCli(args, { cwd: space.root, env: { EVALRUN_TEST_URL: server.baseUrl } });

async function read(...parts: string[]): Promise<Row[]> {
  return (await readTable(parts.at(-1)!, readFileSync(space.file(...parts)))).rows;
}

/** Rows of all files of a folder. */
async function readAll(folder: string): Promise<Row[]> {
  const names = readdirSync(space.file(folder)).filter((name) => name !== 'README.md');
  return (await Promise.all(names.sort().map((name) => read(folder, name)))).flat();
}

/** Exports, and gives the summary that `--json` prints. */
async function exported(...flags: string[]): Promise<Row> {
  const result = await cli('export', 'run', '--json', ...flags);
  expect([result.code, result.stderr]).toEqual([0, '']);
  return jsonLines(result)[0] as Row;
}

let all: Row[];
beforeAll(async () => {
  server = await startChatServer(answerPairs);
  writeDocument(space.file('pairs.yaml'), pairsConfig());
  const run = await cli('pairs.yaml', '--out', 'run', '--quiet');
  expect([run.code, run.stdout]).toEqual([0, '']);
  await exported('--format', 'pairs', '--keep', 'all', '--out', 'all.jsonl');
  all = await read('all.jsonl');
});
afterAll(async () => {
  await server.close();
  space.remove();
});

describe('the pairs of a run', () => {
  test('every cell is a pair or counted by why it is none; verdicts are the judges’', async () => {
    const summary = await exported('--format', 'pairs', '--keep', 'all', '--out', 'counted.jsonl');
    const cells = pairItems * pairPeople;
    expect(summary).toMatchObject({
      cells,
      pairs: cells - 30,
      kept: cells - 30,
      checked: cells - 30,
      leftOut: { refused: 10, 'both texts are the same': 10, 'a reply was cut': 10 },
    });
    expect((summary.verdicts as Row)['own judge']).toEqual({ chosen: 72, tie: 8, rejected: 0, none: 10 });
    expect((summary.verdicts as Row).none).toEqual({ chosen: 0, tie: 80, rejected: 0, none: 10 });
    const { shuffled } = summary.verdicts as { shuffled: Row };
    expect(shuffled).toMatchObject({ rejected: 0, none: 10 });
    expect(shuffled.chosen).toBeGreaterThan(0);
  });

  test('each row holds the texts of its cell and the verdict of each judge', () => {
    expect(new Set(all.map(({ pair }) => pair)).size).toBe(all.length);
    for (const row of all) {
      const text = question(Number((row.item as string).slice(1)));
      expect(row).toMatchObject({
        instruction: text,
        rejected: baseText(text),
        chosen: revisedText(text, row.persona as string),
        persona_text: `name: =Person ${(row.persona as string).slice(1)}\nhobby: chess, "fast"`,
        provider: 'mock',
        arm: 'feedback',
      });
      expect(row.other).not.toBe(row.persona);
      const own = row.item === 'q4' ? null : row.persona === 'p3' ? 'tie' : 'chosen';
      const shuffled = row.item === 'q4' ? null : row.other === 'p5' ? 'chosen' : 'tie';
      expect([row.preferred, row.control_shuffled]).toEqual([own, shuffled]);
    }
  });

  test('--keep preferred is the default; disagreeing leaves out what the shuffled judge prefers as well', async () => {
    const kept = (rows: Row[]): Json[] => rows.map(({ pair }) => pair!).sort();
    const preferred = all.filter((row) => row.preferred === 'chosen');
    await exported('--format', 'pairs', '--out', 'preferred.jsonl');
    expect(kept(await read('preferred.jsonl'))).toEqual(kept(preferred));
    const disagreeing = preferred.filter((row) => row.control_shuffled === 'tie');
    expect(disagreeing.length).toBeLessThan(preferred.length);
    const summary = await exported('--format', 'pairs', '--keep', 'disagreeing', '--out', 'disagreeing.jsonl');
    expect(kept(await read('disagreeing.jsonl'))).toEqual(kept(disagreeing));
    expect(summary.leftOut).toMatchObject({
      'its own judge saw a tie': 8,
      'its own judge gave no verdict': 10,
      'the shuffled judge preferred the chosen text': preferred.length - disagreeing.length,
    });
  });
});

describe('files', () => {
  test.each(['jsonl', 'parquet', 'csv'])(
    'a folder of %s: a file per split, a card, and the same rows',
    async (type) => {
      const folder = `folder-${type}`;
      await exported('--format', 'pairs', '--keep', 'all', '--out', folder, '--file-type', type, '--unseen', '0.3');
      const files = readdirSync(space.file(folder)).filter((name) => name !== 'README.md');
      expect(files.every((name) => splits.some((split) => name === `${split}.${type}`))).toBe(true);
      const rows = await readAll(folder);
      expect(rows).toHaveLength(all.length);
      const texts = ({ pair, chosen, rejected, persona_text }: Row): Json[] => [
        pair!,
        chosen!,
        rejected!,
        persona_text!,
      ];
      const byPair = (list: Row[]) => list.map(texts).sort(([a], [b]) => (a! < b! ? -1 : 1));
      expect(byPair(rows)).toEqual(byPair(all));
      const seen = new Map<Json, boolean>();
      const places = new Map<string, Json>();
      for (const row of rows) {
        const unseen = row.split === 'unseen_personas';
        expect(seen.get(row.persona!) ?? unseen).toBe(unseen);
        seen.set(row.persona!, unseen);
        const key = `${row.persona} ${row.instruction}`;
        expect(places.get(key) ?? row.split).toBe(row.split);
        places.set(key, row.split!);
      }
      expect([...seen.values()].filter(Boolean).length).toBeGreaterThan(0);
    },
  );

  test('the same run and flags give the same bytes', async () => {
    for (const folder of ['one', 'two'])
      await exported('--format', 'persona', '--file-type', 'parquet', '--out', folder);
    const names = readdirSync(space.file('one'));
    expect(readdirSync(space.file('two'))).toEqual(names);
    expect(names).toContain('README.md');
    for (const name of names)
      expect(readFileSync(space.file('two', name)).equals(readFileSync(space.file('one', name)))).toBe(true);
  });

  test('trl, openai and persona hold the same pairs', async () => {
    const kept = all.filter((row) => row.preferred === 'chosen');
    for (const format of ['trl', 'openai', 'persona']) await exported('--format', format, '--out', `${format}.jsonl`);
    const prompt = (row: Row): Json => [
      { role: 'system', content: `You speak with this person:\n${row.persona_text}` },
      { role: 'user', content: row.instruction! },
    ];
    const said = (content: Json | undefined): Json => [{ role: 'assistant', content: content! }];
    expect(await read('trl.jsonl')).toEqual(
      kept.map((row) => ({
        prompt: prompt(row),
        chosen: said(row.chosen),
        rejected: said(row.rejected),
        pair: row.pair,
        split: row.split,
        preferred: 'chosen',
        control_shuffled: row.control_shuffled,
        control_none: row.control_none,
      })),
    );
    expect(await read('openai.jsonl')).toEqual(
      kept.map((row) => ({
        input: { messages: prompt(row), tools: [], parallel_tool_calls: true },
        preferred_output: said(row.chosen),
        non_preferred_output: said(row.rejected),
      })),
    );
    expect(
      (await read('persona.jsonl')).map(({ instruction, original, data, persona }) => [
        instruction,
        original,
        data,
        persona,
      ]),
    ).toEqual(
      kept.map(({ instruction, rejected, chosen, persona_text }) => [instruction, rejected, chosen, persona_text]),
    );
  });

  test('a folder of trl has what TRL reads beside the data, and no other folder keeps it', async () => {
    await exported('--format', 'trl', '--keep', 'all', '--out', 'to-train', '--unseen', '0.3');
    const config = readFileSync(space.file('to-train', 'dpo.yaml'), 'utf8');
    expect(parseYaml('dpo.yaml', config).value).toEqual({
      dataset_name: '../to-train',
      dataset_train_split: 'train',
      dataset_test_split: 'validation',
      eval_strategy: 'epoch',
      output_dir: 'model',
      report_to: 'none',
    });
    const card = readFileSync(space.file('to-train', 'README.md'), 'utf8');
    expect(card).toContain('`trl dpo --config dpo.yaml --model_name_or_path MODEL`');
    await exported('--format', 'pairs', '--keep', 'all', '--out', 'to-train', '--unseen', '0.3');
    expect(existsSync(space.file('to-train', 'dpo.yaml'))).toBe(false);
    expect(readFileSync(space.file('to-train', 'README.md'), 'utf8')).not.toContain('dpo.yaml');
    writeFileSync(space.file('to-train', 'dpo.yaml'), 'beta: 1\n');
    await exported('--format', 'pairs', '--keep', 'all', '--out', 'to-train');
    const refused = await cli('export', 'run', '--format', 'trl', '--out', 'to-train', '--json');
    expect([refused.code, jsonLines(refused)[0]!.code]).toEqual([2, 'FILE_EXISTS']);
    expect(readFileSync(space.file('to-train', 'dpo.yaml'), 'utf8')).toBe('beta: 1\n');
  });

  test('without --out the folder is in the run; a second export leaves nothing of the first behind', async () => {
    await exported('--format', 'persona', '--file-type', 'csv', '--unseen', '0.3');
    await exported('--format', 'persona');
    const names = readdirSync(space.file('run', 'pairs', 'persona'));
    expect(names.filter((name) => name.endsWith('.csv'))).toEqual([]);
    expect(names.filter((name) => name.endsWith('.jsonl')).length).toBeGreaterThan(1);
  });

  test('the card names the files by split, the counts, the judges and their intervals', async () => {
    await exported('--format', 'pairs', '--out', 'carded', '--licence', 'cc-by-4.0');
    const card = readFileSync(space.file('carded', 'README.md'), 'utf8');
    const [, front = '', text = ''] = card.split('---\n');
    const { value } = parseYaml('README.md', front) as unknown as { value: { [key: string]: Json } };
    expect(value).toMatchObject({
      license: 'cc-by-4.0',
      size_categories: ['n<1K'],
      task_categories: ['text-generation'],
    });
    const [config] = value.configs as { data_files: { split: string; path: string }[] }[];
    for (const { split, path } of config!.data_files) {
      expect(path).toBe(`${split}.jsonl`);
      expect(existsSync(space.file('carded', path))).toBe(true);
    }
    expect(text).toContain('120 cells gave 90 pairs, of which 72 (80.0%) are kept.');
    expect(text).toMatch(/\| `preference` \| `mock`, `feedback` \| 0\.\d\d \| \[/);
    expect(text).not.toContain('SIMULATED');
  });
});

test('made-up data says so first: the command, and the card below its front matter', async () => {
  const config = { providers: ['simulated'], roles: { judge: 'simulated-judge' } };
  writeDocument(space.file('made-up.yaml'), pairsConfig({ eval: { eval: 'made-up' }, config }));
  expect((await cli('made-up.yaml', '--out', 'made-up', '--quiet')).code).toBe(0);
  const { code, stdout } = await cli('export', 'made-up', '--format', 'pairs', '--keep', 'all');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^SIMULATED: /);
  expect(stdout).toContain('120 cells');
  const card = readFileSync(space.file('made-up', 'pairs', 'pairs', 'README.md'), 'utf8');
  expect(card.split('---\n')[2]).toMatch(/^SIMULATED: /);
  expect(card.split('---\n')[1]).toContain('- simulated\n');
});

describe('what cannot be exported', () => {
  const problem = async (...args: string[]): Promise<{ code: number | null; problem: unknown }> => {
    const result = await cli('export', ...args, '--json');
    const found = jsonLines(result).filter(({ type }) => type === 'problem');
    expect(found).toHaveLength(1);
    return { code: result.code, problem: found[0]!.code };
  };

  test.each([
    ['an unknown format', ['run', '--format', 'dpo']],
    ['an unknown choice', ['run', '--format', 'pairs', '--keep', 'best']],
    ['a flag of pairs for rows', ['run', '--keep', 'all']],
    ['messages in a flat table', ['run', '--format', 'trl', '--file-type', 'parquet']],
    ['messages in a flat file', ['run', '--format', 'openai', '--out', 'x.csv']],
    ['an unknown type of file', ['run', '--format', 'pairs', '--file-type', 'xlsx']],
    ['an unknown ending', ['run', '--format', 'pairs', '--out', 'x.json']],
    ['a type for one file', ['run', '--format', 'pairs', '--out', 'x.csv', '--file-type', 'csv']],
    ['a licence without a card', ['run', '--format', 'pairs', '--out', 'x.csv', '--licence', 'mit']],
    ['a folder where a file is', ['run', '--format', 'pairs', '--out', 'all.jsonl/there']],
  ])('%s', async (_name, args) => {
    expect(await problem(...args)).toEqual({ code: 2, problem: 'BAD_FLAG' });
  });

  test('a share of 1 or more', async () => {
    const result = await cli('export', 'run', '--format', 'pairs', '--unseen', '1');
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('not a number from 0 to below 1');
  });

  test.each(['README.md', 'test.csv'])('%s of somebody else is left alone', async (name) => {
    const folder = `mine-${name}`;
    mkdirSync(space.file(folder));
    writeFileSync(space.file(folder, name), '# Mine\n');
    // A trailing slash says that it is a folder, whatever its name ends in.
    expect(await problem('run', '--format', 'pairs', '--out', `${folder}/`)).toEqual({
      code: 2,
      problem: 'FILE_EXISTS',
    });
    expect(readFileSync(space.file(folder, name), 'utf8')).toBe('# Mine\n');
    expect(readdirSync(space.file(folder))).toEqual([name]);
  });

  test('an eval without pairs', async () => {
    writeDocument(space.file('plain.yaml'), pairsConfig({ eval: { eval: 'plain', pairs: undefined } }));
    expect((await cli('plain.yaml', '--out', 'plain', '--quiet')).code).toBe(0);
    expect(await problem('plain', '--format', 'pairs')).toEqual({ code: 2, problem: 'NO_PAIRS' });
  });

  test('a run that stopped: what was not asked is counted; where no pair is left, it is said why', async () => {
    const config = pairsConfig({ eval: { eval: 'stopped' }, config: { limits: { maxCalls: 3, concurrency: 1 } } });
    writeDocument(space.file('stopped.yaml'), config);
    expect((await cli('stopped.yaml', '--out', 'stopped', '--quiet')).code).toBe(3);
    const result = await cli('export', 'stopped', '--format', 'pairs', '--json');
    expect(result.code).toBe(2);
    const [summary, found] = jsonLines(result);
    expect(summary).toMatchObject({ type: 'pairs', cells: 120, kept: 0 });
    expect((summary!.leftOut as { [why: string]: number })['not asked yet']).toBeGreaterThan(100);
    expect(found).toMatchObject({ code: 'NO_PAIRS', hint: expect.stringContaining('not asked yet') });
  });
});
