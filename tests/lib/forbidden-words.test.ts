import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { findMentions } from '../../src/lib/mentions.js';

interface Case {
  word: string;
  used: string[];
  absent: string[];
}

const cases = parse(readFileSync(new URL('../fixtures/forbidden-words/cases.yaml', import.meta.url), 'utf8')) as Case[];

const rules: { [rule: string]: (text: string, word: string) => boolean } = {
  substring: (text, word) => text.toLowerCase().includes(word),
  'word boundary': (text, word) => new RegExp(`\\b${word}\\b`, 'i').test(text),
  mentions: (text, word) => findMentions(text, { name: word, language: 'none' }).length > 0,
};

describe('forbidden words', () => {
  test('letters are found in other words; words at their boundaries are not', () => {
    const figures: { [rule: string]: { n: number; missed: number; wrong: string[] } } = {};
    for (const [rule, finds] of Object.entries(rules)) {
      const missed = cases.flatMap(({ word, used }) => used.filter((text) => !finds(text, word)));
      const wrong = cases.flatMap(({ word, absent }) => absent.filter((text) => finds(text, word)));
      figures[rule] = {
        n: cases.flatMap(({ used, absent }) => [...used, ...absent]).length,
        missed: missed.length,
        wrong,
      };
    }
    console.log(JSON.stringify(figures));
    const absent = cases.flatMap((one) => one.absent).length;
    expect(figures.substring).toMatchObject({ missed: 0 });
    expect(figures.substring!.wrong.length).toBeGreaterThan(absent / 2);
    expect(figures['word boundary']).toMatchObject({ missed: 0, wrong: ["You can't go."] });
    expect(figures.mentions).toMatchObject({ missed: 0, wrong: [] });
  });
});

const ifeval = new URL('../../../shared/data/elephants/ifeval/input_data.jsonl', import.meta.url);
const there = existsSync(ifeval);
if (!there) console.log('skipped: the prompts of IFEval are not beside the project');

(there ? test : test.skip)('the recipe of docs/detection.md takes the 49 prompts with forbidden words', () => {
  const page = readFileSync(new URL('../../docs/detection.md', import.meta.url), 'utf8');
  const recipe = parse(/```yaml\n# forbidden-words[^\n]*\n([\s\S]*?)```/.exec(page)![1]!) as {
    items: { where: { key: number[] } };
    graders: { each: string }[];
  };
  const rows = readFileSync(ifeval, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { key: number; kwargs: { forbidden_words?: string[] | null }[] });
  const holding = rows.filter(({ kwargs }) => kwargs.some((one) => (one.forbidden_words ?? []).length > 0));
  expect(holding).toHaveLength(49);
  expect(recipe.items.where.key.toSorted((a, b) => a - b)).toEqual(
    holding.map(({ key }) => key).toSorted((a, b) => a - b),
  );
  expect(recipe.graders[0]).toMatchObject({ kind: 'mentions', entity: 'item.kwargs', each: 'forbidden_words' });
});
