import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { checkWritten } from '../../../src/commands/pairs/check-written.js';
import { type Pair, splits } from '../../../src/commands/pairs/pair.js';
import { type PairExtension, PairFiles } from '../../../src/commands/pairs/pair-files.js';
import { pairFormats } from '../../../src/commands/pairs/pair-formats.js';
import { scratch } from '../../support/demo-eval.js';
import { pairsSpec, somePair } from './pair-of-test.js';

const space = scratch();
afterAll(() => space.remove());
const formatOf = (id: string) => pairFormats.find((format) => format.id === id)!;

const pairs: Pair[] = splits.flatMap((split) =>
  [0, 1].map((index) =>
    somePair({ split, persona: split === 'unseen_personas' ? 'hidden' : `p${index}`, cell: index }),
  ),
);

async function write(name: string, id: string, extension: PairExtension) {
  const into = new PairFiles({ folder: space.file(name), extension }, formatOf(id), pairsSpec);
  for (const pair of pairs) await into.write(pair);
  return into.close();
}

describe('what was written is read back', () => {
  test.each([
    ['pairs', '.jsonl'],
    ['pairs', '.parquet'],
    ['pairs', '.csv'],
    ['persona', '.jsonl'],
    ['persona', '.parquet'],
    ['persona', '.csv'],
    ['trl', '.jsonl'],
    ['openai', '.jsonl'],
  ] as const)('%s as %s', async (id, extension) => {
    const files = await write(`sound-${id}${extension.slice(1)}`, id, extension);
    expect(files.map(({ split, rows }) => [split, rows])).toEqual(splits.map((split) => [split, 2]));
    expect(await checkWritten(files, formatOf(id), pairsSpec)).toBe(8);
  });

  test.each([
    ['a row is missing', (lines: string[]) => lines.slice(1), /2 rows were written and 1 are there/],
    [
      'a side was changed',
      ([one = '', two = '']) => [one, two.replace('It depends.', 'Yes, for you.')],
      /row 2 .*same/,
    ],
    ['a row is of another split', ([one = '', two = '']) => [one, two.replace('"train"', '"test"')], /belongs to test/],
    ['a split is unknown', ([one = '', two = '']) => [one, two.replace('"train"', '"dev"')], /no split/],
    ['a persona is seen and unseen', ([one = '', two = '']) => [one, two.replace('"p1"', '"hidden"')], /two splits/],
  ] as [string, (lines: string[]) => string[], RegExp][])('%s: it is said', async (name, damage, message) => {
    const files = await write(name.replaceAll(' ', '-'), 'pairs', '.jsonl');
    const { file } = files[0]!;
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    writeFileSync(file, `${damage(lines).join('\n')}\n`);
    await expect(checkWritten(files, formatOf('pairs'), pairsSpec)).rejects.toMatchObject({
      code: 'BAD_TABLE',
      message: expect.stringMatching(message),
    });
  });
});

test('a group in two splits: it is said, whatever the file', async () => {
  const spec = { ...pairsSpec, split: { by: 'item.pair', validation: 0.1, test: 0.1 } };
  const provenance = { run: 'r', domain: null, models: { rejected: null, chosen: 'm' }, filters: [] };
  for (const [id, extension] of [
    ['pairs', '.parquet'],
    ['pairs', '.csv'],
    ['trl', '.jsonl'],
  ] as const) {
    const into = new PairFiles({ folder: space.file(`groups-${id}${extension}`), extension }, formatOf(id), spec);
    for (const split of ['train', 'test'] as const)
      await into.write(somePair({ split, persona: null, provenance: { ...provenance, group: 'nike-adidas' } }));
    await expect(checkWritten(await into.close(), formatOf(id), spec)).rejects.toMatchObject({
      code: 'BAD_TABLE',
      message: expect.stringContaining('group nike-adidas is in test and in train'),
    });
  }
});
