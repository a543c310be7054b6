import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readMentions } from '../../src/lib/mention-sense.js';
import type { Entity } from '../../src/lib/mentions.js';

type Label = 'explicit' | 'none' | 'ambiguous';
interface Group extends Partial<Record<Label, { [trap: string]: string[] }>> {
  entity: Entity;
}
interface Sentence {
  language: string;
  entity: Entity;
  label: Label;
  trap: string;
  text: string;
  /** Start and end of what is marked. */
  marked: [number, number][];
}

const folder = new URL('../fixtures/detection/', import.meta.url);
const labels: Label[] = ['explicit', 'none', 'ambiguous'];

const unmark = (sentence: string): Pick<Sentence, 'text' | 'marked'> => {
  const marked: [number, number][] = [];
  let text = '';
  for (const [i, part] of sentence.split(/[⟦⟧]/).entries()) {
    if (i % 2 === 1) marked.push([text.length, text.length + part.length]);
    text += part;
  }
  return { text, marked };
};

const sentences: Sentence[] = readdirSync(folder).flatMap((file) =>
  (parse(readFileSync(new URL(file, folder), 'utf8')) as Group[]).flatMap(({ entity, ...byLabel }) =>
    labels.flatMap((label) =>
      Object.entries(byLabel[label] ?? {}).flatMap(([trap, texts]) =>
        texts.map((text) => ({ language: file.replace('.yaml', ''), entity, label, trap, ...unmark(text) })),
      ),
    ),
  ),
);

const languages = [...new Set(sentences.map(({ language }) => language))];

const read = ({ text, entity }: Sentence) => readMentions(text, entity);
const verdict = (sentence: Sentence): Label => {
  const { explicit, ambiguous } = read(sentence);
  return explicit.length > 0 ? 'explicit' : ambiguous.length > 0 ? 'ambiguous' : 'none';
};

const names = ({ name, aliases = [] }: Entity) => [name, ...aliases];
const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Any occurrence of the letters. */
const substring = ({ text, entity }: Sentence): boolean =>
  names(entity).some((name) => text.toLowerCase().includes(name.toLowerCase()));
/** The rule of IFEval's checker for forbidden words: `\b`, no regard to case. */
const wordBoundary = ({ text, entity }: Sentence): boolean =>
  names(entity).some((name) => new RegExp(`\\b${escaped(name)}\\b`, 'i').test(text));

/** Of the sentences outside the ambiguous class, whether a rule says that the entity is named. */
const measure = (rule: (sentence: Sentence) => boolean, among: Sentence[]) => {
  const plain = among.filter(({ label }) => label !== 'ambiguous');
  const said = plain.filter(rule);
  const right = said.filter(({ label }) => label === 'explicit').length;
  const all = plain.filter(({ label }) => label === 'explicit').length;
  return { n: plain.length, precision: right / said.length, recall: right / all };
};

const row = (what: string, { n, precision, recall }: ReturnType<typeof measure>) =>
  `${what}: n ${n}, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`;
const namesIt = (sentence: Sentence) => verdict(sentence) === 'explicit';

describe('labelled sentences in four languages', () => {
  test('are enough, with marks that agree with their labels, each once', () => {
    expect(sentences.length).toBeGreaterThanOrEqual(420);
    expect(languages).toHaveLength(4);
    for (const language of languages) {
      const own = sentences.filter((one) => one.language === language);
      expect({ language, enough: own.length >= 80 }).toEqual({ language, enough: true });
    }
    for (const { label, marked, text } of sentences) {
      expect({ text, marked: marked.length > 0 }).toEqual({ text, marked: label !== 'none' });
    }
    expect(new Set(sentences.map(({ entity, text }) => `${entity.name} ${text}`)).size).toBe(sentences.length);
  });

  test('precision and recall of explicit mentions are at least .99 in each language', () => {
    const wrong = sentences.filter((one) => one.label !== 'ambiguous' && namesIt(one) !== (one.label === 'explicit'));
    if (wrong.length > 0)
      console.log(wrong.map((one) => `${one.entity.name} [${one.trap}, ${one.label}]: ${one.text}`).join('\n'));
    const figures = languages.map((language) => ({
      language,
      ...measure(
        namesIt,
        sentences.filter((one) => one.language === language),
      ),
    }));
    console.log([...figures.map((one) => row(one.language, one)), row('all', measure(namesIt, sentences))].join('\n'));
    for (const { language, precision, recall } of figures) {
      expect({ language, precise: precision >= 0.99, complete: recall >= 0.99 }).toEqual({
        language,
        precise: true,
        complete: true,
      });
    }
  });

  test('where only the ambiguous word stands, the verdict is ambiguous', () => {
    const unsure = sentences.filter(({ label }) => label === 'ambiguous');
    expect(unsure.length).toBeGreaterThanOrEqual(20);
    for (const one of unsure) expect([one.text, verdict(one)]).toEqual([one.text, 'ambiguous']);
  });

  test('the spans are the marked places of the original text', () => {
    const faults = sentences.flatMap((one) => {
      const { explicit, ambiguous } = read(one);
      const spans = (one.label === 'ambiguous' ? ambiguous : explicit).map(({ start, end }) => [start, end]);
      return JSON.stringify(spans) === JSON.stringify(one.marked) ? [] : [{ ...one, spans }];
    });
    expect(faults).toEqual([]);
  });

  test('a search for letters and one for \\b words find less, or more than is there', () => {
    const [letters, words, ours] = [substring, wordBoundary, namesIt].map((rule) => measure(rule, sentences));
    console.log([row('substring', letters!), row('word boundary', words!), row('mentions', ours!)].join('\n'));
    expect(words!.precision).toBeGreaterThan(letters!.precision);
    expect(ours!.recall).toBeGreaterThan(words!.recall);
    expect(ours!.precision).toBeGreaterThan(words!.precision);
  });
});
