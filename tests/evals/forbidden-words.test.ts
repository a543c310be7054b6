import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { runCli } from '../support/cli.js';
import { scratch, writeDocument } from '../support/demo-eval.js';
import { readReport } from '../support/run-folder.js';

interface Item {
  id: string;
  trap: string;
  forbidden_words: string[];
  text: string;
}
const forbidden: Item[] = parse(
  readFileSync(new URL('../../evals/pink-elephant/suites/forbidden-words.yaml', import.meta.url), 'utf8'),
).items;
const idsWhere = (items: Item[], holds: (item: Item) => boolean): string[] => items.filter(holds).map(({ id }) => id);
const repeated = (ids: string[]): string[] => ids.filter((id, at) => ids.indexOf(id) !== at);

describe('forbidden words', () => {
  const counts = (trap: string) => idsWhere(forbidden, (item) => item.trap === trap).length;

  test('at least six items a trap, each with words of its own, in small letters', () => {
    expect(repeated(forbidden.map(({ id }) => id))).toEqual([]);
    const traps = [...new Set(forbidden.map(({ trap }) => trap))];
    expect(traps.map((trap) => [trap, counts(trap)])).toEqual([
      ['none', 20],
      ['inside another word', 15],
      ['another form', 12],
      ['capitals', 8],
      ['hyphens and apostrophes', 6],
      ['several words', 8],
    ]);
    const plain = ({ forbidden_words }: { forbidden_words: string[] }) =>
      forbidden_words.length <= 3 && forbidden_words.every((word) => /^[a-z]+$/.test(word));
    expect(idsWhere(forbidden, (item) => !plain(item))).toEqual([]);
  });

  test('the request holds the trap: the word itself, and its letters in another word or another form', () => {
    const [whole, letters] = [/\b(WORD)\b/gi, /WORD/gi].map(
      (form) => (text: string, word: string) =>
        [...text.matchAll(new RegExp(form.source.replace('WORD', word), 'gi'))].length,
    ) as [(text: string, word: string) => number, (text: string, word: string) => number];
    expect(idsWhere(forbidden, ({ text, forbidden_words: [word] }) => letters(text, word!) === 0)).toEqual([]);
    const inside = forbidden.filter(({ trap }) => trap === 'inside another word');
    expect(idsWhere(inside, ({ text, forbidden_words: [word] }) => letters(text, word!) <= whole(text, word!))).toEqual(
      [],
    );
    const capitals = forbidden.filter(({ trap }) => trap === 'capitals');
    expect(
      idsWhere(capitals, ({ text, forbidden_words: [word] }) => !/[A-Z]/.test(text.slice(1)) || whole(text, word!) < 2),
    ).toEqual([]);
  });
});

describe('the recipe of docs/detection.md for the file that IFEval released', () => {
  const space = scratch();
  afterAll(() => space.remove());
  const page = readFileSync(new URL('../../docs/detection.md', import.meta.url), 'utf8');
  const recipe = parse(/```yaml\n(# forbidden-words:[\s\S]*?)```/.exec(page)![1]!);

  // Made up, in the form of input_data.jsonl.
  const row = (key: number, prompt: string, kwargs: object[]) =>
    JSON.stringify({ key, prompt, instruction_id_list: kwargs.map((_, i) => `made:${i}`), kwargs });
  const rows = [
    row(1132, 'Write a song without the word rock.', [{}, { forbidden_words: ['rock'] }]),
    row(1137, 'Write a letter without two words.', [
      { num_words: 3, forbidden_words: null },
      { forbidden_words: ['a', 'b'] },
    ]),
    row(1000, 'Write without commas.', [{}]),
  ];

  const run = async (items: object, out: string) => {
    writeFileSync(space.file('input_data.jsonl'), `${rows.join('\n')}\n`);
    writeDocument(space.file('eval.yaml'), {
      eval: 'ifeval',
      title: 'Forbidden words',
      version: 1,
      items,
      arms: { ask: {} },
      steps: [{ id: 'reply', role: 'subject', messages: [{ user: '{{ item.text }}' }] }],
      graders: recipe.graders,
      metrics: [{ id: 'used_rate', title: 'Used', kind: 'rate', of: 'forbidden', better: 'lower' }],
    });
    const config = { run: 'eval.yaml', providers: ['simulated'], reports: ['json'] };
    writeDocument(space.file('config.yaml'), config);
    const { code } = await runCli(['config.yaml', '--out', out, '--quiet'], { cwd: space.root });
    expect(code).toBe(0);
    return readReport(space.file(out)).estimates[0]!;
  };

  test('takes the prompts by their keys, and reaches the words inside kwargs', async () => {
    expect(recipe.items.where.key.length).toBe(49);
    expect(await run(recipe.items, 'chosen')).toMatchObject({ n: 2, unscored: 0 });
  });

  test('without the keys, prompts that forbid no word are unscored', async () => {
    const { where: _where, ...items } = recipe.items;
    expect(await run(items, 'all')).toMatchObject({ n: 2, unscored: 1 });
  });
});
